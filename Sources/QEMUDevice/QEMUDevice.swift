import Glibc
import UnobservedMemory
import VirtioDevice
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// A virtio-mmio device of a QEMU, which runs as a child and is driven over the qtest protocol.
///
/// The program's wishes are not heard: it is what QEMU was started with. What it does in memory is told by what has changed
/// (see `Witness`). Its death is a finding, and the next program gets a new one.
public final class QEMUDevice: DeviceUnderTest {
  private let options: QEMUOptions
  public let memory: MemoryMap
  /// As QEMU has it for a device that does not say anything else.
  public var busWidth: Int { 4 }
  private var process: QEMUProcess?
  private var profile: DeviceProfile?
  public private(set) var death: DeviceDeath?
  /// The level of the line, as the host knows it.
  private var isAsserted = false
  /// It may have something to do that it has put off.
  private var mayBeBusy = false
  /// Something outside the guest is not as at power-on.
  private var isChanged = false

  /// Starts QEMU, and asks it what the device is.
  ///
  /// - Throws: ``QEMUError``.
  public init(_ options: QEMUOptions) throws {
    self.options = options
    memory = QEMUMachine(options.machine).memory
    try start()
  }

  /// Of the child that is there now.
  var processIdentifier: Int32? { process?.process }

  private func start() throws {
    process = nil
    let process = try QEMUProcess(options)
    do {
      profile = try process.profile(memory: memory)
    } catch {
      throw QEMUError("QEMU ended while it was asked what the device is")
    }
    self.process = process
  }

  public func powerOn(_ wish: Header) -> DeviceProfile {
    // A fork has one of its own.
    if process == nil || death != nil || process?.owner != getpid() || process?.hasUnreadInput == true {
      do { try start() } catch { fatalError("\(error)") }
    }
    (death, isAsserted) = (nil, false)
    guard let process, let profile else { fatalError("there is no QEMU") }
    survive { () throws(DeviceDeath) in
      try process.rewind(options.kind, isChanged: isChanged)
      isChanged = false
    }
    process.witness.powerOn(profile)
    return profile
  }

  public func driverWrote(_ bytes: RawSpan, at address: UInt64) { process?.witness.ram.write(bytes, at: address) }

  public func readRegister<Host: DeviceHost & ~Copyable>(
    _ offset: UInt32, width: Int, host: inout Host
  ) -> UInt64 {
    // Behind it is the next slot.
    guard let process, UInt64(offset) + UInt64(width) <= UInt64(QEMUMachine.window) else { return 0 }
    var value: UInt64 = 0
    survive { () throws(DeviceDeath) in
      // A read changes nothing, so that it can be made again if something happened besides: what it answers is then as
      // of now.
      for _ in 0..<Self.readLimit {
        value = try process.qtest.read(process.base + UInt64(offset), width: width)
        if !(try settle(process, &host)) { break }
      }
      process.witness.note(read: value, of: offset, width: width)
    }
    return value
  }

  private static let readLimit = 8
  /// One that never comes to rest is taken as it is.
  private static let lookLimit = 1000

  public func writeRegister<Host: DeviceHost & ~Copyable>(
    _ offset: UInt32, width: Int, value: UInt64, host: inout Host
  ) {
    guard let process, UInt64(offset) + UInt64(width) <= UInt64(QEMUMachine.window) else { return }
    let register = Register(offset, in: options.isLegacy ? .legacy : .modern)
    let isAction = register.map(Self.actions.contains) ?? true
    survive { () throws(DeviceDeath) in
      process.witness.note(write: value, to: offset, width: width, host: &host)
      try process.qtest.write(process.base + UInt64(offset), width: width, value: value, wait: isAction)
      if isAction {
        if register != .interruptACK { mayBeBusy = true }
        _ = try settle(process, &host)
      }
    }
  }

  /// What a device may do something about at once. Others are sent with what comes behind them.
  private static let actions: Set<Register> = [
    .queueNotify, .status, .queueReady, .queueReset, .queuePFN, .interruptACK,
  ]

  public func takes(_ stimulus: HostStimulus) -> Bool {
    switch stimulus {
    case .poll: true
    case .resize: options.kind == .block
    case .link(.up), .link(.down): options.kind == .network
    case .link, .backend, .port: false
    }
  }

  public func stimulate<Host: DeviceHost & ~Copyable>(_ stimulus: HostStimulus, host: inout Host) {
    guard let process else { return }
    survive { () throws(DeviceDeath) in
      switch stimulus {
      case .resize(let sectors):
        isChanged = true
        try process.resize(sectors: sectors)
      case .link(let change):
        isChanged = true
        try process.setLink(change == .up)
      default: break
      }
      if mayBeBusy || stimulus != .poll || process.witness.isWaiting { try wait(process, &host) }
      mayBeBusy = false
    }
  }

  /// Lets it do what it does by itself, until there is nothing to wait for.
  private func wait<Host: DeviceHost & ~Copyable>(_ process: QEMUProcess, _ host: inout Host) throws(DeviceDeath) {
    for _ in 0..<Self.turns {
      try process.nudge()
      _ = try settle(process, &host)
    }
    guard options.kind == .block || options.kind == .entropy, !process.witness.hasGivenUp else { return }
    var idleTurns = 0
    while process.witness.isWaiting, idleTurns < Self.turns {
      if options.kind == .block { try process.finishRequests() }
      try process.nudge()
      idleTurns = try settle(process, &host) ? 0 : idleTurns + 1
    }
    process.witness.hasGivenUp = process.witness.isWaiting
  }

  /// What it puts off, it does in the next turns of its loop.
  private static let turns = 2

  public func deliver(_ bytes: RawSpan, to port: Int) -> Int {
    guard let process else { return 0 }
    mayBeBusy = true
    return process.deliver(bytes, to: port, options.kind)
  }

  public func powerOff() { process?.witness.ram.rewind() }

  /// Tells the host of what has happened since the last time, when nothing more does.
  ///
  /// - Returns: Whether anything has.
  private func settle<Host: DeviceHost & ~Copyable>(
    _ process: QEMUProcess, _ host: inout Host
  ) throws(DeviceDeath) -> Bool {
    let hasChanged = process.witness.look()
    if hasChanged {
      var looks = 0
      repeat {
        try process.nudge()
        looks += 1
      } while process.witness.look() && looks < Self.lookLimit
    }
    let hasEmitted = process.emissions(options.kind) { host.emit($0, from: $1) }
    process.witness.testify(host: &host)
    let levels = process.qtest.takeLevels()
    for level in levels where level != isAsserted {
      isAsserted = level
      host.setInterrupt(level)
    }
    return hasChanged || hasEmitted || !levels.isEmpty
  }

  private func survive(_ body: () throws(DeviceDeath) -> Void) {
    do {
      try body()
    } catch {
      death = error
      let words = "QEMU \(error == .hang ? "does not answer" : "is gone"); it last said: \(process?.lastWords ?? "")\n"
      _ = write(STDERR_FILENO, words, words.utf8.count)
    }
  }
}

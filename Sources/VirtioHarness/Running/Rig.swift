import VirtioDevice
import VirtioMemory
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A device plugged into its host: what a driver works through.
@usableFromInline
struct Rig<Device: DeviceUnderTest & ~Copyable, Observer: EventObserver & ~Copyable>: ~Copyable, DriverPort {
  @usableFromInline var device: Device
  @usableFromInline var host: ObservedHost<Observer>

  @usableFromInline
  init(device: consuming Device, host: consuming ObservedHost<Observer>) {
    self.device = device
    self.host = host
  }

  @inlinable
  mutating func readRegister(_ offset: UInt32, width: Int) -> UInt64 {
    guard width > device.busWidth else { return readPiece(offset, width: width) }
    var (value, done): (UInt64, Int) = (0, 0)
    while done < width {
      let piece = pieceWidth(offset &+ UInt32(done), rest: width - done)
      value |= readPiece(offset &+ UInt32(done), width: piece) << UInt64(8 * done)
      done += piece
    }
    return value
  }

  @inlinable
  mutating func writeRegister(_ offset: UInt32, width: Int, value: UInt64) {
    guard width > device.busWidth else { return writePiece(offset, width: width, value: value) }
    var done = 0
    while done < width {
      let piece = pieceWidth(offset &+ UInt32(done), rest: width - done)
      writePiece(offset &+ UInt32(done), width: piece, value: value >> UInt64(8 * done) & (1 << UInt64(8 * piece) - 1))
      done += piece
    }
  }

  /// How many bytes of a wide access the bus moves at once.
  @inlinable
  func pieceWidth(_ offset: UInt32, rest: Int) -> Int {
    var width = device.busWidth
    while width > rest || Int(offset) % width != 0 { width /= 2 }
    return width
  }

  @inlinable
  mutating func readPiece(_ offset: UInt32, width: Int) -> UInt64 {
    guard device.death == nil else { return 0 }
    let value = device.readRegister(offset, width: width, host: &host)
    guard lives() else { return 0 }
    host.observer.observe(
      Event(.registerRead, address: UInt64(offset), value: value, detail: UInt8(truncatingIfNeeded: width)))
    host.observer.observe(Event(.settled))
    return value
  }

  @inlinable
  mutating func writePiece(_ offset: UInt32, width: Int, value: UInt64) {
    guard device.death == nil else { return }
    host.observer.observe(
      Event(.registerWrite, address: UInt64(offset), value: value, detail: UInt8(truncatingIfNeeded: width)))
    device.writeRegister(offset, width: width, value: value, host: &host)
    guard lives() else { return }
    host.observer.observe(Event(.settled))
  }

  /// Whether the device is there after all; its death is shown.
  @inlinable
  mutating func lives() -> Bool {
    guard let death = device.death else { return true }
    host.observer.observe(Event(.death, value: death == .hang ? 1 : 0))
    return false
  }

  @inlinable
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    host.memory.load(address, as: type)
  }

  @inlinable
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    let event = Event(.driverWrite, address: address)
    return host.memory.store(
      value, at: address,
      then: { (bytes: RawSpan) -> Void in
        device.driverWrote(bytes, at: address)
        host.observer.observe(event, bytes)
      }) != nil
  }

  @inlinable
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool {
    guard host.memory.write(bytes, at: address) else { return false }
    device.driverWrote(bytes, at: address)
    host.observer.observe(Event(.driverWrite, address: address), bytes)
    return true
  }

  @inlinable
  mutating func stimulate(_ stimulus: HostStimulus) {
    guard device.death == nil, device.takes(stimulus) else { return }
    switch stimulus {
    case .resize(let sectors): host.observer.observe(Event(.resize, value: sectors))
    case .backend(let mode): host.observer.observe(Event(.stall, value: mode.mayWait ? 1 : 0))
    case .poll: host.observer.observe(Event(.poll))
    case .port(let port, let change):
      host.observer.observe(Event(.port, address: UInt64(port), value: UInt64(change.rawValue)))
    case .link(let change):
      switch change {
      case .up: host.observer.observe(Event(.link, value: 1))
      case .down: host.observer.observe(Event(.link, value: 0))
      case .announce: host.observer.observe(Event(.announcement))
      case .loop, .peer: host.loop.note(change)
      }
    }
    device.stimulate(stimulus, host: &host)
    guard lives() else { return }
    host.observer.observe(Event(.settled))
    if host.loop.count > 0, stimulus == .poll { deliverLoop() }
  }

  /// What went out comes back in, from the first peer.
  @usableFromInline
  mutating func deliverLoop() {
    // Nothing goes out meanwhile, so that this is no copy.
    let bytes = host.loop.bytes
    while let frame = host.loop.takeFirst() { deliver(bytes.span.bytes.extracting(frame), to: 0) }
  }

  @inlinable
  mutating func deliver(_ bytes: RawSpan, to port: Int) {
    guard device.death == nil else { return }
    let count = device.deliver(bytes, to: port)
    guard lives() else { return }
    host.observer.observe(
      Event(.arrival, address: UInt64(port), value: UInt64(count)), bytes.extracting(0..<count))
    host.observer.observe(Event(.settled))
  }

  @inlinable
  mutating func arm(_ race: Race) { if host.isAudited { host.race = race } }
}

extension VirtioProgram.BackendMode {
  /// Whether requests may wait for longer than until the next poll.
  @usableFromInline
  var mayWait: Bool { self == .stalled || self == .failing }
}

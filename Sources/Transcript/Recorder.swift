import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A judge that tells what it sees as it sees it: a device that traps leaves all that came before.
public struct Recorder: EventObserver, ~Copyable {
  public private(set) var judge: Judge
  private let program: Program
  private let tell: (Entry) -> Void
  private var transport = Transport.modern
  private var isConsole = false
  private var places = Places(.modern)
  private var findings = 0
  private var breaches = 0

  /// - Parameters:
  ///   - program: What will run.
  ///   - memory: What the device is plugged into.
  ///   - tell: Takes the entries, one by one.
  public init(of program: Program, in memory: MemoryMap, _ tell: @escaping (Entry) -> Void) {
    judge = Judge(memory: memory)
    self.program = program
    self.tell = tell
  }

  public var chainCounts: ChainCounts { judge.chainCounts }

  public mutating func begin(_ profile: DeviceProfile) {
    judge.begin(profile)
    transport = profile.transport
    isConsole = profile.deviceType == .console
    places = Places(transport)
    (findings, breaches) = (0, 0)
  }

  public mutating func finish() { judge.finish() }

  public mutating func observe(_ event: Event, _ bytes: RawSpan) {
    if let entry = entry(event, bytes) { tell(entry) }
    for area in places.note(event, bytes) { tell(.area(area)) }
    judge.observe(event, bytes)
    for breach in judge.ledger.breaches.dropFirst(breaches) { tell(.breach(breach)) }
    for finding in judge.ledger.findings.dropFirst(findings) { tell(.finding(finding)) }
    breaches = judge.ledger.breaches.count
    findings = judge.ledger.findings.count
  }

  private func entry(_ event: Event, _ bytes: RawSpan) -> Entry? {
    switch event.kind {
    case .step:
      let number = Int(event.value)
      return .step(number: number, text: program.steps[number].text)
    case .stepsEnd: return .behindLastStep
    case .registerRead: return .register(RegisterAccess(event, transport, isWrite: false))
    case .registerWrite: return .register(RegisterAccess(event, transport, isWrite: true))
    case .driverWrite: return .memory(access(event, bytes, isByDevice: false, isWrite: true))
    case .deviceRead: return .memory(access(event, bytes, isByDevice: true, isWrite: false))
    case .deviceWrite: return .memory(access(event, bytes, isByDevice: true, isWrite: true))
    case .interrupt: return .interrupt(event.value != 0)
    case .resize: return .host(size(event.value), isByDevice: false)
    case .stall: return .host(event.value != 0 ? "the backend stalls" : "the backend goes on", isByDevice: false)
    case .arrival: return .host("\(event.value) bytes come in at port \(event.address)", isByDevice: false)
    case .emission: return .host("\(event.value) bytes come out at port \(event.address)", isByDevice: true)
    case .port: return .host(portChange(event), isByDevice: false)
    case .link: return .host(event.value != 0 ? "the link goes up" : "the link goes down", isByDevice: false)
    case .death:
      return .host(event.value == 0 ? "the device's process crashed" : "the device's process hung", isByDevice: true)
    case .persistence:
      return .host("\(event.value) sectors from sector \(event.address) on are persistent", isByDevice: true)
    case .announcement: return .host("the guest is asked to make itself known", isByDevice: false)
    case .poll, .settled, .end: return nil
    }
  }

  private func size(_ value: UInt64) -> String {
    guard isConsole else { return "the capacity becomes \(value) sectors" }
    return "the console becomes \(value & 0xff) columns wide and \(value >> 8 & 0xff) rows high"
  }

  private func portChange(_ event: Event) -> String {
    let change = PortChange(rawValue: UInt8(truncatingIfNeeded: event.value))
    return "port \(event.address): \(change?.name ?? "?")"
  }

  private func access(_ event: Event, _ bytes: RawSpan, isByDevice: Bool, isWrite: Bool) -> MemoryAccess {
    let count = isByDevice ? event.value : UInt64(bytes.byteCount)
    let kept = (0..<min(bytes.byteCount, MemoryAccess.byteLimit)).map {
      bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
    }
    return MemoryAccess(
      isByDevice: isByDevice, isWrite: isWrite, address: event.address, count: count, bytes: kept,
      place: places.name(event.address), isRefused: isByDevice && bytes.byteCount == 0 && count > 0)
  }
}

extension RegisterAccess {
  init(_ event: Event, _ transport: Transport, isWrite: Bool) {
    let offset = UInt32(truncatingIfNeeded: event.address)
    let register = event.detail == UInt8(Register.width) ? Register(offset, in: transport) : nil
    self.init(
      name: Self.name(offset, register), offset: offset, width: Int(event.detail), value: event.value,
      isWrite: isWrite, meaning: register.flatMap { Self.meaning(of: event.value, $0) })
  }

  private static func name(_ offset: UInt32, _ register: Register?) -> String {
    if let register { return register.name }
    if offset >= Register.configBase { return "Config+\(hexadecimal(UInt64(offset - Register.configBase)))" }
    return hexadecimal(UInt64(offset))
  }

  private static func meaning(of value: UInt64, _ register: Register) -> String? {
    switch register {
    case .status:
      bits(
        value,
        [
          (1, "ACKNOWLEDGE"), (2, "DRIVER"), (8, "FEATURES_OK"), (4, "DRIVER_OK"), (16, "SUSPEND"),
          (64, "DEVICE_NEEDS_RESET"), (128, "FAILED"),
        ])
    case .interruptStatus, .interruptACK: bits(value, [(1, "used buffer"), (2, "configuration change")])
    default: nil
    }
  }

  private static func bits(_ value: UInt64, _ names: [(UInt64, String)]) -> String? {
    let set = names.filter { value & $0.0 != 0 }.map(\.1)
    return set.isEmpty ? nil : set.joined(separator: " | ")
  }
}

func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

import VirtioProgram
import VirtioSpec

/// Makes the steps of a program from a trace, from its first access to its last.
struct TraceImporter {
  private(set) var program: Program
  let transport: Transport
  /// The accesses that no step stands for yet.
  var rest: ArraySlice<Trace.Access>
  /// What the program's driver takes for the content of Status: what steps wrote that it knows about. Nil where the
  /// device has something else.
  var knownStatus: UInt32?
  var accepted: FeatureBits = []
  /// What the program's driver has GuestPageSize set to; 0 where it has not.
  var pageSize: UInt32 = 0
  /// Whether QueueSel has a queue that the program does without.
  private var selectionIsLeftOut = false
  /// How many requests there were, by queue.
  var requestCounts: [UInt32: Int] = [:]

  init(_ trace: Trace, device: Header.Device) {
    transport = trace.transport
    let flags: Header.Flags = transport == .legacy ? .legacy : []
    program = Program(header: Header(device: device, queueCount: 1, sizeLog2: 0, flags: flags))
    rest = trace.accesses[...]
  }

  /// The largest queue that the program's memory has room for. A larger one becomes as large: drivers take what there is.
  func maxSize(ofQueue queue: UInt32) -> UInt32 {
    switch program.header.device {
    case .block, .entropy: queue == 0 || transport == .legacy ? 1024 : 256
    // There are up to eight of them.
    case .console, .network: 128
    }
  }

  mutating func takeAll() throws(TraceError) {
    while let access = rest.first {
      if try takeNegotiation() { continue }
      if try transport == .legacy ? takeLegacyQueueSetUp() : takeQueueSetUp() { continue }
      if try transport == .legacy ? takeLegacyQueueStop() : takeQueueStop() { continue }
      if try takeService() { continue }
      rest.removeFirst()
      try take(access)
    }
  }

  /// Takes an access that is none of the longer patterns.
  private mutating func take(_ access: Trace.Access) throws(TraceError) {
    let width = try width(of: access)
    if selectionIsLeftOut, let register = Register(rawValue: access.offset), register.isOfSelectedQueue { return }
    guard let value = access.value else {
      return try append(Step(.read, [.index: UInt64(access.offset), .choice: width]), access)
    }
    switch Register(rawValue: access.offset) {
    case .queueNotify:
      // Where the driver is in the ring is in the upper half.
      return try notify(accepted.contains(.notificationData) ? value & 0xffff : value, access)
    case .status:
      if let step = statusStep(value) { return try append(step, access) }
    case .queueSel: guard try selectQueue(value, access) else { return }
    case .guestPageSize:
      pageSize = value
      return try append(Step(.pageSize, [.length: UInt64(value)]), access)
    case .driverFeatures: throw TraceError(.strayFeatures, line: access.line)
    case .queuePFN where value != 0: throw TraceError(.strayQueueSetUp(.queuePFN), line: access.line)
    case .some(let register) where register.isQueueSetUp:
      throw TraceError(.strayQueueSetUp(register), line: access.line)
    default: break
    }
    let raw = Step(.write, [.index: UInt64(access.offset), .choice: width, .value: UInt64(value)])
    try append(raw, access)
  }

  mutating func append(_ step: Step, _ access: Trace.Access) throws(TraceError) {
    guard program.steps.count < Program.maxSteps else { throw TraceError(.tooManySteps, line: access.line) }
    program.steps.append(step)
  }

  /// The step for a write to Status, where the program's driver can do the same; nil, and a driver that does not know
  /// Status any more, where it cannot.
  private mutating func statusStep(_ value: UInt32) -> Step? {
    guard let status = knownStatus, value & status == status, value != status,
      let flags = StatusFlags(adding: value & ~status)
    else {
      knownStatus = nil
      return nil
    }
    knownStatus = value
    return Step(.status, [.flags: UInt64(flags.rawValue)])
  }

  /// How many queues a program's device of this kind can have, at most.
  static func maxQueueCount(of device: Header.Device) -> UInt32 {
    switch device {
    case .block, .entropy: 4
    case .console: Console.queueCount(ports: UInt32(Header.maxPortCount), isMultiport: true)
    case .network: 2 * UInt32(Header.maxPairCount) + 1
    }
  }

  /// Makes room for the queue in the header. False for a queue of a port that no program's console has: what is done to
  /// it is left out, as a driver would that found fewer ports.
  mutating func useQueue(_ queue: UInt32, _ access: Trace.Access) throws(TraceError) -> Bool {
    let device = program.header.device
    guard queue < Self.maxQueueCount(of: device) else {
      if device == .console { return false }
      throw TraceError(.noSuchQueue(queue, of: device), line: access.line)
    }
    let count =
      switch device {
      case .block, .entropy: queue + 1
      // A port or a pair has two queues. Those for control are behind a console's first port or a network device's last
      // pair.
      case .console: max(queue / 2, 1)
      case .network: max((queue + 1) / 2, 1)
      }
    program.header.queueCount = max(program.header.queueCount, UInt8(count))
    return true
  }

  /// Like `useQueue`, where the driver selects the queue: accesses to it are left out until it selects another.
  mutating func selectQueue(_ queue: UInt32, _ access: Trace.Access) throws(TraceError) -> Bool {
    selectionIsLeftOut = try !useQueue(queue, access)
    return !selectionIsLeftOut
  }

  /// How large a queue becomes that was so large.
  mutating func useQueueSize(
    _ queue: UInt32, _ size: UInt32, _ access: Trace.Access
  ) throws(TraceError) -> UInt32 {
    guard RingFormat(accepted).isValidSize(size) else {
      throw TraceError(.invalidQueueSize(queue: queue, size: size), line: access.line)
    }
    let size = min(size, maxSize(ofQueue: queue))
    makeQueues(ofSize: size)
    return size
  }

  /// Lets the program's device have queues of this size, which is not 0.
  mutating func makeQueues(ofSize size: UInt32) {
    program.header.sizeLog2 = max(program.header.sizeLog2, UInt8(UInt32.bitWidth - (size - 1).leadingZeroBitCount))
  }

  /// Lets the program's device offer packed queues.
  /// The program's device has to offer what the driver accepts.
  mutating func offer(_ accepted: FeatureBits) {
    if accepted.contains(.ringPacked) { program.header.flags.insert(.packed) }
    if accepted.contains(.notificationData) { program.header.flags.insert(.notificationData) }
    if accepted.contains(.inOrder) { program.header.flags.insert(.inOrder) }
    if !accepted.isDisjoint(with: [.accessPlatform, .orderPlatform]) { program.header.flags.insert(.platform) }
  }

  /// The number that the text form's `width` has: the logarithm of the bytes.
  private func width(of access: Trace.Access) throws(TraceError) -> UInt64 {
    guard access.offset >= Register.configBase else {
      guard Register(rawValue: access.offset) != nil else {
        throw TraceError(.notARegister(access.offset), line: access.line)
      }
      return UInt64(Register.width.trailingZeroBitCount)
    }
    let offset = access.offset - Register.configBase
    let field = ConfigField.fields(of: program.header.device.type).first { field in
      // Drivers of legacy devices access bytes, whatever the field.
      transport == .legacy
        ? (field.offset..<field.offset + field.size).contains(offset)
        : offset == field.offset || field.size == 8 && offset == field.offset + 4
    }
    guard let field else {
      throw TraceError(.notAField(access.offset, of: program.header.device), line: access.line)
    }
    return transport == .legacy ? 0 : UInt64(field.accessWidth.trailingZeroBitCount)
  }
}

extension StatusFlags {
  /// The set of these bits of register Status, if all of them have a name.
  fileprivate init?(adding bits: UInt32) {
    let flags = UInt16(bits & 0xf | bits >> 2 & 0x30)
    guard bits & ~0xcf == 0 else { return nil }
    self.init(rawValue: flags)
  }
}

extension Trace.Access {
  func reads(_ register: Register) -> Bool { value == nil && offset == register.rawValue }

  /// What it writes into `register`, if it does.
  func written(to register: Register) -> UInt32? { offset == register.rawValue ? value : nil }
}

extension Register {
  /// Whether a queue's set-up writes it, between QueueSel and QueueReady or QueuePFN.
  var isQueueSetUp: Bool {
    switch self {
    case .queueNum, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow, .queueDeviceHigh,
      .queueAlign:
      true
    default: false
    }
  }

  /// Whether an access is one to the queue in QueueSel.
  fileprivate var isOfSelectedQueue: Bool {
    switch self {
    case .queueNumMax, .queueReady, .queueReset, .queuePFN: true
    default: isQueueSetUp
    }
  }
}

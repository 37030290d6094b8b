import VirtioSpec

/// Turns steps into what a driver, a host and an adversary do. It works like a real driver where a step does not tell it
/// otherwise, and keeps its own books: it never trusts what the device left in memory.
public struct Driver: ~Copyable {
  @inlinable static var queueLimit: Int { 8 }
  @inlinable static var frameStart: Int { NetworkHeader.size }

  private let inPlace = InPlace()
  @usableFromInline var layout: Layout
  @usableFromInline var deviceType: DeviceType
  @usableFromInline var transport = Transport.modern
  /// How many polls the driver waits for a reset.
  @usableFromInline var resetPolls = 0
  @usableFromInline var queues = InlineArray<8, DriverQueue> { _ in DriverQueue() }
  /// What was last written to Status.
  @usableFromInline var status: UInt32 = 0
  @usableFromInline var accepted: FeatureBits = []
  /// What GuestPageSize was last set to, in bytes; 0 if it was not.
  @usableFromInline var pageSize: UInt32 = 0
  /// How far the buffers of each region are in use; they are taken round and round.
  @usableFromInline var bufferUse = FixedArray<UInt64>(repeating: 0, count: 8)
  @usableFromInline var nextTable: UInt64 = 0
  /// How many pairs of queues are in front of a network device's queue for control.
  @usableFromInline var queuePairs = 1
  /// A frame, on its way to memory or to the device, from ``frameStart`` on: a `NetworkHeader` may come in front.
  @usableFromInline var frame = FixedArray<UInt8>(repeating: 0, count: frameStart + PatternBytes.maxLength)
  /// Of the request that is being made.
  @usableFromInline var pieces = Pieces()
  /// Descriptors, or a header, on their way to memory: little-endian, as all of this is only run on such machines.
  @usableFromInline var scratch = FixedArray<UInt128>(repeating: 0, count: 32)
  @usableFromInline let patterns = PatternBytes()

  /// A driver for a device of this type in this memory.
  public init(memory: MemoryMap, deviceType: DeviceType) {
    layout = Layout(memory)
    self.deviceType = deviceType
  }

  /// Forgets everything: a new guest, in front of a device of this type which has reset itself in so many polls.
  public mutating func powerOn(deviceType: DeviceType, transport: Transport = .modern, resetPolls: Int = 0) {
    self.deviceType = deviceType
    self.transport = transport
    self.resetPolls = resetPolls
    pageSize = 0
    forgetDevice()
    // What a notification says of a queue that is not set up must not depend on the guest before.
    for index in 0..<Self.queueLimit { queues[index].shownIndex = 0 }
    bufferUse.fill(0)
    nextTable = 0
    queuePairs = 1
  }

  @usableFromInline
  mutating func forgetDevice() {
    status = 0
    accepted = []
    for index in 0..<Self.queueLimit { queues[index].size = 0 }
  }

  /// Takes one step. False when it could not be taken, because something that it needs is missing.
  @inlinable
  public mutating func take(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    switch step.kind {
    case .read:
      _ = port.readRegister(UInt32(step[.index]), width: 1 << Int(step[.choice]))
      return true
    case .write:
      port.writeRegister(UInt32(step[.index]), width: 1 << Int(step[.choice]), value: step[.value])
      return true
    case .store: return store(step, &port)
    case .fill: return fill(step, &port)
    case .reset:
      resetDevice(&port)
      return true
    case .negotiate:
      negotiate(step, &port)
      return true
    case .status:
      writeStatus(adding: StatusFlags(rawValue: UInt16(step[.flags])), &port)
      return true
    case .queue:
      return transport == .modern
        ? setUpQueue(step, &port) : setUpLegacyQueue(step, align: Self.usualPageSize, &port)
    case .publish: return publish(step, &port)
    case .kick:
      notify(Int(step[.queue]), &port)
      return true
    case .service:
      service(Acknowledgement(rawValue: UInt8(step[.choice])) ?? .seen, &port)
      return true
    case .suppress: return suppress(step, &port)
    case .stop:
      stopQueue(step, &port)
      return true
    case .queueReset:
      resetQueue(step, &port)
      return true
    case .readConfig: return readConfig(step, &port)
    case .descriptor: return writeDescriptor(step, &port)
    case .offer: return offer(step, &port)
    case .resize:
      port.stimulate(.resize(sectors: step[.value]))
      return true
    case .backend:
      port.stimulate(.backend(BackendMode(rawValue: UInt8(step[.choice])) ?? .immediate))
      return true
    case .poll:
      for _ in 0...step[.count] { port.stimulate(.poll) }
      return true
    case .race: return arm(step, &port)
    case .pageSize: return setPageSize(UInt32(step[.length]), &port)
    case .legacyQueue: return setUpLegacyQueue(step, align: UInt32(step[.length]), &port)
    case .deliver:
      deliver(step, &port)
      return true
    case .port:
      port.stimulate(.port(Int(step[.queue]), PortChange(rawValue: UInt8(step[.choice])) ?? .add))
      return true
    case .link:
      port.stimulate(.link(LinkChange(rawValue: UInt8(step[.choice])) ?? .up))
      return true
    }
  }

  @inlinable
  func write(_ register: Register, _ value: UInt32, _ port: inout some DriverPort & ~Copyable) {
    port.writeRegister(register.rawValue, width: Register.width, value: UInt64(value))
  }

  @inlinable
  func read(_ register: Register, _ port: inout some DriverPort & ~Copyable) -> UInt32 {
    UInt32(truncatingIfNeeded: port.readRegister(register.rawValue, width: Register.width))
  }

  /// Where a step's address is, or nil where the driver has no such place now.
  @inlinable
  func resolve(_ address: SymbolicAddress) -> UInt64? {
    let number = UInt64(address.number)
    let place: UInt64
    switch address.place {
    case .automatic: return nil
    case .buffer: place = layout.buffer(number)
    case .descriptors, .driverArea, .deviceArea:
      let queue = Int(number) % Self.queueLimit
      guard queues[queue].isSetUp else { return nil }
      switch address.place {
      case .descriptors: place = queues[queue].areas.descriptors
      case .driverArea: place = queues[queue].areas.driver
      default: place = queues[queue].areas.device
      }
    case .table: place = layout.table(number)
    case .regionStart: place = layout.regions[Int(number % UInt64(layout.regionCount))].base
    case .regionEnd: place = layout.regionEnd(number)
    case .hole: place = layout.hole(number)
    case .top, .absolute: place = 0
    }
    return place &+ UInt64(bitPattern: address.offset)
  }
}

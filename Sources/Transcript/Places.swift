import VirtioOracle
import VirtioSpec

/// What lies where in guest memory, as far as register accesses and the descriptors that a device read say.
public struct Places: Sendable {
  /// A ring's area, an indirect table, or a buffer.
  public struct Area: Sendable, Equatable {
    public enum Kind: String, Sendable {
      case descriptors, available, used, table, readable, writable
      /// The event structures of a packed queue.
      case driverEvents, deviceEvents
    }

    public var kind: Kind
    public var queue: Int
    /// The descriptor that a buffer or a table belongs to.
    public var descriptor: Int
    public var address: UInt64
    /// In bytes.
    public var count: UInt64
  }

  private struct Queue {
    var size: UInt32 = 0
    var descriptors: UInt64 = 0
    var driver: UInt64 = 0
    var device: UInt64 = 0
    /// Of a legacy queue, in bytes.
    var align: UInt32 = 0
  }

  /// Tables and buffers that are remembered, the newest.
  private static let bufferLimit = 512

  private let transport: Transport
  /// Of a legacy guest, in bytes.
  private var pageSize: UInt32 = 0
  private var selected = 0
  private var featuresSelector: UInt32 = 0
  /// The format that the driver has accepted.
  private var format = RingFormat.split
  private var queues: [Int: Queue] = [:]
  private var rings: [Area] = []
  private var buffers: [Area] = []

  init(_ transport: Transport) { self.transport = transport }

  /// Takes note of an event, and gives the areas that it makes known.
  mutating func note(_ event: Event, _ bytes: RawSpan) -> [Area] {
    switch event.kind {
    case .registerWrite where event.detail == UInt8(Register.width):
      guard let register = Register(UInt32(truncatingIfNeeded: event.address), in: transport) else { return [] }
      return write(register, UInt32(truncatingIfNeeded: event.value))
    case .deviceRead: return readDescriptors(event.address, bytes)
    default: return []
    }
  }

  private mutating func write(_ register: Register, _ value: UInt32) -> [Area] {
    var queue = queues[selected] ?? Queue()
    switch register {
    case .queueSel:
      selected = Int(value)
      return []
    case .driverFeaturesSel:
      featuresSelector = value
      return []
    case .driverFeatures:
      if featuresSelector == 1 { format = RingFormat(FeatureBits().replacingWord(1, with: value)) }
      return []
    case .guestPageSize:
      pageSize = value
      return []
    case .queueNum: queue.size = value
    case .queueAlign: queue.align = value
    case .queuePFN where value != 0:
      guard SplitRing.isValidSize(queue.size), LegacyRing.isValidUnit(queue.align) else { return [] }
      queue.descriptors = UInt64(value) &* UInt64(pageSize)
      queue.driver = queue.descriptors &+ LegacyRing.driverArea(queue.size)
      queue.device = queue.descriptors &+ LegacyRing.deviceArea(queue.size, align: queue.align)
      return start(queue)
    case .queueDescLow: queue.descriptors.low = value
    case .queueDescHigh: queue.descriptors.high = value
    case .queueDriverLow: queue.driver.low = value
    case .queueDriverHigh: queue.driver.high = value
    case .queueDeviceLow: queue.device.low = value
    case .queueDeviceHigh: queue.device.high = value
    case .queueReady where value == 1: return start(queue)
    default: return []
    }
    queues[selected] = queue
    return []
  }

  private mutating func start(_ queue: Queue) -> [Area] {
    guard format.isValidSize(queue.size) else { return [] }
    rings.removeAll { $0.queue == selected }
    buffers.removeAll { $0.queue == selected }
    let areas: [(Area.Kind, UInt64, UInt64)] = [
      (.descriptors, queue.descriptors, format.descriptorAreaSize(queue.size)),
      (format == .split ? .available : .driverEvents, queue.driver, format.driverAreaSize(queue.size)),
      (format == .split ? .used : .deviceEvents, queue.device, format.deviceAreaSize(queue.size)),
    ]
    let new = areas.map { Area(kind: $0, queue: selected, descriptor: 0, address: $1, count: $2) }
    rings += new
    return new
  }

  /// The device reads whole descriptors: what they refer to has a name from now on.
  private mutating func readDescriptors(_ address: UInt64, _ bytes: RawSpan) -> [Area] {
    guard let area = area(of: address), area.kind == .descriptors || area.kind == .table,
      (address - area.address) % Descriptor.size == 0
    else { return [] }
    var new: [Area] = []
    let first = Int((address - area.address) / Descriptor.size)
    for index in 0..<bytes.byteCount / Int(Descriptor.size) {
      // Sound: the bounds were checked, and any 16 bytes are a number.
      let bits = bytes.unsafeLoadUnaligned(fromByteOffset: index * Int(Descriptor.size), as: UInt128.self)
      let descriptor = descriptor(UInt128(littleEndian: bits), isInTable: area.kind == .table)
      guard descriptor.length > 0 else { continue }
      let kind: Area.Kind =
        descriptor.flags.contains(.indirect) ? .table : descriptor.flags.contains(.write) ? .writable : .readable
      let buffer = Area(
        kind: kind, queue: area.queue, descriptor: first + index, address: descriptor.address,
        count: UInt64(descriptor.length))
      buffers.removeAll { $0.address == buffer.address && $0.queue == buffer.queue }
      buffers.append(buffer)
      new.append(buffer)
      if buffers.count > Self.bufferLimit { buffers.removeFirst() }
    }
    return new
  }

  /// What a device takes these bytes for.
  private func descriptor(_ bits: UInt128, isInTable: Bool) -> Descriptor {
    guard format == .packed else { return Descriptor(littleEndian: bits) }
    let descriptor = PackedDescriptor(littleEndian: bits)
    let flags = isInTable ? descriptor.flags.intersection(.write) : descriptor.flags
    return Descriptor(address: descriptor.address, length: descriptor.length, flags: flags)
  }

  private func area(of address: UInt64) -> Area? {
    rings.last { address &- $0.address < $0.count } ?? buffers.last { address &- $0.address < $0.count }
  }

  /// What lies at an address, in words.
  func name(_ address: UInt64) -> String? {
    guard let area = area(of: address) else { return nil }
    // A buffer may go on behind the top of the addresses.
    let inside = address &- area.address
    let queue = "queue \(area.queue)"
    switch area.kind {
    case .descriptors: return "\(queue) descriptor \(inside / Descriptor.size)"
    case .table: return "\(queue) descriptor \(area.descriptor)'s table, entry \(inside / Descriptor.size)"
    case .available: return "\(queue) avail.\(available(inside, area.count))"
    case .used: return "\(queue) used.\(used(inside, area.count))"
    case .driverEvents, .deviceEvents:
      let side = area.kind == .driverEvents ? "driver" : "device"
      return "\(queue) \(side) event \(inside < PackedRing.eventFlags ? "descriptor" : "flags")"
    case .readable, .writable:
      let offset = inside == 0 ? "" : " + \(inside)"
      return "\(queue) buffer of descriptor \(area.descriptor)\(offset), device-\(area.kind.rawValue)"
    }
  }

  private func available(_ inside: UInt64, _ count: UInt64) -> String {
    switch inside {
    case ..<SplitRing.availIdx: "flags"
    case ..<SplitRing.availEntry(0): "idx"
    case (count - 2)...: "used_event"
    default: "ring[\((inside - SplitRing.availEntry(0)) / 2)]"
    }
  }

  private func used(_ inside: UInt64, _ count: UInt64) -> String {
    switch inside {
    case ..<SplitRing.usedIdx: "flags"
    case ..<SplitRing.usedElement(0): "idx"
    case (count - 2)...: "avail_event"
    default: "ring[\((inside - SplitRing.usedElement(0)) / SplitRing.usedElementSize)]"
    }
  }
}

extension UInt64 {
  fileprivate var low: UInt32 {
    get { UInt32(truncatingIfNeeded: self) }
    set { self = self & ~0xffff_ffff | UInt64(newValue) }
  }

  fileprivate var high: UInt32 {
    get { UInt32(truncatingIfNeeded: self >> 32) }
    set { self = self & 0xffff_ffff | UInt64(newValue) << 32 }
  }
}

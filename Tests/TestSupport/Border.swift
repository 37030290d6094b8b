import VirtioSpec

/// What a test does at the border of the reference device, to make a device double of it. Every closure passes on what it
/// is given, until a test sets it; state that a double needs is what its closures capture.
public final class Border {
  /// Where the driver last said that the areas of a queue are.
  public struct Areas {
    public var size: UInt32 = 0
    public var descriptors: UInt64 = 0
    public var driver: UInt64 = 0
    public var device: UInt64 = 0
    /// Of a legacy queue, in bytes.
    public var align: UInt32 = 0
    public var page: UInt32 = 0
  }

  /// An access of the device's own making.
  public enum Access {
    /// Reads `width` bytes: 1, 2, 4, 8, or 16 for a descriptor.
    case read(UInt64, width: Int)
    case write(UInt64, [UInt8])
    /// Sets the interrupt line.
    case line(Bool)
  }

  /// The device was switched on.
  public var switchedOn: () -> Void = {}
  /// What the device says that it is.
  public var profile: (inout DeviceProfile) -> Void = { _ in }
  /// What a 32-bit read of a register shows, for what the device showed.
  public var read: (_ register: Register, _ value: UInt32) -> UInt32 = { $1 }
  /// What a read shows that no register table permits, of a wrong width, direction or offset below the configuration
  /// space.
  public var readElsewhere: (_ offset: UInt32, _ width: Int, _ value: UInt64) -> UInt64 = { $2 }
  /// What a read of the configuration space shows: `offset` counts from its start.
  public var readConfig: (_ offset: UInt32, _ width: Int, _ value: UInt64) -> UInt64 = { $2 }
  /// What the device hears of a 32-bit write of a register; nil: nothing.
  public var write: (_ register: Register, _ value: UInt32) -> UInt32? = { $1 }
  /// What the device hears of a write of the configuration space; nil: nothing.
  public var writeConfig: (_ offset: UInt32, _ width: Int, _ value: UInt64) -> UInt64? = { $2 }
  /// What the device's write at an address becomes; nil: it does not take place.
  public var store: (_ address: UInt64, _ bytes: [UInt8]) -> [UInt8]? = { $1 }
  /// Where the device's write at an address goes to.
  public var redirect: (_ address: UInt64) -> UInt64 = { $0 }
  /// A level that the line is set to before the device's write at an address; nil: none.
  public var lineBefore: (_ address: UInt64) -> Bool? = { _ in nil }
  /// What the device is given for a number that it reads. The judge sees the bytes that are in memory.
  public var load: (_ address: UInt64, _ width: Int, _ value: UInt64) -> UInt64 = { $2 }
  /// What the device is given for a descriptor that it reads in the table of a queue, likewise.
  public var descriptor: (Descriptor) -> Descriptor = { $0 }
  /// What becomes of a new level of the interrupt line; nil: the line stays.
  public var line: (Bool) -> Bool? = { $0 }
  /// Whether the device hears of a stimulus from outside.
  public var hears: (HostStimulusKind) -> Bool = { _ in true }
  /// What becomes of bytes that the device puts out at a port; nil: nothing.
  public var emission: (_ port: Int, _ bytes: [UInt8]) -> [UInt8]? = { $1 }
  /// What the device puts out behind that, besides; nil: nothing.
  public var emissionBesides: (_ port: Int, _ bytes: [UInt8]) -> [UInt8]? = { _, _ in nil }
  /// Whether the device says of sectors that they are persistent; if not, they are not.
  public var persists: (_ firstSector: UInt64, _ count: UInt64) -> Bool = { _, _ in true }
  /// Whether the device hears of bytes that come in at a port, which it then says it took.
  public var hearsArrival: (_ port: Int) -> Bool = { _ in true }
  /// What the device does besides, behind each register write, stimulus and poll.
  public var besides: () -> [Access] = { [] }
  /// Behind those: writes of registers that the device hears without a driver.
  public var hearsBesides: () -> [(register: Register, value: UInt32)] = { [] }
  /// Behind those: a level that the line is set to.
  public var lineBehind: () -> Bool? = { nil }

  /// The selected queue, and what was written for each.
  public private(set) var selected: UInt32 = 0
  public fileprivate(set) var queues: [UInt32: Areas] = [:]
  /// The descriptors that the device was given, in order.
  public internal(set) var descriptors: [Descriptor] = []
  /// The last descriptor that ``besides`` has read.
  public internal(set) var reread: Descriptor?
  /// What was written to GuestPageSize.
  public private(set) var pageSize: UInt32 = 0
  /// All bits that the driver wrote to Status since it last wrote 0.
  public private(set) var status: UInt32 = 0
  /// The words of the features that the driver selected.
  private var offerSelector: UInt32 = 0
  private var acceptanceSelector: UInt32 = 0

  public init() {}

  public init(_ change: (Border) -> Void) { change(self) }

  /// The areas of queue 0, which nearly all tests use.
  public var queue: Areas { queues[0] ?? Areas() }

  /// Whether an address is in the table of a queue, as far as the driver has said where that is.
  func isInTable(_ address: UInt64) -> Bool {
    queues.values.contains { address &- $0.descriptors < SplitRing.descriptorAreaSize($0.size) }
  }

  /// Whether an address is in the used ring of a queue, likewise.
  public func isInRing(_ address: UInt64) -> Bool {
    queues.values.contains { address &- $0.device < SplitRing.deviceAreaSize($0.size) }
  }

  /// The device was switched on: nothing was written yet.
  func powerOn() {
    selected = 0
    queues = [:]
    pageSize = 0
    status = 0
    offerSelector = 0
    acceptanceSelector = 0
    switchedOn()
  }

  func note(_ register: Register, _ value: UInt32) {
    func low(_ old: UInt64) -> UInt64 { old & ~0xffff_ffff | UInt64(value) }
    func high(_ old: UInt64) -> UInt64 { old & 0xffff_ffff | UInt64(value) << 32 }
    switch register {
    case .status:
      status = value == 0 ? 0 : status | value
      if value == 0 { (offerSelector, acceptanceSelector) = (0, 0) }
    case .deviceFeaturesSel: offerSelector = value
    case .driverFeaturesSel: acceptanceSelector = value
    case .queueSel: selected = value
    case .guestPageSize: pageSize = value
    case .queueNum: queues[selected, default: Areas()].size = value
    case .queueAlign: queues[selected, default: Areas()].align = value
    case .queuePFN: notePage(value)
    case .queueDescLow: queues[selected, default: Areas()].descriptors = low(queues[selected]?.descriptors ?? 0)
    case .queueDescHigh: queues[selected, default: Areas()].descriptors = high(queues[selected]?.descriptors ?? 0)
    case .queueDriverLow: queues[selected, default: Areas()].driver = low(queues[selected]?.driver ?? 0)
    case .queueDriverHigh: queues[selected, default: Areas()].driver = high(queues[selected]?.driver ?? 0)
    case .queueDeviceLow: queues[selected, default: Areas()].device = low(queues[selected]?.device ?? 0)
    case .queueDeviceHigh: queues[selected, default: Areas()].device = high(queues[selected]?.device ?? 0)
    default: break
    }
  }
}

extension Border {
  /// The device offers these features, too, and lets the driver accept them. It has none of them.
  public func offer(_ features: FeatureBits) {
    profile = { $0.offeredFeatures.formUnion(features) }
    read = { [unowned self] in $0 == .deviceFeatures ? $1 | features.word(offerSelector) : $1 }
    write = { [unowned self] in $0 == .driverFeatures ? $1 & ~features.word(acceptanceSelector) : $1 }
  }

  private func notePage(_ page: UInt32) {
    var areas = queues[selected] ?? Areas()
    areas.page = page
    if page != 0, SplitRing.isValidSize(areas.size), LegacyRing.isValidUnit(areas.align) {
      areas.descriptors = UInt64(page) &* UInt64(pageSize)
      areas.driver = areas.descriptors &+ LegacyRing.driverArea(areas.size)
      areas.device = areas.descriptors &+ LegacyRing.deviceArea(areas.size, align: areas.align)
    }
    queues[selected] = areas
  }
}

/// What happens outside the guest, without its values.
public enum HostStimulusKind: Sendable {
  case resize, backend, poll, port, link
}

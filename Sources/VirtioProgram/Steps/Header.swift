/// What a program wishes its target to be: the first record, 32 bytes. The target answers with the profile that it
/// really has.
///
/// | bytes | field         | meaning                                                  |
/// |-------|---------------|----------------------------------------------------------|
/// | 0–3   | magic         | ``magic``                                                |
/// | 4     | version       | ``version``                                              |
/// | 5     | device        | ``Device``                                               |
/// | 6     | queues        | number of queues, ports or pairs, less 1: 0 to 3         |
/// | 7     | sizeLog2      | QueueNumMax as a power of two: 0 to 10                   |
/// | 8–15  | withheld      | feature bits 0–63 that the device must not offer         |
/// | 16–19 | capacity      | of a block device, in sectors: 0 to 4095                 |
/// | 20    | flags         | ``Flags``                                                |
/// | 21–31 | –             | 0                                                        |
public struct Header: Hashable, Sendable {
  public enum Device: UInt8, Word {
    case block, entropy, console, network

    public var name: String { "\(self)" }
  }

  public struct Flags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The block device is read-only.
    @inlinable public static var readOnly: Flags { Flags(rawValue: 1) }
    /// The device has the legacy interface.
    @inlinable public static var legacy: Flags { Flags(rawValue: 2) }
    /// The device offers VIRTIO_F_NOTIFICATION_DATA.
    @inlinable public static var notificationData: Flags { Flags(rawValue: 4) }
    /// The device offers VIRTIO_F_ACCESS_PLATFORM and VIRTIO_F_ORDER_PLATFORM, which change nothing here.
    @inlinable public static var platform: Flags { Flags(rawValue: 8) }
    /// The device offers VIRTIO_F_RING_PACKED.
    @inlinable public static var packed: Flags { Flags(rawValue: 16) }
    /// The device offers VIRTIO_F_IN_ORDER.
    @inlinable public static var inOrder: Flags { Flags(rawValue: 32) }
    /// The device shares a region of its memory with the driver.
    @inlinable public static var sharedMemory: Flags { Flags(rawValue: 64) }
    /// There is no device, but a slot for one: DeviceID reads 0.
    @inlinable public static var placeholder: Flags { Flags(rawValue: 128) }
    /// All the flags that have a meaning.
    static let defined: Flags = [
      .readOnly, .legacy, .notificationData, .platform, .packed, .inOrder, .sharedMemory, .placeholder,
    ]
    /// How a text form spells bit 0, bit 1, …
    public static let names = [
      "read-only", "legacy", "notification-data", "platform", "packed", "in-order", "shared-memory", "placeholder",
    ]
  }

  /// The first four bytes of every program, "vfz" and a line feed, as a little-endian number.
  @inlinable public static var magic: UInt32 { 0x0a7a_6676 }
  /// The version of the format that this code writes.
  @inlinable public static var version: UInt8 { 1 }
  /// The size of the record, in bytes.
  @inlinable public static var size: Int { 32 }
  static let maxQueueCount: UInt8 = 4
  static let maxSizeLog2: UInt8 = 10
  static let capacityLimit: UInt32 = 4096

  public var device: Device
  /// 1 to 4: how many queues a block device has, a console ports, or a network device pairs of queues.
  public var queueCount: UInt8
  /// QueueNumMax is two to the power of this, 0 to 10.
  public var sizeLog2: UInt8
  /// Features that the device must not offer.
  public var withheldFeatures: UInt64
  /// Of a block device, in sectors of 512 bytes.
  public var capacity: UInt32
  public var flags: Flags

  public init(
    device: Device = .block, queueCount: UInt8 = 1, sizeLog2: UInt8 = 8, withheldFeatures: UInt64 = 0,
    capacity: UInt32 = 64, flags: Flags = []
  ) {
    self.device = device
    self.queueCount = queueCount
    self.sizeLog2 = sizeLog2
    self.withheldFeatures = withheldFeatures
    self.capacity = capacity
    self.flags = flags
  }
}

import VirtioSpec

/// What an MMIO transport is made with, whatever the device type.
public struct TransportOptions: Sendable {
  /// Which interface it has: a device has one of the two, and keeps it.
  public var transport: Transport
  /// 1 to 8.
  public var queueCount: UInt32
  /// What QueueNumMax reads: 1 to 1024.
  public var queueNumMax: UInt32
  /// Features that are not offered although the device has them; but VIRTIO_F_VERSION_1 always is, and by a legacy one
  /// VIRTIO_F_ANY_LAYOUT.
  public var withheldFeatures: FeatureBits
  /// Features that are offered besides: of VIRTIO_F_RING_PACKED, VIRTIO_F_IN_ORDER, VIRTIO_F_NOTIFICATION_DATA,
  /// VIRTIO_F_ACCESS_PLATFORM and VIRTIO_F_ORDER_PLATFORM. The platform of guest memory here needs nothing done for the last two.
  public var extraFeatures: FeatureBits
  public var vendorID: UInt32
  /// The region of memory that the device shares with the driver, if it has one.
  public var sharedMemory: SharedMemoryRegion?

  public init(
    transport: Transport = .modern, queueCount: UInt32 = 1, queueNumMax: UInt32 = 256,
    withheldFeatures: FeatureBits = [], extraFeatures: FeatureBits = [], vendorID: UInt32 = 0x5a55_4656
  ) {
    precondition(1...MMIOTransport.maxQueues ~= queueCount, "1 to \(MMIOTransport.maxQueues) queues")
    precondition(1...HeadSet.capacity ~= queueNumMax, "1 to \(HeadSet.capacity) elements a queue")
    self.transport = transport
    self.queueCount = queueCount
    self.queueNumMax = queueNumMax
    self.withheldFeatures = withheldFeatures
    self.extraFeatures = extraFeatures.intersection(MMIOTransport.optionalFeatures)
    self.vendorID = vendorID
  }
}

/// Limits of ``MMIODevice``.
public enum MMIOTransport {
  /// The most queues of a device.
  @inlinable public static var maxQueues: UInt32 { 8 }
  /// How many descriptors' worth of chains of one queue a register access, host stimulus or poll may take; what is left is
  /// taken at the next poll.
  @inlinable public static var descriptorBudget: Int { 4096 }
  /// How many bytes' worth of such chains, likewise. What a discard or write-zeroes request does to the storage does not count.
  @inlinable public static var byteBudget: UInt64 { 1 << 20 }
  /// Features that a device offers where it is asked to.
  public static let optionalFeatures: FeatureBits = [
    .ringPacked, .inOrder, .notificationData, .accessPlatform, .orderPlatform,
  ]
  /// The features of a transport and of its queues.
  @inlinable
  public static func features(of transport: Transport) -> FeatureBits {
    switch transport {
    case .legacy: [.notifyOnEmpty, .anyLayout, .indirectDesc, .eventIdx]
    case .modern: [.indirectDesc, .eventIdx, .version1, .ringReset]
    }
  }
}

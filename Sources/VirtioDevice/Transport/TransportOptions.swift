import VirtioSpec

/// What an MMIO transport is made with, whatever the device type.
public struct TransportOptions: Sendable {
  /// 1 to 8.
  public var queueCount: UInt32
  /// What QueueNumMax reads: 1 to 1024.
  public var queueNumMax: UInt32
  /// Features that are not offered although the device has them; VIRTIO_F_VERSION_1 is always offered.
  public var withheldFeatures: FeatureBits
  public var vendorID: UInt32

  public init(
    queueCount: UInt32 = 1, queueNumMax: UInt32 = 256, withheldFeatures: FeatureBits = [],
    vendorID: UInt32 = 0x5a55_4656
  ) {
    precondition(1...MMIOTransport.maxQueues ~= queueCount, "1 to \(MMIOTransport.maxQueues) queues")
    precondition(1...HeadSet.capacity ~= queueNumMax, "1 to \(HeadSet.capacity) elements a queue")
    self.queueCount = queueCount
    self.queueNumMax = queueNumMax
    self.withheldFeatures = withheldFeatures
    self.vendorID = vendorID
  }
}

/// Limits of ``MMIODevice``.
public enum MMIOTransport {
  /// The most queues of a device.
  @inlinable public static var maxQueues: UInt32 { 8 }
  /// How many descriptors' worth of chains one register access, host stimulus or poll may take; what is left is taken
  /// at the next poll.
  @inlinable public static var descriptorBudget: Int { 4096 }
  /// How many bytes' worth of chains one register access, host stimulus or poll may take.
  @inlinable public static var byteBudget: UInt64 { 1 << 20 }
  /// The features of the transport and of its queues.
  @inlinable public static var features: FeatureBits { [.indirectDesc, .eventIdx, .version1, .ringReset] }
}

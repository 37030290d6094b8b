/// The two formats of virtqueues (section 2.6), and what each asks of the areas of a queue, in bytes.
public enum RingFormat: BitwiseCopyable, Sendable {
  case split
  /// With VIRTIO_F_RING_PACKED.
  case packed

  /// The largest queue that the format allows.
  @inlinable public var maxSize: UInt32 { self == .split ? SplitRing.maxSize : PackedRing.maxSize }

  @inlinable
  public func isValidSize(_ size: UInt32) -> Bool {
    self == .split ? SplitRing.isValidSize(size) : PackedRing.isValidSize(size)
  }

  @inlinable
  public var descriptorAlignment: UInt64 {
    self == .split ? SplitRing.descriptorAlignment : PackedRing.descriptorAlignment
  }

  @inlinable
  public var driverAlignment: UInt64 { self == .split ? SplitRing.driverAlignment : PackedRing.eventAlignment }

  @inlinable
  public var deviceAlignment: UInt64 { self == .split ? SplitRing.deviceAlignment : PackedRing.eventAlignment }

  @inlinable
  public func descriptorAreaSize(_ size: UInt32) -> UInt64 {
    self == .split ? SplitRing.descriptorAreaSize(size) : PackedRing.descriptorAreaSize(size)
  }

  @inlinable
  public func driverAreaSize(_ size: UInt32) -> UInt64 {
    self == .split ? SplitRing.driverAreaSize(size) : PackedRing.eventSize
  }

  @inlinable
  public func deviceAreaSize(_ size: UInt32) -> UInt64 {
    self == .split ? SplitRing.deviceAreaSize(size) : PackedRing.eventSize
  }

  /// The format that a driver and a device use which agreed on these features.
  @inlinable
  public init(_ features: FeatureBits) { self = features.contains(.ringPacked) ? .packed : .split }
}

/// A set of feature bits (section 2.2), as wide as the bits that the specification hands out so far: 0 to 127.
public struct FeatureBits: OptionSet, Sendable, Hashable {
  public let rawValue: UInt128

  @inlinable
  public init(rawValue: UInt128) { self.rawValue = rawValue }

  // Always, so that a bit that is known is a number in the end.
  @inlinable @inline(__always)
  public init(bit: Int) { rawValue = 1 << UInt128(bit) }

  /// How many 32-bit words the registers `DeviceFeatures` and `DriverFeatures` can show.
  @inlinable public static var wordCount: UInt32 { 4 }

  /// The bits that the legacy interface can show: the first word.
  @inlinable public static var legacyRange: FeatureBits { FeatureBits(rawValue: 0xffff_ffff) }

  /// The 32 bits from bit `32 * selector` on; 0 for a word that no bit is in.
  @inlinable
  public func word(_ selector: UInt32) -> UInt32 {
    guard selector < Self.wordCount else { return 0 }
    return UInt32(truncatingIfNeeded: rawValue >> (32 * UInt128(selector)))
  }

  /// This set with the 32 bits from bit `32 * selector` on replaced; unchanged for a word that no bit is in.
  @inlinable
  public func replacingWord(_ selector: UInt32, with word: UInt32) -> FeatureBits {
    guard selector < Self.wordCount else { return self }
    let shift = 32 * UInt128(selector)
    return FeatureBits(rawValue: rawValue & ~(0xffff_ffff << shift) | UInt128(word) << shift)
  }
}

/// Feature bits that are not of one device type (section 6).
extension FeatureBits {
  /// `VIRTIO_F_NOTIFY_ON_EMPTY`, of legacy devices
  @inlinable public static var notifyOnEmpty: FeatureBits { FeatureBits(bit: 24) }
  /// `VIRTIO_F_ANY_LAYOUT`, of legacy devices
  @inlinable public static var anyLayout: FeatureBits { FeatureBits(bit: 27) }
  /// `VIRTIO_F_INDIRECT_DESC`
  @inlinable public static var indirectDesc: FeatureBits { FeatureBits(bit: 28) }
  /// `VIRTIO_F_EVENT_IDX`
  @inlinable public static var eventIdx: FeatureBits { FeatureBits(bit: 29) }
  /// `VIRTIO_F_VERSION_1`
  @inlinable public static var version1: FeatureBits { FeatureBits(bit: 32) }
  /// `VIRTIO_F_ACCESS_PLATFORM`
  @inlinable public static var accessPlatform: FeatureBits { FeatureBits(bit: 33) }
  /// `VIRTIO_F_RING_PACKED`
  @inlinable public static var ringPacked: FeatureBits { FeatureBits(bit: 34) }
  /// `VIRTIO_F_IN_ORDER`
  @inlinable public static var inOrder: FeatureBits { FeatureBits(bit: 35) }
  /// `VIRTIO_F_ORDER_PLATFORM`
  @inlinable public static var orderPlatform: FeatureBits { FeatureBits(bit: 36) }
  /// `VIRTIO_F_NOTIFICATION_DATA`
  @inlinable public static var notificationData: FeatureBits { FeatureBits(bit: 38) }
  /// `VIRTIO_F_RING_RESET`
  @inlinable public static var ringReset: FeatureBits { FeatureBits(bit: 40) }
  /// `VIRTIO_F_SUSPEND`, of the specification's 1.4
  @inlinable public static var suspend: FeatureBits { FeatureBits(bit: 43) }
}

/// What a block device is backed by, as far as its features depend on it.
public struct StorageProfile: Sendable {
  /// It has zones (VIRTIO_BLK_F_ZONED).
  public var isZoned = false
  /// It can tell how worn it is (VIRTIO_BLK_F_LIFETIME).
  public var hasLifetimeMetrics = false

  public init() {}
}

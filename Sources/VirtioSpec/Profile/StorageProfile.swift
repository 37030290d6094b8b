/// What a block device is backed by, as far as its features depend on it.
public struct StorageProfile: Sendable {
  /// It has zones (VIRTIO_BLK_F_ZONED); nil where that is not known.
  public var isZoned: Bool? = false
  /// It can tell how worn it is (VIRTIO_BLK_F_LIFETIME); nil where that is not known.
  public var hasLifetimeMetrics: Bool? = false
  /// It is persistent storage behind a volatile cache, and the device tells its host of every sector that it commits, before
  /// the request is returned that asks for it. Of others it is not judged what would be lost with the power.
  public var tellsOfPersistence = false

  public init() {}
}

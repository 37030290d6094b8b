/// How worn a storage is: `struct virtio_blk_lifetime` (section 5.2.6).
public struct StorageLifetime: BitwiseCopyable, Sendable {
  /// How many of the reserved blocks are consumed: 0 is not known, 1 fewer than 80 %, 2 as many, 3 is 90 %.
  public var preEOLInfo: UInt16
  /// The wear of SLC cells, in steps of 10 % of their lifetime: 0 is not known, 1 up to 10 %, 11 more than all of it.
  public var deviceLifetimeEstTypA: UInt16
  /// The same of MLC cells.
  public var deviceLifetimeEstTypB: UInt16

  public init(preEOLInfo: UInt16, deviceLifetimeEstTypA: UInt16, deviceLifetimeEstTypB: UInt16) {
    self.preEOLInfo = preEOLInfo
    self.deviceLifetimeEstTypA = deviceLifetimeEstTypA
    self.deviceLifetimeEstTypB = deviceLifetimeEstTypB
  }

  /// As the guest sees it, little-endian.
  @usableFromInline
  var bytes: InlineArray<6, UInt8> {
    let fields: InlineArray<3, UInt16> = [preEOLInfo, deviceLifetimeEstTypA, deviceLifetimeEstTypB]
    return InlineArray { UInt8(truncatingIfNeeded: fields[$0 / 2] >> UInt16(8 * ($0 % 2))) }
  }
}

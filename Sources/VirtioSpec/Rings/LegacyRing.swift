/// The layout of a legacy virtqueue (sections 2.7.2 and 4.2.4): the three areas of a split ring in one block of memory,
/// with the used ring on the next multiple of `QueueAlign` behind the available one.
public enum LegacyRing {
  /// Whether `GuestPageSize` or `QueueAlign` can be this: a power of two.
  @inlinable
  public static func isValidUnit(_ unit: UInt32) -> Bool { unit.nonzeroBitCount == 1 }

  /// Where the available ring is, in bytes from the start of the block.
  @inlinable
  public static func driverArea(_ size: UInt32) -> UInt64 { SplitRing.descriptorAreaSize(size) }

  /// Where the used ring is, in bytes from the start of the block. `align` is a power of two.
  @inlinable
  public static func deviceArea(_ size: UInt32, align: UInt32) -> UInt64 {
    let end = driverArea(size) + SplitRing.driverAreaSize(size)
    return (end + UInt64(align) - 1) & ~(UInt64(align) - 1)
  }

  /// The size of the whole block, in bytes. `align` is a power of two.
  @inlinable
  public static func blockSize(_ size: UInt32, align: UInt32) -> UInt64 {
    deviceArea(size, align: align) + SplitRing.deviceAreaSize(size)
  }
}

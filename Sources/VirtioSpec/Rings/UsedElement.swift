/// One element of the used ring, `struct virtq_used_elem` (section 2.7.8): 8 bytes, little-endian.
public struct UsedElement: Equatable, Sendable {
  /// `id`: the head of the chain that is returned.
  public var id: UInt32
  /// `len`: how many bytes the device wrote into the chain's writable part.
  public var length: UInt32

  @inlinable
  public init(id: UInt32, length: UInt32) {
    self.id = id
    self.length = length
  }

  @inlinable
  public init(littleEndian bits: UInt64) {
    id = UInt32(truncatingIfNeeded: bits)
    length = UInt32(truncatingIfNeeded: bits >> 32)
  }

  @inlinable
  public var littleEndian: UInt64 { UInt64(id) | UInt64(length) << 32 }
}

/// One element of a descriptor table, `struct virtq_desc` (section 2.7.5): 16 bytes, little-endian.
public struct Descriptor: Equatable, BitwiseCopyable, Sendable {
  /// `addr`, a guest-physical address.
  public var address: UInt64
  /// `len`, in bytes.
  public var length: UInt32
  public var flags: Flags
  /// `next`, an index into the same table, where ``Flags/next`` is set.
  public var next: UInt16

  /// The size of a descriptor in guest memory, in bytes.
  @inlinable public static var size: UInt64 { 16 }

  @inlinable
  public init(address: UInt64, length: UInt32, flags: Flags = [], next: UInt16 = 0) {
    self.address = address
    self.length = length
    self.flags = flags
    self.next = next
  }

  /// The descriptor that these 16 bytes of memory hold, read as one little-endian number.
  @inlinable
  public init(littleEndian bits: UInt128) {
    address = UInt64(truncatingIfNeeded: bits)
    let high = UInt64(truncatingIfNeeded: bits >> 64)
    length = UInt32(truncatingIfNeeded: high)
    flags = Flags(rawValue: UInt16(truncatingIfNeeded: high >> 32))
    next = UInt16(truncatingIfNeeded: high >> 48)
  }

  /// The 16 bytes of memory, as one little-endian number.
  @inlinable
  public var littleEndian: UInt128 {
    UInt128(address) | UInt128(length) << 64 | UInt128(flags.rawValue) << 96 | UInt128(next) << 112
  }

  public struct Flags: OptionSet, BitwiseCopyable, Sendable {
    public let rawValue: UInt16

    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `VIRTQ_DESC_F_NEXT`
    @inlinable public static var next: Flags { Flags(rawValue: 1) }
    /// `VIRTQ_DESC_F_WRITE`
    @inlinable public static var write: Flags { Flags(rawValue: 2) }
    /// `VIRTQ_DESC_F_INDIRECT`
    @inlinable public static var indirect: Flags { Flags(rawValue: 4) }
  }
}

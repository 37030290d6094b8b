/// One element of a packed descriptor ring, or of an indirect table for one, `struct pvirtq_desc` (section 2.8.13):
/// 16 bytes, little-endian.
public struct PackedDescriptor: Equatable, BitwiseCopyable, Sendable {
  /// `addr`, a guest-physical address.
  public var address: UInt64
  /// `len`, in bytes.
  public var length: UInt32
  /// `id`: the buffer, in the last descriptor of its list.
  public var id: UInt16
  public var flags: Descriptor.Flags

  /// The size of a descriptor in guest memory, in bytes.
  @inlinable public static var size: UInt64 { 16 }
  // Where its fields are, in bytes.
  @inlinable public static var lengthOffset: UInt64 { 8 }
  @inlinable public static var idOffset: UInt64 { 12 }
  @inlinable public static var flagsOffset: UInt64 { 14 }

  @inlinable
  public init(address: UInt64, length: UInt32, id: UInt16 = 0, flags: Descriptor.Flags = []) {
    self.address = address
    self.length = length
    self.id = id
    self.flags = flags
  }

  /// The descriptor that these 16 bytes of memory hold, read as one little-endian number.
  @inlinable
  public init(littleEndian bits: UInt128) {
    address = UInt64(truncatingIfNeeded: bits)
    let high = UInt64(truncatingIfNeeded: bits >> 64)
    length = UInt32(truncatingIfNeeded: high)
    id = UInt16(truncatingIfNeeded: high >> 32)
    flags = Descriptor.Flags(rawValue: UInt16(truncatingIfNeeded: high >> 48))
  }

  /// The 16 bytes of memory, as one little-endian number.
  @inlinable
  public var littleEndian: UInt128 {
    UInt128(address) | UInt128(length) << 64 | UInt128(id) << 96 | UInt128(flags.rawValue) << 112
  }
}

extension Descriptor.Flags {
  /// `VIRTQ_DESC_F_AVAIL`, of a packed ring.
  @inlinable public static var available: Descriptor.Flags { Descriptor.Flags(rawValue: 1 << 7) }
  /// `VIRTQ_DESC_F_USED`, of a packed ring.
  @inlinable public static var used: Descriptor.Flags { Descriptor.Flags(rawValue: 1 << 15) }
}

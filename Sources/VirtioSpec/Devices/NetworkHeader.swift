/// `struct virtio_net_hdr` up to `csum_offset` (section 5.1.6): what is left to do for the frame behind it.
///
/// So much of it comes in front of each frame on the wire, too: at its other end is somebody who takes frames with their
/// offloads, as a tap device does.
public struct NetworkHeader: Equatable, Sendable, BitwiseCopyable {
  /// Up to `csum_offset`, in bytes.
  @inlinable public static var size: Int { Network.shortHeaderSize }

  public var flags: UInt8
  public var gsoType: UInt8
  /// `hdr_len`, in bytes
  public var headerLength: UInt16 = 0
  /// In bytes.
  public var gsoSize: UInt16 = 0
  /// `csum_start`, in bytes from the beginning of the frame
  public var checksumStart: UInt16 = 0
  /// `csum_offset`, in bytes from `checksumStart`
  public var checksumOffset: UInt16 = 0

  @inlinable
  public init(flags: UInt8 = 0, gsoType: UInt8 = 0) {
    self.flags = flags
    self.gsoType = gsoType
  }

  @inlinable
  public init(littleEndian bits: UInt128) {
    flags = UInt8(truncatingIfNeeded: bits)
    gsoType = UInt8(truncatingIfNeeded: bits >> 8)
    headerLength = UInt16(truncatingIfNeeded: bits >> 16)
    gsoSize = UInt16(truncatingIfNeeded: bits >> 32)
    checksumStart = UInt16(truncatingIfNeeded: bits >> 48)
    checksumOffset = UInt16(truncatingIfNeeded: bits >> 64)
  }

  /// At the beginning of `bytes`, of which there are ``size`` at least.
  @inlinable
  public init(_ bytes: RawSpan) {
    let low = bytes.unsafeLoadUnaligned(as: UInt64.self)
    let high = bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt16.self)
    self.init(littleEndian: UInt128(UInt64(littleEndian: low)) | UInt128(UInt16(littleEndian: high)) << 64)
  }

  @inlinable
  public var littleEndian: UInt128 {
    UInt128(flags) | UInt128(gsoType) << 8 | UInt128(headerLength) << 16 | UInt128(gsoSize) << 32
      | UInt128(checksumStart) << 48 | UInt128(checksumOffset) << 64
  }

  @inlinable public var needsChecksum: Bool { flags & Network.needsChecksum != 0 }
  /// How the frame is to be cut: `gso_type` without the bit for ECN.
  @inlinable public var segmentation: UInt8 { gsoType & ~Network.gsoECN }
  @inlinable public var hasECN: Bool { gsoType & Network.gsoECN != 0 }
  /// Where the checksum goes, in bytes from the beginning of the frame.
  @inlinable public var checksumPlace: Int { Int(checksumStart) + Int(checksumOffset) }
}

/// Facts of what is in frames (RFC 791, 8200, 9293 and 768), with sizes and offsets in bytes.
public enum Internet {
  /// The types by which they show in a frame, in the order of the wire.
  @inlinable public static var ipv4Type: (UInt8, UInt8) { (0x08, 0x00) }
  @inlinable public static var ipv6Type: (UInt8, UInt8) { (0x86, 0xdd) }
  /// Without options.
  @inlinable public static var ipv4HeaderSize: Int { 20 }
  @inlinable public static var ipv6HeaderSize: Int { 40 }
  @inlinable public static var tcpHeaderSize: Int { 20 }
  @inlinable public static var udpHeaderSize: Int { 8 }
  @inlinable public static var tcp: UInt8 { 6 }
  @inlinable public static var udp: UInt8 { 17 }
  @inlinable public static var tcpChecksum: Int { 16 }
  @inlinable public static var udpChecksum: Int { 6 }
  /// How long a TCP header is, in its high four bits, by 4 bytes.
  @inlinable public static var tcpDataOffset: Int { 12 }
  @inlinable public static var tcpFlags: Int { 13 }
  /// CWR: the flag of TCP that a device without ECN cannot put into the segments of a frame.
  @inlinable public static var congestionWindowReduced: UInt8 { 0x80 }
}

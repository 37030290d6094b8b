/// The sum of the Internet's checksums (RFC 1071).
struct OnesComplementSum {
  private var sum: UInt32 = 0
  private var isOdd = false

  mutating func append(_ byte: UInt8) {
    sum += isOdd ? UInt32(byte) : UInt32(byte) << 8
    // Carries come back in at the low end at once, so that it never grows long.
    sum = sum & 0xffff + sum >> 16
    isOdd.toggle()
  }

  mutating func append(_ bytes: RawSpan) {
    var index = 0
    if isOdd, bytes.byteCount > 0 {
      append(bytes.unsafeLoad(as: UInt8.self))
      index = 1
    }
    var total = UInt64(sum)
    // Numbers of 32 bits have the same sum in the end as their halves.
    while index < bytes.byteCount - 3 {
      // Sound: there are four more bytes, and any four are a number.
      total &+= UInt64(UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self)))
      index += 4
    }
    while total > 0xffff { total = total & 0xffff &+ total >> 16 }
    sum = UInt32(total)
    while index < bytes.byteCount {
      append(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      index += 1
    }
  }

  /// What is put where 0, or part of the sum, was. Neither zero is different from the other.
  var checksum: UInt16 { Self.normal(~UInt16(truncatingIfNeeded: sum)) }

  /// One for both zeroes.
  static func normal(_ number: UInt16) -> UInt16 { number == 0 ? 0xffff : number }
}

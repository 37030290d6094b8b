/// The sum of the Internet's checksums (RFC 1071), byte by byte.
struct OnesComplementSum {
  private var sum: UInt32 = 0
  private var isOdd = false

  mutating func append(_ byte: UInt8) {
    sum += isOdd ? UInt32(byte) : UInt32(byte) << 8
    // Carries come back in at the low end at once, so that it never grows long.
    sum = sum & 0xffff + sum >> 16
    isOdd.toggle()
  }

  /// What is put where 0, or part of the sum, was. Neither zero is different from the other.
  var checksum: UInt16 { Self.normal(~UInt16(truncatingIfNeeded: sum)) }

  /// One for both zeroes.
  static func normal(_ number: UInt16) -> UInt16 { number == 0 ? 0xffff : number }
}

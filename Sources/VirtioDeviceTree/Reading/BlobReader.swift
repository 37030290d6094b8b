/// Reads the words and the texts of a blob. Whoever calls has seen that they are there.
struct BlobReader {
  let bytes: [UInt8]

  /// The big-endian word at `offset`.
  func word(at offset: Int) -> UInt32 {
    UInt32(bytes[offset]) << 24 | UInt32(bytes[offset + 1]) << 16 | UInt32(bytes[offset + 2]) << 8
      | UInt32(bytes[offset + 3])
  }

  /// The word that a property of four bytes is.
  func word(_ value: Range<Int>) -> UInt32? { value.count == 4 ? word(at: value.lowerBound) : nil }

  /// The words of a range; bytes behind the last whole one are left out.
  func words(_ range: Range<Int>) -> [UInt32] {
    stride(from: range.lowerBound, through: range.upperBound - 4, by: 4).map(word(at:))
  }

  /// The number of `count` cells from `offset` on; nil where it has more than 64 bits.
  func number(at offset: Int, cells count: Int) -> UInt64? {
    var number: UInt64 = 0
    for cell in 0..<count {
      guard number >> 32 == 0 else { return nil }
      number = number << 32 | UInt64(word(at: offset + 4 * cell))
    }
    return number
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The texts of a property, each of which a zero byte ends, and what is behind the last one.
  func texts(_ value: Range<Int>) -> (whole: [String], rest: String) {
    var whole: [String] = []
    var start = value.lowerBound
    for end in value where bytes[end] == 0 {
      whole.append(text(start..<end))
      start = end + 1
    }
    return (whole, text(start..<value.upperBound))
  }
}

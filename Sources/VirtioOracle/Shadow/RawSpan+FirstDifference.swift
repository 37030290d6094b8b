extension RawSpan {
  /// The place of the first byte that is another one than in `other`; nil where all are alike. Both are of the same length.
  func firstDifference(from other: RawSpan) -> Int? {
    var index = 0
    // Sound, here and below: both have `byteCount` bytes, and any bytes are numbers.
    while index <= byteCount - 64,
      unsafeLoadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
        == other.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
    { index += 64 }
    while index <= byteCount - 8,
      unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        == other.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    { index += 8 }
    while index < byteCount {
      guard
        unsafeLoad(fromByteOffset: index, as: UInt8.self) == other.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      else { return index }
      index += 1
    }
    return nil
  }
}

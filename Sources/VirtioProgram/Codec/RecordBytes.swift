/// The 32 bytes of a header or a step, as four words whose bytes are little-endian in the format.
@usableFromInline
typealias RecordWords = (UInt64, UInt64, UInt64, UInt64)

// Sound: the preconditions keep both inside the buffer, which whoever made it promises to be valid memory, and a word
// of any bytes is a number. Nothing in the format is aligned.

extension UnsafeRawBufferPointer {
  /// The record that starts at byte `offset`, all of which is in the buffer.
  func record(at offset: Int) -> RecordWords {
    precondition(offset >= 0 && offset <= count - Step.size)
    return (
      UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
      UInt64(littleEndian: loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)),
      UInt64(littleEndian: loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)),
      UInt64(littleEndian: loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
    )
  }

  /// The first record, with 0 for the bytes that the buffer does not have.
  func firstRecord() -> RecordWords {
    if count >= Header.size { return record(at: 0) }
    var words: RecordWords = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: self) }
    return (
      UInt64(littleEndian: words.0), UInt64(littleEndian: words.1), UInt64(littleEndian: words.2),
      UInt64(littleEndian: words.3)
    )
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes the record that starts at byte `offset`, all of which is in the buffer.
  func storeRecord(_ words: RecordWords, at offset: Int) {
    precondition(offset >= 0 && offset <= count - Step.size)
    storeBytes(of: words.0.littleEndian, toByteOffset: offset, as: UInt64.self)
    storeBytes(of: words.1.littleEndian, toByteOffset: offset + 8, as: UInt64.self)
    storeBytes(of: words.2.littleEndian, toByteOffset: offset + 16, as: UInt64.self)
    storeBytes(of: words.3.littleEndian, toByteOffset: offset + 24, as: UInt64.self)
  }
}

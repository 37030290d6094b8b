import VirtioMemory

/// A place in the readable or writable part of a chain, from which bytes are taken piece by piece.
@usableFromInline
struct SegmentCursor {
  @usableFromInline var index: Int
  @usableFromInline let end: Int
  /// In bytes, inside the segment at `index`.
  @usableFromInline var offset: UInt32 = 0

  @inlinable
  init(_ range: Range<Int>) {
    index = range.lowerBound
    end = range.upperBound
  }

  @inlinable
  static func readable(_ chain: Chain) -> SegmentCursor { SegmentCursor(0..<chain.readableCount) }

  @inlinable
  static func writable(_ chain: Chain) -> SegmentCursor {
    SegmentCursor(chain.readableCount..<chain.segmentCount)
  }

  /// The next stretch of guest memory, of at most `limit` bytes, not 0; nil behind the last.
  @inlinable
  mutating func next(_ segments: Span<Segment>, atMost limit: UInt64) -> Segment? {
    guard index < end else { return nil }
    let segment = segments[index]
    let count = UInt32(truncatingIfNeeded: min(UInt64(segment.length - offset), limit))
    let piece = Segment(address: segment.address &+ UInt64(offset), length: count)
    offset += count
    if offset == segment.length {
      index += 1
      offset = 0
    }
    return piece
  }

  /// The next number, of `size` bytes, wherever the chain is cut; nil when the segments end before.
  @inlinable
  mutating func number<T: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: T.Type, size: Int = MemoryLayout<T>.size, _ segments: Span<Segment>,
    memory: inout some GuestMemory & ~Copyable
  ) -> T? {
    guard var piece = next(segments, atMost: UInt64(size)) else { return nil }
    if Int(piece.length) == MemoryLayout<T>.size { return memory.load(piece.address, as: type) }

    var number = InlineArray<1, T>(repeating: 0)
    var place = 0
    while true {
      let end = place + Int(piece.length)
      var span = number.mutableSpan
      var bytes = span.mutableBytes
      var part = bytes._mutatingExtracting(place..<end)
      guard memory.read(piece.address, into: &part) else { return nil }
      guard end < size else { return T(littleEndian: number[0]) }
      guard let further = next(segments, atMost: UInt64(size - end)) else { return nil }
      (piece, place) = (further, end)
    }
  }

  /// Writes `bytes` from here on. False when the segments end before, or memory refuses.
  @inlinable
  mutating func write(
    _ bytes: RawSpan, _ segments: Span<Segment>, memory: inout some GuestMemory & ~Copyable
  ) -> Bool {
    var done = 0
    while done < bytes.byteCount {
      guard let piece = next(segments, atMost: UInt64(bytes.byteCount - done)) else { return false }
      let part = bytes.extracting(done..<done + Int(piece.length))
      guard memory.write(part, at: piece.address) else { return false }
      done += Int(piece.length)
    }
    return true
  }
}

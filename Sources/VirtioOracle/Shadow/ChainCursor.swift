/// A place among the readable or the writable bytes of a chain.
struct ChainCursor: BitwiseCopyable {
  /// In ``Shadow/segments``.
  var segment: Int
  var end: Int
  /// In bytes, inside that segment.
  var offset: UInt64 = 0
}

extension Shadow {
  /// Where the segments of a chain are.
  func segments(of index: Int) -> Range<Int> {
    let first = index * ChainShadow.maxSegments
    return first..<first + chains[index].segmentCount
  }

  func readablePart(of index: Int) -> ChainCursor {
    ChainCursor(segment: segments(of: index).lowerBound, end: border(of: index))
  }

  func writablePart(of index: Int) -> ChainCursor {
    ChainCursor(segment: border(of: index), end: segments(of: index).upperBound)
  }

  /// The first writable segment.
  private func border(of index: Int) -> Int {
    let range = segments(of: index)
    var border = range.lowerBound
    while border < range.upperBound, !segments[border].isWritable { border += 1 }
    return border
  }

  /// The next number of a chain, little-endian; what is behind the end is 0.
  func number(_ cursor: inout ChainCursor, bytes: Int) -> UInt64 {
    guard cursor.segment < cursor.end else { return 0 }
    if bytes == 8, segments[cursor.segment].length - cursor.offset >= 8 {
      return memory.word(piece(&cursor, most: 8).address)
    }
    var number: UInt64 = 0
    for place in 0..<bytes { number |= UInt64(byte(&cursor)) << UInt64(8 * place) }
    return number
  }

  func byte(_ cursor: inout ChainCursor) -> UInt8 {
    let piece = piece(&cursor, most: 1)
    return piece.count == 0 ? 0 : memory.byte(piece.address)
  }

  /// The next bytes of a chain that lie together, `most` of them at most: where, and how many; 0 behind the end.
  func piece(_ cursor: inout ChainCursor, most: Int) -> (address: UInt64, count: Int) {
    guard cursor.segment < cursor.end else { return (0, 0) }
    let room = segments[cursor.segment].length - cursor.offset
    let address = segments[cursor.segment].address &+ cursor.offset
    guard room <= UInt64(most) else {
      cursor.offset += UInt64(most)
      return (address, most)
    }
    cursor.segment += 1
    cursor.offset = 0
    return (address, Int(room))
  }

  /// Where the next bytes of a chain are not these ones first; nil where they are, as far as the chain goes.
  func firstDifference(_ bytes: RawSpan, _ cursor: inout ChainCursor) -> Int? {
    var done = 0
    while done < bytes.byteCount {
      let part = piece(&cursor, most: bytes.byteCount - done)
      guard part.count > 0 else { return nil }
      if let place = memory.firstDifference(bytes.extracting(done..<done + part.count), at: part.address) {
        return done + place
      }
      done += part.count
    }
    return nil
  }

  /// The sum of the next bytes of a chain, `count` of them, as far as it goes.
  func sum(_ cursor: inout ChainCursor, _ count: Int) -> OnesComplementSum {
    var sum = OnesComplementSum()
    var left = count
    while left > 0 {
      let part = piece(&cursor, most: left)
      guard part.count > 0 else { break }
      _ = memory.withBytes(part.address, part.count) { sum.append($0) }
      left -= part.count
    }
    return sum
  }

  /// Takes the next bytes of a chain, `count` of them, as far as it goes, for more of the frame that a pair's queue is given.
  mutating func assemble(_ cursor: inout ChainCursor, _ count: Int, pair: Int) {
    var left = count
    while left > 0 {
      let part = piece(&cursor, most: left)
      guard part.count > 0 else { return }
      network.assemble(memory, part.address, part.count, pair: pair)
      left -= part.count
    }
  }

  /// Moves a cursor on.
  func advance(_ cursor: inout ChainCursor, by count: UInt64) {
    cursor.offset += count
    while cursor.segment < cursor.end, cursor.offset >= segments[cursor.segment].length {
      cursor.offset -= segments[cursor.segment].length
      cursor.segment += 1
    }
  }
}

import Testing
import VirtioMemory

@testable import VirtioDevice

@Suite("A cursor over the segments of a chain")
struct SegmentCursorTests {
  /// Five readable bytes in two segments, and four writable ones in two, with others' segments behind.
  private static let segments = [
    Segment(address: 0x1000, length: 2), Segment(address: 0x2000, length: 3), Segment(address: 0x3000, length: 1),
    Segment(address: 0x4000, length: 3), Segment(address: 0x5000, length: 9),
  ]

  private var chain: Chain {
    var chain = Chain()
    chain.readableCount = 2
    chain.writableCount = 2
    return chain
  }

  private func pieces(_ cursor: SegmentCursor, atMost limit: UInt64) -> [UInt64] {
    var cursor = cursor
    var pieces: [UInt64] = []
    while let piece = cursor.next(Self.segments.span, atMost: limit) {
      pieces += [piece.address, UInt64(piece.length)]
    }
    return pieces
  }

  @Test("goes through one part, in pieces of at most so many bytes")
  func goesThrough() {
    #expect(pieces(.readable(chain), atMost: .max) == [0x1000, 2, 0x2000, 3])
    #expect(pieces(.writable(chain), atMost: .max) == [0x3000, 1, 0x4000, 3])
    #expect(pieces(.readable(chain), atMost: 2) == [0x1000, 2, 0x2000, 2, 0x2002, 1])
    #expect(pieces(.writable(chain), atMost: 1) == [0x3000, 1, 0x4000, 1, 0x4001, 1, 0x4002, 1])
  }

  @Test("reads a number wherever it is cut, little-endian, and none that ends too early")
  func readsNumbers() {
    var host = PlainHost()
    for (address, byte) in [(0x1000, 1), (0x1001, 2), (0x2000, 3), (0x2001, 4), (0x2002, 5)] as [(UInt64, UInt8)] {
      _ = host.store(byte, at: address)
    }
    func numbers<T: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
      _ type: T.Type, _ host: inout PlainHost
    ) -> [T] {
      var cursor = SegmentCursor.readable(chain)
      var numbers: [T] = []
      while let number = cursor.number(type, Self.segments.span, memory: &host) { numbers.append(number) }
      return numbers
    }
    expectEqual(numbers(UInt8.self, &host), [1, 2, 3, 4, 5])
    expectEqual(numbers(UInt16.self, &host), [0x0201, 0x0403])
    expectEqual(numbers(UInt32.self, &host), [0x0403_0201])
    expectEqual(numbers(UInt64.self, &host), [])
    // One that is not cut is loaded at once: nobody can change half of it.
    host.loads = 0
    var cursor = SegmentCursor.readable(chain)
    expectEqual(cursor.number(UInt16.self, Self.segments.span, memory: &host), 0x0201)
    expectEqual(host.loads, 1)
    // A number may have fewer bytes than its type, wherever it is cut.
    cursor = SegmentCursor.readable(chain)
    expectEqual(cursor.number(UInt64.self, size: 3, Self.segments.span, memory: &host), 0x03_0201)
    expectEqual(cursor.number(UInt64.self, size: 2, Self.segments.span, memory: &host), 0x0504)
    host.gone = 0x2000..<0x2001
    expectEqual(numbers(UInt32.self, &host), [])
  }

  @Test("writes across segments, and says whether there was room for all")
  func writes() {
    var host = PlainHost()
    let bytes: [UInt8] = [1, 2, 3, 4, 5]
    for count in 0...5 {
      var cursor = SegmentCursor.writable(chain)
      let isWritten = cursor.write(bytes.span.bytes.extracting(0..<count), Self.segments.span, memory: &host)
      #expect(isWritten == (count <= 4))
    }
    expectEqual(host.load(0x3000, as: UInt8.self), 1)
    expectEqual(host.load(0x4000, as: UInt32.self), 0x0004_0302)
    expectEqual(host.load(0x5000, as: UInt8.self), 0)
    // What cannot be written is not passed over.
    let outside = [Segment(address: 0x3000, length: 1), Segment(address: 0x9_0000, length: 3)]
    var cursor = SegmentCursor(0..<2)
    let isWritten = cursor.write(bytes.span.bytes.extracting(0..<4), outside.span, memory: &host)
    #expect(!isWritten)
  }
}

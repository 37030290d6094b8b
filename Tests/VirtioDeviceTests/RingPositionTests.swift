import Testing
import VirtioSpec

@testable import VirtioDevice

@Suite("A position in a packed ring")
struct RingPositionTests {
  /// So many steps of one descriptor from the start on.
  private func position(_ steps: Int, in size: UInt32) -> RingPosition {
    var position = RingPosition()
    for _ in 0..<steps { position.advance(by: 1, in: size) }
    return position
  }

  @Test("is as far from another one as there are steps between them", arguments: [1, 2, 7, 8] as [UInt32])
  func distances(_ size: UInt32) {
    for start in 0..<2 * Int(size) {
      for count in 0..<2 * Int(size) {
        let from = position(start, in: size)
        let to = position(start + count, in: size)
        #expect(from.distance(to: to, in: size) == UInt32(count))
      }
    }
  }

  @Test("goes on by several descriptors as by one after the other", arguments: [1, 2, 7, 8] as [UInt32])
  func advances(_ size: UInt32) {
    for start in 0..<2 * Int(size) {
      for count in 0...size {
        var moved = position(start, in: size)
        moved.advance(by: count, in: size)
        #expect(moved == position(start + Int(count), in: size))
      }
    }
  }

  @Test("is written as one word, and read back if it is in the ring")
  func words() {
    #expect(position(3, in: 7).word == 0x8003 && position(10, in: 7).word == 3)
    #expect(RingPosition(word: 0x8003, in: 7) == position(3, in: 7))
    #expect(RingPosition(word: 6, in: 7) == position(13, in: 7))
    #expect(RingPosition(word: 7, in: 7) == nil)
  }

  @Test("has flags of its own for descriptors that are available and that are used")
  func flags() {
    let (first, second) = (position(0, in: 4), position(4, in: 4))
    #expect(first.usedFlags == [.available, .used] && second.usedFlags == [])
    for (flags, isFirst, isSecond) in [
      (.available, true, false), (.used, false, true), ([.available, .used], false, false), ([], false, false),
    ] as [(Descriptor.Flags, Bool, Bool)] {
      #expect(first.isAvailable(flags) == isFirst && second.isAvailable(flags) == isSecond)
    }
  }
}

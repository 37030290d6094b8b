import VirtioSpec

/// The chains that the device holds, and their segments, in memory that is made once.
@usableFromInline
struct ChainPool: ~Copyable {
  /// The most chains that the device holds at a time, over all queues. With all of them in use it takes no further
  /// ones until some are returned.
  @inlinable static var capacity: Int { 64 }

  @usableFromInline var chains = FixedArray(repeating: Chain(), count: capacity)
  @usableFromInline var segments = FixedArray(
    repeating: Segment(address: 0, length: 0), count: capacity * Chain.maxSegments)
  /// The slots that are free, in the first `freeCount` places.
  @usableFromInline var free = FixedArray<UInt8>(repeating: 0, count: capacity)
  @usableFromInline var freeCount = 0

  @usableFromInline
  init() { releaseAll() }

  /// Nothing is held any more.
  @usableFromInline
  mutating func releaseAll() {
    freeCount = 0
    for slot in (0..<Self.capacity).reversed() { release(slot) }
  }

  @inlinable
  var hasRoom: Bool { freeCount > 0 }

  /// The slot that the next chain is put into. Only while ``hasRoom``.
  @inlinable
  var nextSlot: Int { Int(free[freeCount - 1]) }

  /// Marks ``nextSlot`` as taken.
  @inlinable
  mutating func take() { freeCount -= 1 }

  @inlinable
  mutating func release(_ slot: Int) {
    free[freeCount] = UInt8(truncatingIfNeeded: slot)
    freeCount += 1
  }

  /// The segments of the chain in `slot` begin here.
  @inlinable
  static func firstSegment(_ slot: Int) -> Int { slot * Chain.maxSegments }
}

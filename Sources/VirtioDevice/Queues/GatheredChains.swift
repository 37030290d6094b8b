import VirtioSpec

/// For each queue, the chains that were taken for what comes from outside and are not filled yet: slots of the pool, in the
/// order in which they were taken.
@usableFromInline
struct GatheredChains: ~Copyable {
  /// The most chains of one queue: what needs more of them has no room.
  @inlinable static var limit: Int { 16 }

  @usableFromInline var slots = FixedArray<UInt8>(repeating: 0, count: Int(MMIOTransport.maxQueues) * limit)
  @usableFromInline var counts = InlineArray<8, Int>(repeating: 0)

  @usableFromInline
  init() {}

  @usableFromInline
  mutating func removeAll() { counts = InlineArray(repeating: 0) }

  @inlinable
  func count(_ queue: Int) -> Int { counts[queue] }

  @inlinable
  func isFull(_ queue: Int) -> Bool { counts[queue] == Self.limit }

  @inlinable
  func slot(_ index: Int, _ queue: Int) -> Int { Int(slots[queue * Self.limit + index]) }

  /// Only while it is not full.
  @inlinable
  mutating func append(_ slot: Int, _ queue: Int) {
    slots[queue * Self.limit + counts[queue]] = UInt8(truncatingIfNeeded: slot)
    counts[queue] += 1
  }

  /// Only while there is one.
  @inlinable
  mutating func removeFirst(_ queue: Int) -> Int {
    let first = queue * Self.limit
    let slot = Int(slots[first])
    counts[queue] -= 1
    for index in first..<first + counts[queue] { slots[index] = slots[index + 1] }
    return slot
  }
}

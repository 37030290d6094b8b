/// The chains that the device holds, and their segments, in memory that is made once.
@usableFromInline
struct ChainPool: ~Copyable {
  /// The most chains that the device holds at a time, over all queues. With all of them in use it takes no further
  /// ones until some are returned.
  @usableFromInline static let capacity = 64

  @usableFromInline var chains = [Chain](repeating: Chain(), count: capacity)
  @usableFromInline var segments = [Segment](
    repeating: Segment(address: 0, length: 0), count: capacity * Chain.maxSegments)
  @usableFromInline var free: [UInt8] = (0..<UInt8(capacity)).reversed()

  @inlinable
  init() {}

  @inlinable
  var hasRoom: Bool { !free.isEmpty }

  /// The slot that the next chain is put into. Only while ``hasRoom``.
  @inlinable
  var nextSlot: Int { Int(free[free.count - 1]) }

  /// Marks ``nextSlot`` as taken.
  @inlinable
  mutating func take() { free.removeLast() }

  @inlinable
  mutating func release(_ slot: Int) { free.append(UInt8(truncatingIfNeeded: slot)) }

  /// The segments of the chain in `slot` begin here.
  @inlinable
  static func firstSegment(_ slot: Int) -> Int { slot * Chain.maxSegments }
}

import VirtioSpec

/// A set of head indices of one queue.
@usableFromInline
struct HeadSet: ~Copyable {
  /// The largest queue that it fits.
  @inlinable static var capacity: UInt32 { 1024 }

  @usableFromInline var bits = FixedArray<UInt64>(repeating: 0, count: Int(capacity) / 64)

  @usableFromInline
  init() {}

  @inlinable @inline(__always)
  func contains(_ head: UInt16) -> Bool {
    bits[Int(head >> 6)] & (1 << UInt64(head & 63)) != 0
  }

  @inlinable @inline(__always)
  mutating func insert(_ head: UInt16) {
    bits[Int(head >> 6)] |= 1 << UInt64(head & 63)
  }

  @inlinable @inline(__always)
  mutating func remove(_ head: UInt16) {
    bits[Int(head >> 6)] &= ~(1 << UInt64(head & 63))
  }

  @inlinable @inline(__always)
  mutating func removeAll() { bits.fill(0) }
}

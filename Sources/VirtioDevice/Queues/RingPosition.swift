import VirtioSpec

/// A descriptor of a packed ring, and the wrap counter for it (section 2.8.1).
@usableFromInline
struct RingPosition: Equatable, BitwiseCopyable {
  /// Below the queue size.
  @usableFromInline var slot: UInt32 = 0
  @usableFromInline var wrapCounter = true

  /// Where both sides begin.
  @inlinable
  init() {}

  /// The position that an event suppression structure names; nil for one that is not in the ring.
  @inlinable
  init?(word: UInt16, in size: UInt32) {
    slot = UInt32(word & ~PackedRing.wrapBit)
    wrapCounter = word & PackedRing.wrapBit != 0
    guard slot < size else { return nil }
  }

  /// As an event suppression structure has it.
  @inlinable
  var word: UInt16 { UInt16(truncatingIfNeeded: slot) | (wrapCounter ? PackedRing.wrapBit : 0) }

  /// Goes on by at most `size` descriptors.
  @inlinable @inline(__always)
  mutating func advance(by count: UInt32, in size: UInt32) {
    slot &+= count
    guard slot >= size else { return }
    slot &-= size
    wrapCounter.toggle()
  }

  /// How many descriptors further on `other` is: less than two rounds.
  @inlinable
  func distance(to other: RingPosition, in size: UInt32) -> UInt32 {
    // Below the largest size, so that nothing wraps.
    let target = other.slot &+ (other.wrapCounter == wrapCounter ? 0 : size)
    return target >= slot ? target &- slot : target &+ 2 &* size &- slot
  }

  /// Whether these flags make the descriptor available here.
  @inlinable @inline(__always)
  func isAvailable(_ flags: Descriptor.Flags) -> Bool {
    flags.contains(.available) == wrapCounter && flags.contains(.used) != wrapCounter
  }

  /// The flags of a used descriptor here.
  @inlinable
  var usedFlags: Descriptor.Flags { wrapCounter ? [.available, .used] : [] }
}

import VirtioSpec

/// Where a driver is in a packed ring: a slot, and its wrap counter (section 2.8.1).
@usableFromInline
struct PackedPosition: BitwiseCopyable {
  @usableFromInline var slot: UInt32 = 0
  @usableFromInline var wrapCounter = true

  @inlinable
  init() {}

  /// The slot and the counter as one number, as notifications and event structures have them.
  @inlinable
  var word: UInt16 { UInt16(truncatingIfNeeded: slot) | (wrapCounter ? PackedRing.wrapBit : 0) }

  /// Goes on, or back, by at most `size` descriptors.
  @inlinable
  func moved(by count: Int, in size: UInt32) -> PackedPosition {
    var position = self
    var slot = Int(slot) + count
    if slot >= Int(size) || slot < 0 {
      slot += slot < 0 ? Int(size) : -Int(size)
      position.wrapCounter.toggle()
    }
    // Of a distance of several rounds, which no step means, what is left is a slot of the ring.
    position.slot = UInt32(truncatingIfNeeded: max(slot, 0)) % size
    return position
  }

  /// Whether the position that a word names is one of the `count` ones from here on.
  @inlinable
  func reaches(_ word: UInt16, within count: UInt32, in size: UInt32) -> Bool {
    let slot = UInt32(word & ~PackedRing.wrapBit)
    guard slot < size else { return false }
    let isSameRound = (word & PackedRing.wrapBit != 0) == wrapCounter
    let target = slot + (isSameRound ? 0 : size)
    let distance = target >= self.slot ? target - self.slot : target + 2 * size - self.slot
    return distance < count
  }

  /// The bits of the flags that make a descriptor available here.
  @inlinable
  var availableFlags: Descriptor.Flags { wrapCounter ? .available : .used }

  /// Those of one that is not: as a used one of the round before has them.
  @inlinable
  var hiddenFlags: Descriptor.Flags { wrapCounter ? [] : [.available, .used] }

  /// Makes a hidden descriptor available, and an available one hidden. Others stay as they are.
  @inlinable
  func turned(_ flags: Descriptor.Flags) -> Descriptor.Flags {
    let state = flags.intersection([.available, .used])
    guard state == hiddenFlags || state == availableFlags else { return flags }
    return flags.symmetricDifference(.available)
  }

  /// Whether these flags are those of a used descriptor here.
  @inlinable
  func isUsed(_ flags: Descriptor.Flags) -> Bool {
    flags.contains(.available) == wrapCounter && flags.contains(.used) == wrapCounter
  }
}

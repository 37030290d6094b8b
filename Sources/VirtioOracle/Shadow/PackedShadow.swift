import VirtioSpec

/// What the judge knows of one packed ring, beside what it knows of every queue.
struct PackedShadow: BitwiseCopyable {
  /// Behind the last descriptor that the device was given.
  var taken = PackedPlace()
  /// Where the device puts the next used descriptor.
  var used = PackedPlace()
  /// How many descriptors lie between those two: they are the device's.
  var takenCount: UInt32 = 0
  /// The device was given flags of the next descriptor that make it available.
  var isShown = false
  /// Used descriptors beyond a gap: they do not count yet.
  var aheadCount = 0
  /// The last used descriptor of this life stands for more than one.
  var hasSkipped = false
  /// It stands for more than one list, or the device returned one before its turn (VIRTIO_F_IN_ORDER).
  var hasPassedOver = false
  /// A used descriptor was written in the last place of the ring, in this life.
  var hasWrapped = false
  /// What the driver had made available when the device was last notified with data.
  var notified = PackedPlace()
  /// What the device wrote to its event structure in this life, if it did.
  var eventDescriptor: UInt16?
  var eventFlags: UInt16?
}

/// A descriptor of a packed ring, in a round of it (section 2.8.1).
struct PackedPlace: Equatable, BitwiseCopyable {
  var slot: UInt32 = 0
  var wrapCounter = true

  /// As notification data and event structures have it.
  var word: UInt16 { UInt16(truncatingIfNeeded: slot) | (wrapCounter ? 0x8000 : 0) }

  init() {}

  init(slot: UInt32, wrapCounter: Bool) {
    self.slot = slot
    self.wrapCounter = wrapCounter
  }

  init(word: UInt16) { self.init(slot: UInt32(word & 0x7fff), wrapCounter: word & 0x8000 != 0) }

  /// How far on another place is, less than two rounds; more than that for one that no ring of this size has.
  func steps(to other: PackedPlace, size: UInt32) -> UInt32 {
    guard other.slot < size else { return .max }
    let (a, b) = (slot + (wrapCounter ? 0 : size), other.slot + (other.wrapCounter ? 0 : size))
    return b >= a ? b - a : b + 2 * size - a
  }

  /// So many descriptors further on, at most one round.
  func advanced(by count: UInt32, size: UInt32) -> PackedPlace {
    let next = slot &+ count
    return next < size
      ? PackedPlace(slot: next, wrapCounter: wrapCounter)
      : PackedPlace(slot: next &- size, wrapCounter: !wrapCounter)
  }

  /// The place of a slot in the round that begins here, and how far on that is.
  func next(_ slot: UInt32, size: UInt32) -> (place: PackedPlace, distance: UInt32) {
    slot >= self.slot
      ? (PackedPlace(slot: slot, wrapCounter: wrapCounter), slot - self.slot)
      : (PackedPlace(slot: slot, wrapCounter: !wrapCounter), size - self.slot + slot)
  }

  func isAvailable(_ flags: Descriptor.Flags) -> Bool {
    flags.intersection([.available, .used]) == (wrapCounter ? .available : .used)
  }
}

/// What the device did to a slot of a packed ring since it last took it, as bits.
struct SlotMarks: OptionSet, BitwiseCopyable {
  let rawValue: UInt64

  static let lengthWritten = SlotMarks(rawValue: 1)
  static let idWritten = SlotMarks(rawValue: 2)
  /// It holds a used descriptor.
  static let isUsed = SlotMarks(rawValue: 4)
  /// The used descriptor of a longer list is before it.
  static let isSkipped = SlotMarks(rawValue: 8)
}

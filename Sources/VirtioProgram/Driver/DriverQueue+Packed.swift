import VirtioSpec

/// What a driver keeps of one packed virtqueue beside what it keeps of every one.
@usableFromInline
struct PackedDriverState {
  /// The next descriptor to fill.
  @usableFromInline var next = PackedPosition()
  /// Where the next used descriptor will be.
  @usableFromInline var seenUsed = PackedPosition()
  /// How many descriptors were made available and not taken back.
  @usableFromInline var slotsInUse: UInt32 = 0
  /// The first descriptor of the lists that are held back, and what its flags will be.
  @usableFromInline var held: (slot: UInt32, flags: Descriptor.Flags)?
  @usableFromInline var nextID: UInt32 = 0
  /// A Buffer ID that is no index of ``DriverQueue/chainLength``, and how many descriptors its list has.
  @usableFromInline var foreignID: UInt16?
  @usableFromInline var foreignLength: UInt32 = 0

  @inlinable
  init() {}
}

extension DriverQueue {
  @inlinable
  var freeSlots: Int { Int(size) - Int(min(packed.slotsInUse, size)) }

  /// A Buffer ID that no list has. There is one while there are free descriptors, unless a step broke that.
  @inlinable
  mutating func allocateID() -> UInt16? {
    for _ in 0..<size {
      let id = packed.nextID
      packed.nextID = id + 1 < size ? id + 1 : 0
      if chainLength[Int(id)] == 0 { return UInt16(truncatingIfNeeded: id) }
    }
    return nil
  }

  /// The device has a list of so many descriptors. Of two with the same Buffer ID the later one counts.
  @inlinable
  mutating func holdPacked(_ id: UInt16, count: UInt32) {
    packed.slotsInUse += count
    if id < size {
      chainLength[Int(id)] = UInt16(truncatingIfNeeded: count)
    } else {
      packed.foreignID = id
      packed.foreignLength = count
    }
  }

  /// Takes a list back: how many descriptors it had. What the device says is not to be trusted: of a Buffer ID that no
  /// list has, it is taken for one.
  @inlinable
  mutating func releasePacked(_ id: UInt16) -> UInt32 {
    var count: UInt32 = 1
    if id < size {
      count = max(UInt32(chainLength[Int(id)]), 1)
      chainLength[Int(id)] = 0
    } else if id == packed.foreignID {
      count = packed.foreignLength
      packed.foreignID = nil
    }
    packed.slotsInUse -= min(count, packed.slotsInUse)
    return count
  }
}

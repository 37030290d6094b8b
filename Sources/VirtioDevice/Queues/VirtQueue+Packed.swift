import VirtioMemory
import VirtioSpec

// The packed format (section 2.8).
extension VirtQueue {
  /// Whether the driver made the next descriptor available: the only one that has to be looked at (section 2.8.2).
  @inlinable
  func isAvailableInPackedRing(_ memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> Bool {
    // With all of the ring in the device's hands, what the next one says is not about a new chain.
    guard takenCount < size else { return false }
    let place = descriptorArea &+ PackedRing.descriptor(nextTaken.slot) &+ PackedDescriptor.flagsOffset
    guard let bits = memory.load(place, as: UInt16.self) else { throw .outsideRAM }
    return nextTaken.isAvailable(Descriptor.Flags(rawValue: bits))
  }

  /// The rest of the first descriptor is only looked at behind its flags, as the driver wrote it before them. The other
  /// ones have been available before it (section 2.8.6).
  @inlinable
  mutating func takeFromPackedRing(
    _ segments: inout FixedArray<Segment>, from first: Int, indirectAllowed: Bool,
    memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Chain {
    var chain = Chain()
    let limit = min(size, UInt32(Chain.maxSegments))
    // A list of the ring ends where the descriptors begin that the device has already.
    let ringLimit = min(limit, size &- takenCount)
    var position = nextTaken
    var count: UInt32 = 0
    while true {
      let place = descriptorArea &+ PackedRing.descriptor(position.slot)
      guard let bits = memory.load(place, as: UInt128.self) else { throw .outsideRAM }
      let descriptor = PackedDescriptor(littleEndian: bits)
      guard count == 0 || position.isAvailable(descriptor.flags) else { throw .listNotAvailable }
      count &+= 1
      position.advance(by: 1, in: size)
      chain.head = descriptor.id
      if descriptor.flags.contains(.indirect) {
        guard indirectAllowed, count == 1, !descriptor.flags.contains(.next) else { throw .badIndirectTable }
        let entries = try Self.tableSize(descriptor.address, descriptor.length, atMost: limit, memory: &memory)
        try Self.walk(descriptor.address, entries, &chain, &segments, from: first, memory: &memory)
        break
      }
      try chain.append(
        descriptor.address, descriptor.length, isWritable: descriptor.flags.contains(.write), to: &segments,
        from: first, memory: &memory)
      guard descriptor.flags.contains(.next) else { break }
      guard count < ringLimit else { throw .chainTooLong }
    }
    chain.slotCount = UInt16(truncatingIfNeeded: count)
    nextTaken = position
    takenCount &+= count
    return chain
  }

  /// All entries of an indirect table, one after the other: of their flags only WRITE has a meaning (section 2.8.7).
  @inlinable
  static func walk(
    _ table: UInt64, _ entries: UInt32, _ chain: inout Chain, _ segments: inout FixedArray<Segment>,
    from first: Int, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) {
    for entry in 0..<entries {
      guard let bits = memory.load(table &+ PackedRing.descriptor(entry), as: UInt128.self) else { throw .outsideRAM }
      let descriptor = PackedDescriptor(littleEndian: bits)
      try chain.append(
        descriptor.address, descriptor.length, isWritable: descriptor.flags.contains(.write), to: &segments,
        from: first, memory: &memory)
    }
  }

  /// One used descriptor for all of the chain, at the first of the places that it leaves: first its content, then the
  /// flags that make it visible (section 2.8.1).
  @inlinable
  mutating func returnToPackedRing(
    _ chain: Chain, length: UInt32, isWritten: Bool, isShown: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) {
    let place = descriptorArea &+ PackedRing.descriptor(nextReturned.slot)
    var flags = nextReturned.usedFlags
    if isWritten { flags.insert(.write) }
    guard memory.store(length, at: place &+ PackedDescriptor.lengthOffset),
      memory.store(chain.head, at: place &+ PackedDescriptor.idOffset)
    else { throw .outsideRAM }
    // Of several that belong together, the first one is marked last (section 2.8.9).
    if !isShown && heldBackPlace == 0 {
      heldBackPlace = place &+ PackedDescriptor.flagsOffset
      heldBackFlags = flags.rawValue
    } else {
      guard memory.store(flags.rawValue, at: place &+ PackedDescriptor.flagsOffset) else { throw .outsideRAM }
    }
    if isShown && heldBackPlace != 0 {
      guard memory.store(heldBackFlags, at: heldBackPlace) else { throw .outsideRAM }
      heldBackPlace = 0
    }
    let count = UInt32(chain.slotCount)
    nextReturned.advance(by: count, in: size)
    takenCount &-= count
    unsignalledCount &+= count
  }

  @inlinable
  mutating func packedRingWantsNotification(
    eventIdx: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Bool {
    guard unsignalledCount > 0 else { return false }
    let (old, count) = (firstUnsignalled, unsignalledCount)
    firstUnsignalled = nextReturned
    unsignalledCount = 0
    guard let bits = memory.load(driverArea, as: UInt32.self) else { throw .outsideRAM }
    switch UInt16(truncatingIfNeeded: bits >> 16) & PackedRing.eventFlagsMask {
    case PackedRing.eventsDisabled: return false
    case PackedRing.eventOfDescriptor where eventIdx:
      guard let event = RingPosition(word: UInt16(truncatingIfNeeded: bits), in: size) else { return false }
      return old.distance(to: event, in: size) < count
    // What is reserved is no reason to keep quiet.
    default: return true
    }
  }

  @inlinable
  mutating func announceInPackedRing(memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> Bool {
    guard announcedEvent != nextTaken.word else { return false }
    announcedEvent = nextTaken.word
    let structure = UInt32(nextTaken.word) | UInt32(PackedRing.eventOfDescriptor) << 16
    guard memory.store(structure, at: deviceArea) else { throw .outsideRAM }
    return true
  }
}

import VirtioMemory
import VirtioSpec

// The split format (section 2.7).
extension VirtQueue {
  @inlinable @inline(__always)
  func availableInSplitRing(_ memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> UInt16 {
    guard let index = memory.load(driverArea &+ SplitRing.availIdx, as: UInt16.self) else { throw .outsideRAM }
    let count = index &- nextAvailable
    guard count <= size else { throw .availableIndexJumped }
    return count
  }

  @inlinable
  mutating func takeFromSplitRing(
    _ segments: inout FixedArray<Segment>, from first: Int, indirectAllowed: Bool,
    memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Chain {
    let slot = UInt32(nextAvailable) & (size - 1)
    guard let head = memory.load(driverArea &+ SplitRing.availEntry(slot), as: UInt16.self) else { throw .outsideRAM }
    guard UInt32(head) < size else { throw .headOutOfRange }
    guard !held.contains(head) else { throw .headHeld }

    var chain = Chain()
    chain.head = head
    let limit = min(size, UInt32(Chain.maxSegments))
    var table = descriptorArea
    var tableSize = size
    var isIndirect = false
    var index = UInt32(head)
    var walked: UInt32 = 0
    while true {
      guard let bits = memory.load(table &+ UInt64(index) * Descriptor.size, as: UInt128.self) else {
        throw .outsideRAM
      }
      let descriptor = Descriptor(littleEndian: bits)
      if descriptor.flags.contains(.indirect) {
        guard indirectAllowed, !isIndirect, !descriptor.flags.contains(.next) else { throw .badIndirectTable }
        tableSize = try Self.tableSize(descriptor.address, descriptor.length, atMost: limit - walked, memory: &memory)
        table = descriptor.address
        isIndirect = true
        index = 0
        continue
      }
      walked &+= 1
      guard walked <= limit else { throw .chainTooLong }
      try chain.append(
        descriptor.address, descriptor.length, isWritable: descriptor.flags.contains(.write), to: &segments,
        from: first, memory: &memory)
      guard descriptor.flags.contains(.next) else { break }
      index = UInt32(descriptor.next)
      guard index < tableSize else { throw .nextOutOfRange }
    }
    nextAvailable &+= 1
    held.insert(head)
    return chain
  }

  /// Returns a chain: first the element, then the index that makes it visible (section 2.7.8.2).
  @inlinable @inline(__always)
  mutating func returnToSplitRing(
    _ chain: Chain, length: UInt32, isShown: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) {
    let slot = UInt32(nextUsed) & (size - 1)
    let element = UsedElement(id: UInt32(chain.head), length: length)
    guard memory.store(element.littleEndian, at: deviceArea &+ SplitRing.usedElement(slot)) else { throw .outsideRAM }
    nextUsed &+= 1
    if isShown {
      guard memory.store(nextUsed, at: deviceArea &+ SplitRing.usedIdx) else { throw .outsideRAM }
    }
    held.remove(chain.head)
  }

  @inlinable
  mutating func splitRingWantsNotification(
    eventIdx: Bool, onEmpty: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Bool {
    let old = signalledUsed
    guard nextUsed != old else { return false }
    signalledUsed = nextUsed
    if try isAskedToNotify(of: old, eventIdx: eventIdx, memory: &memory) { return true }
    // Only now: an index that cannot be is no reason to keep quiet where the driver has to be told anyway.
    guard onEmpty, nextUsed == nextAvailable else { return false }
    return try availableInSplitRing(&memory) == 0
  }

  /// Whether the ring says that the driver wants to be told of the chains behind a used index.
  @inlinable
  func isAskedToNotify(
    of old: UInt16, eventIdx: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Bool {
    if eventIdx {
      guard let event = memory.load(driverArea &+ SplitRing.usedEvent(size), as: UInt16.self) else {
        throw .outsideRAM
      }
      return nextUsed &- event &- 1 < nextUsed &- old
    }
    guard let flags = memory.load(driverArea &+ SplitRing.availFlags, as: UInt16.self) else { throw .outsideRAM }
    return flags & SplitRing.availNoInterrupt == 0
  }

  @inlinable
  mutating func announceInSplitRing(memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> Bool {
    guard announcedEvent != nextAvailable else { return false }
    announcedEvent = nextAvailable
    guard memory.store(nextAvailable, at: deviceArea &+ SplitRing.availEvent(size)) else { throw .outsideRAM }
    return true
  }
}

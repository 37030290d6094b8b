import VirtioSpec

// Lists of packed rings, as far as their descriptors were given to the device (section 2.8).
extension Shadow {
  /// What was accepted is known: so is the format of every queue that is set up from here on.
  mutating func noteFormat() {
    guard let features else { return }
    usesPackedRings = features.contains(.ringPacked)
    guard usesPackedRings else { return }
    for queue in 0..<Int(profile.queueCount) { queues[queue].areas.format = .packed }
  }

  /// Queues have one format or the other, and it is not known which.
  var formatIsUnknown: Bool { features == nil && profile.offeredFeatures.contains(.ringPacked) }

  /// What the device did to a slot in this life of its queue.
  func marks(_ queue: Int, _ slot: UInt32) -> SlotMarks {
    let index = queue * Int(Self.maxQueueSize) + Int(slot)
    return elementLife[index] == queues[queue].life ? SlotMarks(rawValue: elements[index]) : []
  }

  mutating func mark(_ queue: Int, _ slot: UInt32, _ marks: SlotMarks) {
    let index = queue * Int(Self.maxQueueSize) + Int(slot)
    elements[index] = marks.rawValue
    elementLife[index] = queues[queue].life
  }

  /// The flags that a slot has now.
  func packedFlags(_ queue: Int, _ slot: UInt32) -> Descriptor.Flags {
    let place = queues[queue].areas.descriptors &+ PackedRing.descriptor(slot) &+ PackedDescriptor.flagsOffset
    return Descriptor.Flags(rawValue: memory.half(place))
  }

  /// Whether the descriptor that the device has to take next is available now.
  func hasAvailable(_ queue: Int) -> Bool {
    let state = packed[queue]
    return state.takenCount < queues[queue].size && state.taken.isAvailable(packedFlags(queue, state.taken.slot))
  }

  /// Behind the last descriptor that the driver made available.
  func published(_ queue: Int) -> PackedPlace {
    packed[queue].taken.advanced(by: publishedCount(queue), size: queues[queue].size)
  }

  /// How many descriptors the driver made available that the device has not taken.
  func publishedCount(_ queue: Int) -> UInt32 {
    let size = queues[queue].size
    var place = packed[queue].taken
    var count: UInt32 = 0
    while packed[queue].takenCount + count < size, place.isAvailable(packedFlags(queue, place.slot)) {
      place = place.advanced(by: 1, size: size)
      count += 1
    }
    return count
  }

  /// The chain that the device has to return with a Buffer ID, or nil.
  func chain(ofQueue queue: Int, id: UInt16) -> Int? {
    for index in 0..<chainsEnd where chains[index].isOpen && chains[index].queue == queue && chains[index].head == id {
      return index
    }
    return nil
  }

  /// The device was given the first descriptor of a list, which is available.
  mutating func openPacked(ofQueue queue: Int) -> Int? {
    guard packed[queue].takenCount < queues[queue].size else {
      // The driver wrote it over one that the device has: nobody says that it may look there.
      loseRings()
      return nil
    }
    var index = 0
    while index < chainsEnd && chains[index].isOpen { index += 1 }
    guard index < Self.maxChains else {
      loseRings()
      return nil
    }
    chainsEnd = max(chainsEnd, index + 1)
    chains[index] = ChainShadow(
      isOpen: true, queue: queue, isPacked: true, table: queues[queue].areas.descriptors,
      tableSize: queues[queue].size, next: packed[queue].taken.slot, order: nextOrder(),
      era: disk.era, taken: disk.stability.now, sent: queues[queue].emptyAt)
    packed[queue].isShown = false
    beginWalk(queue, index)
    queues[queue].lastOpened = index
    wasNotifiedNeedlessly = false
    queues[queue].heldCount += 1
    return index
  }

  /// The device was given the descriptor of the ring that it has to read next of a list.
  mutating func extendPacked(_ index: Int, with descriptor: PackedDescriptor) {
    let queue = chains[index].queue
    let size = queues[queue].size
    if chains[index].slotCount > 0 && !packed[queue].taken.isAvailable(descriptor.flags) {
      return breakChain(index, .house03, .packedDrv06)
    }
    mark(queue, packed[queue].taken.slot, [])
    packed[queue].taken = packed[queue].taken.advanced(by: 1, size: size)
    packed[queue].takenCount += 1
    chains[index].slotCount += 1
    chains[index].head = descriptor.id
    chains[index].next = packed[queue].taken.slot
    if descriptor.flags.contains(.indirect) { return enterPackedTable(index, descriptor) }
    chains[index].descriptorCount += 1
    addSegment(index, descriptor.asSplit)
    guard chains[index].isOpen, !chains[index].isBroken else { return }
    guard descriptor.flags.contains(.next) else { return endPacked(index) }
    if packed[queue].takenCount >= size { breakChain(index, .house03, .packedDrv05) }
  }

  private mutating func enterPackedTable(_ index: Int, _ descriptor: PackedDescriptor) {
    let entries = descriptor.length / UInt32(PackedDescriptor.size)
    if features?.contains(.indirectDesc) == false { return breakChain(index, .house05, .indirectDrv01) }
    if chains[index].slotCount > 1 || descriptor.flags.contains(.next) {
      return breakChain(index, .house05, .packedDrv07)
    }
    if descriptor.length == 0 || descriptor.length % UInt32(PackedDescriptor.size) != 0
      || entries > queues[chains[index].queue].size
    {
      return breakChain(index, .house05, .packedDrv05)
    }
    if !memory.contains(descriptor.address, UInt64(descriptor.length)) {
      return breakChain(index, .house06, .splitDrv03)
    }
    taintRings(touchedBy: descriptor.address, UInt64(descriptor.length))
    praise(.indirectDrv01)
    praise(.packedDrv07)
    chains[index].isIndirect = true
    chains[index].isWriteMarked = descriptor.flags.contains(.write)
    chains[index].table = descriptor.address
    chains[index].tableSize = entries
    chains[index].directCount = chains[index].descriptorCount
    chains[index].next = 0
  }

  /// The device was given the entry of an indirect table that it has to read next.
  mutating func extendPackedTable(_ index: Int, with descriptor: PackedDescriptor) {
    if !descriptor.flags.subtracting(.write).isEmpty {
      if !chains[index].hasJunk { blame(.packedDrv08) }
      chains[index].hasJunk = true
    }
    chains[index].descriptorCount += 1
    chains[index].next += 1
    addSegment(index, descriptor.asSplit)
    guard chains[index].isOpen, !chains[index].isBroken, chains[index].next == chains[index].tableSize else { return }
    if !chains[index].hasJunk { praise(.packedDrv08) }
    endPacked(index)
  }

  /// The last descriptor of a list was read.
  private mutating func endPacked(_ index: Int) {
    let queue = chains[index].queue
    chains[index].isComplete = true
    endWalk(queue)
    if chains[index].slotCount > 1 { praise(.packedDrv06) }
    if chains[index].hasWritable { praise(.splitDrv02) }
    praise(.packedDrv05)
    for other in 0..<chainsEnd
    where other != index && chains[other].isOpen && chains[other].queue == queue
      && chains[other].head == chains[index].head
    {
      blame(.resetDrv03)
      if !profile.declaresHousePolicy { loseRings() }
      close(index)
      return expectNeedsReset(.house10)
    }
  }

  /// Descriptors are read again of the list that the device took last, while somebody else changes memory: it may go by
  /// either value. What the new one permits is permitted, too.
  mutating func readPackedAgain(_ index: Int, _ number: UInt32, _ descriptor: PackedDescriptor) {
    guard !descriptor.flags.contains(.indirect) else { return }
    let goesOn = number + 1 < chains[index].slotCount || !chains[index].isComplete
    // How far the list goes is not known any more.
    if descriptor.flags.contains(.next) != goesOn { truncate(index) }
    permitAlso(index, descriptor.asSplit)
  }
}

extension PackedDescriptor {
  /// What it says of a buffer.
  var asSplit: Descriptor {
    Descriptor(address: address, length: length, flags: flags.intersection(.write))
  }
}

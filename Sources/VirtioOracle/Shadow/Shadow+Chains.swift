import VirtioSpec

extension Shadow {
  /// All chains are over.
  mutating func closeChains() {
    // Whether the device has served them is not known.
    if chainsEnd > 0 { disk.forget() }
    while chainsEnd > 0 { close(chainsEnd - 1) }
  }

  mutating func closeChains(ofQueue queue: Int) {
    if queues[queue].heldCount > 0 { disk.forget() }
    // A queue that was not followed may have given the guest what came in meanwhile.
    let wasFollowed = queues[queue].ready == false || queues[queue].canBeFollowed
    if queues[queue].heldCount > 0 || !wasFollowed { loseGiven() }
    // A command may have been obeyed that did not come back.
    if queue == commandQueue || features == nil, !areCommandsSeen || queues[queue].heldCount > 0 { loseCommands() }
    if profile.deviceType == .network { network.stopQueue() }
    // A device that stopped inside a chain may need a reset, which outlives the queue.
    if queues[queue].walking >= 0 { registers.mayNeedReset = true }
    var index = chainsEnd - 1
    while index >= 0 {
      if chains[index].isOpen && chains[index].queue == queue { close(index) }
      index -= 1
    }
  }

  mutating func close(_ index: Int) {
    chains[index].isOpen = false
    queues[chains[index].queue].heldCount -= 1
    network.noteClosed(chains[index].queue, isLast: queues[chains[index].queue].heldCount == 0)
    if !chains[index].isPacked {
      chainOfHead[chains[index].queue * Int(Self.maxQueueSize) + Int(chains[index].head)] = -1
    }
    if queues[chains[index].queue].walking == index { endWalk(chains[index].queue) }
    while chainsEnd > 0 && !chains[chainsEnd - 1].isOpen { chainsEnd -= 1 }
  }

  mutating func nextOrder() -> UInt32 {
    chainsTaken &+= 1
    return chainsTaken
  }

  /// The device was given the head of an available chain of a live queue.
  mutating func open(_ head: UInt16, ofQueue queue: Int) {
    guard UInt32(head) < queues[queue].size else {
      blame(.splitDrv03)
      // What a used element with such an id stands for cannot be told.
      if !profile.declaresHousePolicy { loseRings() }
      return expectNeedsReset(.house02)
    }
    guard chainOfHead[queue * Int(Self.maxQueueSize) + Int(head)] == -1 else {
      blame(.resetDrv03)
      // Which of the two a used element will mean cannot be told.
      if !profile.declaresHousePolicy { loseRings() }
      return expectNeedsReset(.house10)
    }
    var index = 0
    while index < chainsEnd && chains[index].isOpen { index += 1 }
    guard index < Self.maxChains else { return loseRings() }
    chainsEnd = max(chainsEnd, index + 1)
    chains[index] = ChainShadow(
      isOpen: true, queue: queue, head: head, table: queues[queue].areas.descriptors, tableSize: queues[queue].size,
      next: UInt32(head), order: nextOrder(), era: disk.era, taken: disk.stability.now, sent: queues[queue].emptyAt)
    chainOfHead[queue * Int(Self.maxQueueSize) + Int(head)] = Int16(index)
    beginWalk(queue, index)
    queues[queue].lastOpened = index
    // What comes of a chain is not the doing of a notification.
    wasNotifiedNeedlessly = false
    queues[queue].heldCount += 1
  }

  /// The device reads the descriptors of a chain from now on. It may have taken others, which it has yet to read.
  mutating func beginWalk(_ queue: Int, _ index: Int) {
    if queues[queue].walking >= 0 { queues[queue].readsAhead = true }
    queues[queue].walking = index
  }

  /// The chain that the device reads has come to its end: there may be another one, of those that it took with it.
  mutating func endWalk(_ queue: Int) {
    queues[queue].walking = -1
    guard queues[queue].readsAhead else { return }
    for index in 0..<chainsEnd where isUnread(index, queue) {
      queues[queue].walking = index
      return
    }
  }

  /// Whether a chain of a queue was taken and not read to its end.
  func isUnread(_ index: Int, _ queue: Int) -> Bool {
    chains[index].isOpen && chains[index].queue == queue && !chains[index].isComplete
  }

  /// The device, which has taken several chains, goes on with the one whose indirect table has an address, if one has.
  mutating func turnToTable(_ queue: Int, _ address: UInt64) {
    for index in 0..<chainsEnd
    where isUnread(index, queue) && chains[index].isIndirect
      && address &- chains[index].table < UInt64(chains[index].tableSize) &* Descriptor.size
    {
      queues[queue].walking = index
      return
    }
  }

  /// The device was given the descriptor that it has to read next of a chain.
  mutating func extend(_ index: Int, with descriptor: Descriptor) {
    let queue = chains[index].queue
    let size = queues[queue].size
    if !chains[index].isIndirect {
      orderOfEntry[queue * Int(Self.maxQueueSize) + Int(chains[index].next)] = chains[index].order
    }
    if descriptor.flags.contains(.indirect) {
      return enterTable(index, descriptor)
    }
    chains[index].descriptorCount += 1
    if chains[index].descriptorCount > size { return breakChain(index, .house03, .splitDrv03) }
    addSegment(index, descriptor)
    guard chains[index].isOpen, !chains[index].isBroken else { return }
    guard descriptor.flags.contains(.next) else {
      chains[index].isComplete = true
      endWalk(queue)
      praise(.splitDrv03)
      if chains[index].hasWritable { praise(.splitDrv02) }
      if chains[index].isIndirect { praise(.indirectDrv02) }
      praise(.indirectDrv03)
      return
    }
    if isInOrder { judgeNext(index, descriptor.next) }
    guard UInt32(descriptor.next) < chains[index].tableSize else { return breakChain(index, .house03, .splitDrv03) }
    chains[index].next = UInt32(descriptor.next)
  }

  /// With VIRTIO_F_IN_ORDER a chain goes on with the descriptor behind, so that a device need not look where it does.
  private mutating func judgeNext(_ index: Int, _ next: UInt16) {
    let clause: ClauseID = chains[index].isIndirect ? .inorderDrv02 : .inorderDrv01
    let behind = chains[index].next + 1
    let isLast = behind == chains[index].tableSize && !chains[index].isIndirect
    if UInt32(next) == (isLast ? 0 : behind) { return praise(clause) }
    blame(clause)
    if !profile.declaresHousePolicy { loseRings() }
  }

  private mutating func enterTable(_ index: Int, _ descriptor: Descriptor) {
    let entries = descriptor.length / UInt32(Descriptor.size)
    if features?.contains(.indirectDesc) == false { return breakChain(index, .house05, .indirectDrv01) }
    if chains[index].isIndirect { return breakChain(index, .house05, .indirectDrv02) }
    if descriptor.flags.contains(.next) { return breakChain(index, .house05, .indirectDrv04) }
    if descriptor.length == 0 || descriptor.length % UInt32(Descriptor.size) != 0
      || entries > queues[chains[index].queue].size - chains[index].descriptorCount
    {
      return breakChain(index, .house05, .indirectDrv03)
    }
    if !memory.contains(descriptor.address, UInt64(descriptor.length)) {
      return breakChain(index, .house06, .splitDrv03)
    }
    taintRings(touchedBy: descriptor.address, UInt64(descriptor.length))
    if features != nil { praise(.indirectDrv01) }
    praise(.indirectDrv04)
    chains[index].isIndirect = true
    chains[index].isWriteMarked = descriptor.flags.contains(.write)
    chains[index].table = descriptor.address
    chains[index].tableSize = entries
    chains[index].directCount = chains[index].descriptorCount
    chains[index].next = 0
  }

  mutating func addSegment(_ index: Int, _ descriptor: Descriptor) {
    let isWritable = descriptor.flags.contains(.write)
    if chains[index].hasWritable && !isWritable { return breakChain(index, .house04, .splitDrv02) }
    if isWritable {
      chains[index].hasWritable = true
      chains[index].writableBytes += UInt64(descriptor.length)
    } else {
      chains[index].hasReadable = true
      chains[index].readableBytes += UInt64(descriptor.length)
    }
    guard descriptor.length > 0 else {
      // Nothing says whether there may be such a buffer (A23).
      if !profile.declaresHousePolicy { registers.mayNeedReset = true }
      return
    }
    guard chains[index].segmentCount < ChainShadow.maxSegments else {
      truncate(index)
      return
    }
    segments[index * ChainShadow.maxSegments + chains[index].segmentCount] = SegmentShadow(
      address: descriptor.address, length: UInt64(descriptor.length), isWritable: isWritable)
    chains[index].segmentCount += 1
    chains[index].reach(descriptor.address, UInt64(descriptor.length))
    if !memory.contains(descriptor.address, UInt64(descriptor.length)) {
      return breakChain(index, .house06, .splitDrv03)
    }
    creditWork(descriptor)
    taintRings(touchedBy: descriptor.address, UInt64(descriptor.length))
  }

  /// A device that moves bytes one by one is slow, but its work is bounded by the chain. Each byte may be moved a few times.
  private mutating func creditWork(_ descriptor: Descriptor) {
    workCredit += Int(descriptor.length)
    byteCredit += 4 * Int(descriptor.length)
  }

  /// A descriptor of a chain that the device was given before has another value now: what that permits is permitted, too.
  mutating func permitAlso(_ index: Int, _ descriptor: Descriptor) {
    guard !descriptor.flags.contains(.indirect), descriptor.length > 0 else { return }
    let isWritable = descriptor.flags.contains(.write)
    let segment = SegmentShadow(
      address: descriptor.address, length: UInt64(descriptor.length), isWritable: isWritable)
    guard chains[index].segmentCount < ChainShadow.maxSegments else {
      truncate(index)
      return
    }
    segments[index * ChainShadow.maxSegments + chains[index].segmentCount] = segment
    chains[index].segmentCount += 1
    chains[index].reach(segment.address, segment.length)
    if isWritable {
      chains[index].writableBytes += segment.length
      // Which of its bytes comes first depends on what the device goes by.
      chains[index].isScattered = true
    }
    creditWork(descriptor)
    if memory.contains(segment.address, segment.length) { taintRings(touchedBy: segment.address, segment.length) }
    if chains[index].isComplete && descriptor.flags.contains(.next)
      && UInt32(descriptor.next) < chains[index].tableSize
    {
      // It may go on from here, or have all that it needs.
      chains[index].next = UInt32(descriptor.next)
      queues[chains[index].queue].walking = index
    }
  }

  /// What a device reads or writes in a ring that is a buffer, too, says nothing about the ring.
  mutating func taintRings(touchedBy address: UInt64, _ length: UInt64) {
    for queue in 0..<Int(profile.queueCount) where overlapsRings(of: queue, address, length) && queues[queue].isLive {
      // The words that suppress notifications may change with the buffer.
      due &= ~InterruptStatus.usedBuffer.rawValue
      loseRings()
    }
  }

  /// What one queue does cannot be followed: where its rings and buffers are is not known, and so they may lie in those
  /// of every other one.
  mutating func loseRings() {
    isLost = true
    isLostBySignal = false
    disk.forget()
    loseGiven()
    loseCommands()
    for queue in 0..<Int(profile.queueCount) { queues[queue].isTainted = true }
  }

  mutating func breakChain(_ index: Int, _ policy: ClauseID, _ driver: ClauseID) {
    chains[index].isBroken = true
    chains[index].isComplete = true
    // A device without a declared policy may go on with it, in its own way.
    if !profile.declaresHousePolicy { truncate(index) }
    // How far it reads a table that goes wrong is its own business.
    if chains[index].isIndirect {
      ledger.suspend(chains[index].isPacked ? .packedDev12 : .indirectDev03, for: .chain)
    }
    endWalk(chains[index].queue)
    blame(driver)
    expectNeedsReset(policy)
  }

  /// Whether the device holds a chain that is not followed.
  var holdsTruncated: Bool {
    for index in 0..<chainsEnd where chains[index].isOpen && chains[index].isTruncated { return true }
    return false
  }

  /// Whether a descriptor of a queue's table is part of a chain that the device holds, as far as it has read that.
  func isHeld(_ entry: Int, ofQueue queue: Int) -> Bool {
    let place = queue * Int(Self.maxQueueSize) + entry
    if chainOfHead[place] >= 0 { return true }
    for index in 0..<chainsEnd where chains[index].isOpen && chains[index].order == orderOfEntry[place] { return true }
    return false
  }

  /// What a chain permits from here on is not known: anything.
  mutating func truncate(_ index: Int) {
    chains[index].isTruncated = true
    anyTruncated = true
  }

  /// Whether the device stopped before the end of a chain: it may have a limit for long ones (SPLIT-DEV-02).
  var isInsideChain: Bool { isInsideChain(otherThan: -1) }

  func isInsideChain(otherThan index: Int) -> Bool {
    for queue in 0..<Int(profile.queueCount) where queues[queue].walking >= 0 && queues[queue].walking != index {
      return true
    }
    return false
  }

  /// Whether the rings of every live queue can be followed, so that every permitted access is known.
  var permissionsAreKnown: Bool {
    for queue in 0..<Int(profile.queueCount) {
      if queues[queue].ready == nil { return false }
      if queues[queue].isLive && !queues[queue].canBeFollowed { return false }
    }
    return true
  }

  /// Whether a chain permits a read or a write of a range. Buffers may overlap: whichever chain permits it is credited.
  mutating func creditChains(_ address: UInt64, _ length: UInt64, isWrite: Bool) -> Bool {
    var isPermitted = false
    for index in 0..<chainsEnd where chains[index].isOpen && hasSegment(index, address, length, writable: isWrite) {
      chains[index].movedBytes += length
      if isWrite {
        chains[index].writtenBytes += length
        noteWritten(index, address, length)
      }
      isPermitted = true
    }
    return isPermitted
  }

  /// The same bytes may be in a chain more than once.
  private mutating func noteWritten(_ index: Int, _ address: UInt64, _ length: UInt64) {
    var start: UInt64 = 0
    for place in segments(of: index) where segments[place].isWritable {
      if segments[place].contains(address, length) {
        let first = start &+ (address &- segments[place].address)
        chains[index].noteWritten(from: first, to: first &+ length)
      }
      start &+= segments[place].length
    }
  }

  /// Whether a range is a buffer of a chain that the device holds, of this direction.
  func isBuffer(_ address: UInt64, _ length: UInt64, writable: Bool) -> Bool {
    for index in 0..<chainsEnd where chains[index].isOpen && hasSegment(index, address, length, writable: writable) {
      return true
    }
    return false
  }

  /// Whether a range is in the indirect table of a chain that the device holds.
  func isTable(_ address: UInt64, _ length: UInt64) -> Bool {
    for index in 0..<chainsEnd where chains[index].isOpen && chains[index].isIndirect {
      let inside = address &- chains[index].table
      let size = UInt64(chains[index].tableSize) &* Descriptor.size
      if inside <= size && length <= size - inside { return true }
    }
    return false
  }

  /// The device writes through a buffer that leaves RAM, as far as there is RAM: one without a declared policy may. Where
  /// that is part of rings, it says nothing about them.
  mutating func noteOverflow(_ address: UInt64, _ length: UInt64) {
    let isInRing = (0..<Int(profile.queueCount)).contains { queue in
      queues[queue].isLive && overlapsRings(of: queue, address, length)
    }
    guard isInRing,
      (0..<chainsEnd).contains(where: { index in
        chains[index].isOpen && chains[index].isBroken && isListed(index, address, length, writable: true)
      })
    else { return }
    taintRings(touchedBy: address, length)
    // What is in the ring now may be a used buffer.
    allow(InterruptStatus.usedBuffer.rawValue)
  }

  private func hasSegment(_ index: Int, _ address: UInt64, _ length: UInt64, writable: Bool) -> Bool {
    chains[index].isTruncated || isListed(index, address, length, writable: writable)
  }

  /// Whether a range is in one of the buffers that the chain is known to have.
  private func isListed(_ index: Int, _ address: UInt64, _ length: UInt64, writable: Bool) -> Bool {
    let first = index * ChainShadow.maxSegments
    for segment in first..<first + chains[index].segmentCount
    where segments[segment].isWritable == writable && segments[segment].contains(address, length) {
      return true
    }
    return false
  }
}

import VirtioSpec

// What the device reads and writes in split rings: SPLIT-DEV, EVENTIDX-DEV-04, RNG-DEV-01, HOUSE-01 to -06 and -10.
extension Judge {
  /// A read that begins in an area of a live queue. False for one that does not.
  mutating func readRing(_ queue: Int, _ event: Event, _ bytes: RawSpan) -> Bool {
    let entry = event.address &- shadow.queues[queue].areas.descriptors
    if entry < shadow.queues[queue].descriptorsSize {
      if event.value > shadow.queues[queue].descriptorsSize - entry { overrun(queue, event) }
      readDescriptors(queue, table: shadow.queues[queue].areas.descriptors, event.address, bytes)
      return true
    }
    let inside = event.address &- shadow.queues[queue].areas.driver
    if inside < shadow.queues[queue].driverSize {
      if event.value > shadow.queues[queue].driverSize - inside { overrun(queue, event) }
      readAvailable(queue, inside, bytes)
      return true
    }
    let element = event.address &- shadow.queues[queue].areas.device
    guard element < shadow.queues[queue].deviceSize else { return false }
    if event.value > shadow.queues[queue].deviceSize - element { overrun(queue, event) }
    return true
  }

  /// A read of the indirect table of the chain whose descriptors a queue is being read.
  mutating func readTable(_ event: Event, _ bytes: RawSpan) -> Bool {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].walking >= 0 {
      if shadow.queues[queue].readsAhead { shadow.turnToTable(queue, event.address) }
      let walking = shadow.queues[queue].walking
      let table = shadow.chains[walking].table
      guard shadow.chains[walking].isIndirect,
        event.address &- table < UInt64(shadow.chains[walking].tableSize) &* Descriptor.size
      else { continue }
      if shadow.chains[walking].isPacked {
        readPackedTable(queue, table: table, event.address, bytes)
        return true
      }
      readDescriptors(queue, table: table, event.address, bytes)
      return true
    }
    return false
  }

  /// The device was given descriptors: those that it has to read next extend the chain.
  private mutating func readDescriptors(_ queue: Int, table: UInt64, _ address: UInt64, _ bytes: RawSpan) {
    if shadow.isRaced { readAgain(queue, table: table, address, bytes) }
    let walking = shadow.queues[queue].walking
    guard walking >= 0 else { return }
    readDescriptors(queue, ofChain: walking, table: table, address, bytes)
    guard shadow.queues[queue].readsAhead else { return }
    for other in 0..<shadow.chainsEnd where other != walking && shadow.isUnread(other, queue) {
      readDescriptors(queue, ofChain: other, table: table, address, bytes)
    }
  }

  private mutating func readDescriptors(
    _ queue: Int, ofChain walking: Int, table: UInt64, _ address: UInt64, _ bytes: RawSpan
  ) {
    var behind: UInt64 = 0
    // A chain that was at its end may go on, where its last descriptor changed.
    while shadow.queues[queue].walking == walking || shadow.isUnread(walking, queue),
      !shadow.queues[queue].isTainted, shadow.chains[walking].table == table
    {
      let place = table &+ UInt64(shadow.chains[walking].next) &* Descriptor.size
      let offset = place &- address
      // Each of them extends the chain once: a loop has to be read again.
      guard offset >= behind, offset <= UInt64(bytes.byteCount), UInt64(bytes.byteCount) - offset >= Descriptor.size
      else { return }
      behind = offset + Descriptor.size
      // Sound: the bounds were checked, and any 16 bytes are a number.
      let bits = bytes.unsafeLoadUnaligned(fromByteOffset: Int(offset), as: UInt128.self)
      shadow.extend(walking, with: Descriptor(littleEndian: UInt128(littleEndian: bits)))
    }
  }

  /// The device was given a part of the available ring.
  private mutating func readAvailable(_ queue: Int, _ inside: UInt64, _ bytes: RawSpan) {
    if let index = half(bytes, SplitRing.availIdx, inside) {
      shadow.queues[queue].availableSeen = index
      if UInt32(index &- shadow.queues[queue].taken) > shadow.queues[queue].size {
        shadow.blame(.splitDrv04)
        shadow.expectNeedsReset(.house01)
        if !shadow.profile.declaresHousePolicy { shadow.loseRings() }
        return
      }
    }
    guard inside &+ UInt64(bytes.byteCount) > 4 else { return }
    while shadow.queues[queue].taken != shadow.queues[queue].availableSeen, !shadow.queues[queue].isTainted {
      let slot = UInt32(shadow.queues[queue].taken) & (shadow.queues[queue].size - 1)
      guard let head = half(bytes, SplitRing.availEntry(slot), inside) else { return }
      shadow.queues[queue].taken &+= 1
      if !shadow.queues[queue].isNotified && !shadow.queues[queue].hadStaleNotice {
        shadow.queues[queue].wasServedUnasked = true
      }
      rob06(queue)
      if shadow.needsReset == .no { shadow.open(head, ofQueue: queue) }
    }
  }

  /// The 16-bit number at `offset` of an area, if `bytes` from `inside` on have it.
  func half(_ bytes: RawSpan, _ offset: UInt64, _ inside: UInt64) -> UInt16? {
    let place = offset &- inside
    guard place <= UInt64(bytes.byteCount), UInt64(bytes.byteCount) - place >= 2 else { return nil }
    // Sound: the bounds were checked, and any 2 bytes are a number.
    return UInt16(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: Int(place), as: UInt16.self))
  }

  /// More heads than entries means that one is there twice: the device may look at that one, to find out.
  private mutating func rob06(_ queue: Int) {
    let held = UInt32(shadow.queues[queue].taken &- shadow.queues[queue].used)
    check(
      .rob06, held <= shadow.queues[queue].size + 1, seen: UInt64(held), expected: UInt64(shadow.queues[queue].size))
  }

  /// A write that begins in the used ring of a live queue.
  mutating func writeUsedRing(_ queue: Int, _ inside: UInt64, _ event: Event, _ bytes: RawSpan) {
    if event.value > shadow.queues[queue].deviceSize - inside { overrun(queue, event) }
    if let flags = half(bytes, SplitRing.usedFlags, inside) { usedFlags(queue, flags) }
    if let index = half(bytes, SplitRing.usedIdx, inside) { moveUsed(queue, to: index) }
    let size = shadow.queues[queue].size
    if let event = half(bytes, SplitRing.availEvent(size), inside) { shadow.queues[queue].availEvent = event }
    guard inside >= 4, inside < SplitRing.availEvent(size) else { return }
    var offset = 0
    while offset + 4 <= bytes.byteCount {
      let place = inside - 4 + UInt64(offset)
      let index = queue * Int(Shadow.maxQueueSize) + Int(min(place / 8, UInt64(size - 1)))
      // Sound: the bounds were checked, and any 4 bytes are a number.
      let part = UInt64(UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      if place % 8 == 0 {
        shadow.elements[index] = shadow.elements[index] & ~0xffff_ffff | part
      } else {
        shadow.elements[index] = shadow.elements[index] & 0xffff_ffff | part << 32
      }
      shadow.elementLife[index] = shadow.queues[queue].life
      offset += 4
    }
  }

  /// The driver can see more used elements now.
  private mutating func moveUsed(_ queue: Int, to index: UInt16) {
    let old = shadow.queues[queue].used
    let count = index &- old
    guard count != 0 else { return }
    shadow.queues[queue].isProgressing = true
    shadow.anyProgress = true
    if shadow.isLegacy {
      if !shadow.driverOKIsWritten { ledger.satisfy(.leg06) }
    } else {
      check(.statDev01, shadow.driverOKIsWritten, seen: UInt64(index), expected: UInt64(old))
    }
    lineCameFirst()
    if shadow.queues[queue].startsAfterReset {
      // Behind a reset the first life of a queue starts at 0: an index from an older life is too far.
      shadow.queues[queue].startsAfterReset = false
      check(
        .resetDev04, Int(count) <= shadow.queues[queue].heldCount, seen: UInt64(index),
        expected: UInt64(shadow.queues[queue].heldCount))
    }
    creditQueueReset(queue, count)
    let most = UInt64(old &+ UInt16(truncatingIfNeeded: shadow.queues[queue].heldCount))
    let isAhead = Int(count) > shadow.queues[queue].heldCount
    // An index that is less than half the numbers behind went back.
    check(.splitDev11, !isAhead || count < 0x8000, seen: UInt64(index), expected: most)
    check(.splitDev13, !isAhead || count >= 0x8000, seen: UInt64(index), expected: most)
    guard !isAhead else {
      shadow.loseRings()
      shadow.queues[queue].used = index
      shadow.allow(InterruptStatus.usedBuffer.rawValue)
      return
    }
    if !shadow.queues[queue].wasServed {
      shadow.queues[queue].wasServed = true
      serveFirst(queue)
    }
    while shadow.queues[queue].used != index {
      let slot = UInt32(shadow.queues[queue].used) & (shadow.queues[queue].size - 1)
      let passedOver = complete(
        queue, queue * Int(Shadow.maxQueueSize) + Int(slot), left: index &- shadow.queues[queue].used)
      shadow.queues[queue].used &+= 1 &+ passedOver
    }
    creditRings()
    creditNotificationData(queue)
    oweNotification(queue, from: old, to: index)
  }

  /// The device wrote the word that tells the driver not to notify it.
  private mutating func usedFlags(_ queue: Int, _ flags: UInt16) {
    shadow.queues[queue].usedFlags = flags
    guard let features = shadow.features else { return }
    if features.contains(.eventIdx) {
      check(.eventidxDev04, flags == 0, seen: UInt64(flags), expected: 0)
    } else {
      check(.splitDev20, flags <= 1, seen: UInt64(flags), expected: UInt64(flags & 1))
    }
  }

  /// An access that begins in an area of a queue and goes on behind it: into another area of the queue, or too far.
  private mutating func overrun(_ queue: Int, _ event: Event) {
    let last = event.address &+ event.value &- 1
    let state = shadow.queues[queue]
    guard !state.areas.overlaps(last, 1, size: state.size) else { return }
    violate(
      .splitDev16, seen: last, expected: event.address, severity: event.kind == .deviceRead ? .warning : .error)
  }

  /// A slot of the used ring with an element that no index has made visible.
  private func freshSlot(_ queue: Int) -> Int? {
    let first = queue * Int(Shadow.maxQueueSize)
    let slots = first..<first + Int(shadow.queues[queue].size)
    return slots.first { shadow.elementLife[$0] == shadow.queues[queue].life }
  }

  /// One used element became visible, the first one of `left`.
  ///
  /// - Returns: how many chains it stands for besides its own (INORDER-DEV-02).
  private mutating func complete(_ queue: Int, _ slot: Int, left: UInt16) -> UInt16 {
    let isFresh = shadow.elementLife[slot] == shadow.queues[queue].life
    if isFresh {
      ledger.satisfy(.splitDev06)
      ledger.satisfy(.splitDev12)
    } else {
      let other = freshSlot(queue)
      violate(
        other == nil ? .splitDev06 : .splitDev12, seen: UInt64((other ?? slot) & 0x3ff), expected: UInt64(slot & 0x3ff))
      shadow.loseRings()
      return 0
    }
    shadow.elementLife[slot] = 0
    if slot % Int(Shadow.maxQueueSize) == 0 && shadow.queues[queue].used != 0 { mmioReg17(queue) }
    let element = UsedElement(littleEndian: shadow.elements[slot])
    let index =
      element.id < shadow.queues[queue].size
      ? Int(shadow.chainOfHead[queue * Int(Shadow.maxQueueSize) + Int(element.id)]) : -1
    check(.splitDev09, index >= 0, seen: UInt64(element.id), expected: UInt64(shadow.queues[queue].size))
    guard index >= 0 else {
      shadow.loseRings()
      return 0
    }
    let passedOver =
      shadow.isInOrder && left > 1 ? passOverBatch(index, UInt32(slot % Int(Shadow.maxQueueSize)), left: left) : 0
    let chain = shadow.chains[index]
    if chain.isIndirect && !chain.isComplete && chain.descriptorCount > 0 && chain.tableSize <= 16
      && !mayBeFilledInPart(chain)
    {
      // It stopped in front of a table that is no longer than a device has to take, or inside of it.
      violate(.indirectDev02, seen: UInt64(element.id), expected: UInt64(chain.next))
    } else if chain.isBroken || !chain.isComplete {
      // A chain that breaks a rule was taken for a good one, or one that was not read to its end.
      let policy = shadow.needsReset == .expected ? shadow.needsResetClause : ClauseID.house03
      if shadow.profile.declaresHousePolicy { violate(policy, seen: UInt64(element.id), expected: 0) }
    } else if !chain.isTruncated {
      let length = UInt64(element.length)
      // Legacy drivers know better than to count on it (LEG-09).
      let grade = shadow.isLegacy ? .anything : shadow.profile.freedoms.usedLength
      if grade != .anything {
        check(.splitDev10, length <= chain.writableBytes, seen: length, expected: chain.writableBytes)
      }
      if grade == .writtenFromStart || grade == .written {
        let isExact = grade == .writtenFromStart && !chain.isScattered
        let written = isExact ? chain.writtenFromStart : chain.writtenBytes
        check(.splitDev07, length <= written, seen: length, expected: written)
      }
    }
    if chain.isBroken || !chain.isComplete || chain.isTruncated {
      ledger.suspend(.splitDev07, for: .chain)
      ledger.suspend(.splitDev10, for: .chain)
    }
    creditChain(chain)
    judgeRequest(index, element)
    shadow.chainCounts.completed += 1
    if chain.movedBytes > UInt64(Block.headerSize) + 1 || chain.movedBytes > 0 && shadow.profile.deviceType == .entropy
    {
      shadow.chainCounts.withData += 1
    }
    shadow.close(index)
    return passedOver
  }
}

import VirtioSpec

// What the device reads and writes in split rings: SPLIT-DEV, INDIRECT-DEV, RNG-DEV-01, HOUSE-01 to -06 and -10.
extension Judge {
  /// A read that begins in an area of a live queue. False for one that does not.
  mutating func readRing(_ queue: Int, _ event: Event, _ bytes: RawSpan) -> Bool {
    guard event.address >= shadow.queues[queue].low, event.address < shadow.queues[queue].high else { return false }
    if event.address &- shadow.queues[queue].areas.descriptors < shadow.queues[queue].descriptorsSize {
      readDescriptors(queue, table: shadow.queues[queue].areas.descriptors, event.address, bytes)
      return true
    }
    let inside = event.address &- shadow.queues[queue].areas.driver
    if inside < shadow.queues[queue].driverSize {
      readAvailable(queue, inside, bytes)
      return true
    }
    return event.address &- shadow.queues[queue].areas.device < shadow.queues[queue].deviceSize
  }

  /// A read of the indirect table of the chain whose descriptors a queue is being read.
  mutating func readTable(_ event: Event, _ bytes: RawSpan) -> Bool {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].walking >= 0 {
      let walking = shadow.queues[queue].walking
      let table = shadow.chains[walking].table
      guard shadow.chains[walking].isIndirect,
        event.address &- table < UInt64(shadow.chains[walking].tableSize) &* Descriptor.size
      else { continue }
      readDescriptors(queue, table: table, event.address, bytes)
      return true
    }
    return false
  }

  /// The device was given descriptors: those that it has to read next extend the chain.
  private mutating func readDescriptors(_ queue: Int, table: UInt64, _ address: UInt64, _ bytes: RawSpan) {
    var behind: UInt64 = 0
    while shadow.queues[queue].walking >= 0, !shadow.queues[queue].isTainted {
      let walking = shadow.queues[queue].walking
      guard shadow.chains[walking].table == table else { return }
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
      rob06(queue)
      if shadow.needsReset == .no { shadow.open(head, ofQueue: queue) }
    }
  }

  /// The 16-bit number at `offset` of an area, if `bytes` from `inside` on have it.
  private func half(_ bytes: RawSpan, _ offset: UInt64, _ inside: UInt64) -> UInt16? {
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
    if let index = half(bytes, SplitRing.usedIdx, inside) { moveUsed(queue, to: index) }
    let size = shadow.queues[queue].size
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
    check(.statDev01, shadow.driverOKIsWritten, seen: UInt64(index), expected: UInt64(old))
    if shadow.queues[queue].startsAfterReset {
      // Behind a reset the first life of a queue starts at 0: an index from an older life is too far.
      shadow.queues[queue].startsAfterReset = false
      check(
        .resetDev04, Int(count) <= shadow.queues[queue].heldCount, seen: UInt64(index),
        expected: UInt64(shadow.queues[queue].heldCount))
    }
    check(
      .splitDev13, Int(count) <= shadow.queues[queue].heldCount, seen: UInt64(index),
      expected: UInt64(old &+ UInt16(truncatingIfNeeded: shadow.queues[queue].heldCount)))
    guard Int(count) <= shadow.queues[queue].heldCount else {
      shadow.loseRings()
      shadow.queues[queue].used = index
      shadow.possible |= InterruptStatus.usedBuffer.rawValue
      return
    }
    while shadow.queues[queue].used != index {
      let slot = UInt32(shadow.queues[queue].used) & (shadow.queues[queue].size - 1)
      complete(queue, queue * Int(Shadow.maxQueueSize) + Int(slot))
      shadow.queues[queue].used &+= 1
    }
    creditRings()
    oweNotification(queue, from: old, to: index)
  }

  /// One used element became visible.
  private mutating func complete(_ queue: Int, _ slot: Int) {
    let isFresh = shadow.elementLife[slot] == shadow.queues[queue].life
    check(.splitDev06, isFresh, seen: UInt64(slot & 0x3ff), expected: UInt64(slot & 0x3ff))
    guard isFresh else {
      shadow.loseRings()
      return
    }
    shadow.elementLife[slot] = 0
    let element = UsedElement(littleEndian: shadow.elements[slot])
    let index =
      element.id < shadow.queues[queue].size
      ? Int(shadow.chainOfHead[queue * Int(Shadow.maxQueueSize) + Int(element.id)]) : -1
    check(.splitDev09, index >= 0, seen: UInt64(element.id), expected: UInt64(shadow.queues[queue].size))
    guard index >= 0 else {
      shadow.loseRings()
      return
    }
    let chain = shadow.chains[index]
    if chain.isBroken || !chain.isComplete {
      // A chain that breaks a rule was taken for a good one, or one that was not read to its end.
      let policy = shadow.needsReset == .expected ? shadow.needsResetClause : ClauseID.house03
      if shadow.profile.declaresHousePolicy { violate(policy, seen: UInt64(element.id), expected: 0) }
    } else if !chain.isTruncated {
      let length = UInt64(element.length)
      check(.splitDev10, length <= chain.writableBytes, seen: length, expected: chain.writableBytes)
      check(.splitDev07, length <= chain.writtenBytes, seen: length, expected: chain.writtenBytes)
      if shadow.profile.deviceType == .entropy && chain.writableBytes > 0 {
        check(.rngDev01, element.length > 0, seen: length, expected: 1)
      }
    }
    creditChain(chain)
    shadow.chainCounts.completed += 1
    if chain.movedBytes > UInt64(Block.headerSize) + 1 || chain.movedBytes > 0 && shadow.profile.deviceType == .entropy
    {
      shadow.chainCounts.withData += 1
    }
    shadow.close(index)
  }

  /// Used elements from `old` to before `new` became visible: whether the driver has to be notified (sections 2.7.7 and
  /// 2.7.10).
  private mutating func oweNotification(_ queue: Int, from old: UInt16, to new: UInt16) {
    let bit = InterruptStatus.usedBuffer.rawValue
    shadow.possible |= bit
    guard let features = shadow.features, !shadow.queues[queue].suppressionRaced else {
      return ledger.suspend(.mmioDev03)
    }
    let area = shadow.queues[queue].areas.driver
    let isDue: Bool
    if features.contains(.eventIdx) {
      let event = shadow.memory.half(area &+ SplitRing.usedEvent(shadow.queues[queue].size))
      isDue = new &- event &- 1 < new &- old
    } else {
      isDue = shadow.memory.half(area &+ SplitRing.availFlags) & SplitRing.availNoInterrupt == 0
    }
    if isDue { shadow.owe(bit) }
  }
}

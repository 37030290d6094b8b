import VirtioSpec

// What the device reads and writes in packed rings: PACKED-DEV-01 to -13, -17 to -20, -23.
extension Judge {
  static let packedRules: [ClauseID] = [
    .packedDev01, .packedDev02, .packedDev03, .packedDev04, .packedDev05, .packedDev06, .packedDev07, .packedDev08,
    .packedDev09, .packedDev10, .packedDev12, .packedDev13, .packedDev14, .packedDev15, .packedDev16, .packedDev17,
    .packedDev18, .packedDev19, .packedDev20, .packedDev23,
  ]

  static let packedWaivers: [ClauseID: String] = [
    .packedDev11: "not observable: when a device looks at which buffer; where data lands is for BLK-DEV-13 to judge",
    .packedDev21: "not observable: a permission, and how clean a refusal is, is for ROB and HOUSE to say",
    .packedDev22: "not observable: a permission; PACKED-DEV-02 judges what is there in the end",
  ]

  /// A read that begins in an area of a live queue. False for one that does not.
  mutating func readPackedRing(_ queue: Int, _ event: Event, _ bytes: RawSpan) -> Bool {
    let areas = shadow.queues[queue].areas
    let inside = event.address &- areas.descriptors
    if inside < shadow.queues[queue].descriptorsSize {
      if event.value > shadow.queues[queue].descriptorsSize - inside { overrunPacked(queue, event) }
      readPackedDescriptors(queue, inside, bytes)
      return true
    }
    for area in [areas.driver, areas.device] where event.address &- area < PackedRing.eventSize {
      if event.value > PackedRing.eventSize - (event.address &- area) { overrunPacked(queue, event) }
      return true
    }
    return false
  }

  /// An access that begins in an area of a queue and goes on where the queue has none.
  private mutating func overrunPacked(_ queue: Int, _ event: Event) {
    let last = event.address &+ event.value &- 1
    let state = shadow.queues[queue]
    guard !state.areas.overlaps(last, 1, size: state.size) else { return }
    violate(.rob04, seen: last, expected: event.address, severity: event.kind == .deviceRead ? .warning : .error)
  }

  /// The device was given a part of the ring: descriptors that it has to read next begin a list, or extend one.
  private mutating func readPackedDescriptors(_ queue: Int, _ inside: UInt64, _ bytes: RawSpan) {
    if shadow.isRaced { readPackedAgain(queue, inside, bytes) }
    var behind: UInt64 = 0
    while !shadow.queues[queue].isTainted, shadow.needsReset == .no {
      var walking = shadow.queues[queue].walking
      // What is left of that one is in its table; the next one may be looked at first.
      if walking >= 0 && shadow.chains[walking].isIndirect { walking = -1 }
      let slot = shadow.packed[queue].taken.slot
      let offset = PackedRing.descriptor(slot) &- inside
      if walking < 0, let bits = half(bytes, PackedRing.descriptor(slot) &+ PackedDescriptor.flagsOffset, inside) {
        let flags = Descriptor.Flags(rawValue: bits)
        shadow.packed[queue].isShown = shadow.packed[queue].isShown || shadow.packed[queue].taken.isAvailable(flags)
      }
      // Each of them extends the list once: a whole round has to be read again.
      guard walking >= 0 || shadow.packed[queue].isShown, offset >= behind,
        let descriptor = descriptor(bytes, offset)
      else { return }
      behind = offset &+ PackedDescriptor.size
      guard let index = walking >= 0 ? walking : openList(queue) else { return }
      shadow.extendPacked(index, with: descriptor)
    }
  }

  private mutating func openList(_ queue: Int) -> Int? {
    if !shadow.queues[queue].isNotified && !shadow.queues[queue].hadStaleNotice {
      shadow.queues[queue].wasServedUnasked = true
    }
    guard let index = shadow.openPacked(ofQueue: queue) else { return nil }
    ledger.satisfy(.packedDev01)
    let held = shadow.queues[queue].heldCount
    let size = shadow.queues[queue].size
    check(.rob06, held <= Int(size), seen: UInt64(held), expected: UInt64(size))
    return index
  }

  /// The descriptor at `offset` of what was read, if all of it is there.
  func descriptor(_ bytes: RawSpan, _ offset: UInt64) -> PackedDescriptor? {
    guard offset <= UInt64(bytes.byteCount), UInt64(bytes.byteCount) - offset >= PackedDescriptor.size else {
      return nil
    }
    // Sound: the bounds were checked, and any 16 bytes are a number.
    let bits = bytes.unsafeLoadUnaligned(fromByteOffset: Int(offset), as: UInt128.self)
    return PackedDescriptor(littleEndian: UInt128(littleEndian: bits))
  }

  /// Whether descriptors of the list that the device took last are among those that it is given again.
  private mutating func readPackedAgain(_ queue: Int, _ inside: UInt64, _ bytes: RawSpan) {
    let index = shadow.queues[queue].lastOpened
    guard index >= 0, shadow.chains[index].isOpen, shadow.chains[index].queue == queue,
      !shadow.chains[index].isBroken
    else { return }
    let size = shadow.queues[queue].size
    let count = shadow.chains[index].slotCount
    // It is the last one that was taken.
    let first = shadow.packed[queue].taken.slot
    for number in 0..<count {
      let slot = (first + size - count + number) % size
      guard let descriptor = descriptor(bytes, PackedRing.descriptor(slot) &- inside) else { continue }
      shadow.readPackedAgain(index, number, descriptor)
    }
  }

  /// The device was given entries of an indirect table.
  mutating func readPackedTable(_ queue: Int, table: UInt64, _ address: UInt64, _ bytes: RawSpan) {
    if shadow.isRaced {
      let walking = shadow.queues[queue].walking
      for entry in 0..<shadow.chains[walking].next {
        guard let descriptor = descriptor(bytes, table &+ PackedRing.descriptor(entry) &- address) else { continue }
        shadow.permitAlso(walking, descriptor.asSplit)
      }
    }
    var behind: UInt64 = 0
    while shadow.queues[queue].walking >= 0, !shadow.queues[queue].isTainted {
      let walking = shadow.queues[queue].walking
      let offset = table &+ PackedRing.descriptor(shadow.chains[walking].next) &- address
      guard offset >= behind, let descriptor = descriptor(bytes, offset) else { return }
      behind = offset &+ PackedDescriptor.size
      shadow.extendPackedTable(walking, with: descriptor)
    }
  }

  /// A write that begins in the ring of a live queue, or in its Device Area. False for one that does not.
  mutating func writePackedRing(_ queue: Int, _ event: Event, _ bytes: RawSpan) -> Bool {
    let areas = shadow.queues[queue].areas
    let inEvents = event.address &- areas.device
    if inEvents < PackedRing.eventSize {
      if event.value > PackedRing.eventSize - inEvents { overrunPacked(queue, event) }
      if let descriptor = half(bytes, PackedRing.eventDescriptor, inEvents) {
        shadow.packed[queue].eventDescriptor = descriptor
      }
      if let flags = half(bytes, PackedRing.eventFlags, inEvents) {
        shadow.packed[queue].eventFlags = flags
        packedDev18(flags)
      }
      return true
    }
    let inside = event.address &- areas.descriptors
    guard inside < shadow.queues[queue].descriptorsSize else { return false }
    if event.value > shadow.queues[queue].descriptorsSize - inside { overrunPacked(queue, event) }
    var slot = UInt32(truncatingIfNeeded: inside / PackedDescriptor.size)
    while slot < shadow.queues[queue].size, PackedRing.descriptor(slot) < inside &+ UInt64(bytes.byteCount) {
      writeSlot(queue, slot, inside, bytes)
      // Nothing is known of a ring that is written at will.
      if shadow.queues[queue].isTainted { return true }
      slot += 1
    }
    shadow.writtenRing = queue
    return true
  }

  /// The device writes into a descriptor: one that it has taken, and has not marked as used yet.
  private mutating func writeSlot(_ queue: Int, _ slot: UInt32, _ inside: UInt64, _ bytes: RawSpan) {
    let (place, distance) = shadow.packed[queue].used.next(slot, size: shadow.queues[queue].size)
    var marks = shadow.marks(queue, slot)
    guard distance < shadow.packed[queue].takenCount, !marks.contains(.isUsed) else {
      let flags = shadow.packedFlags(queue, slot)
      let isRepublished = flags.contains(.available) != flags.contains(.used)
      let clause: ClauseID =
        marks.contains(.isSkipped)
        ? shadow.packed[queue].hasPassedOver ? .inorderDev01 : .packedDev08
        : marks.contains(.isUsed) && !isRepublished ? .packedDev05 : .packedDev04
      violate(clause, seen: UInt64(slot), expected: UInt64(shadow.packed[queue].used.slot))
      return shadow.loseRings()
    }
    let first = PackedRing.descriptor(slot)
    func covers(_ offset: UInt64, _ count: UInt64) -> Bool {
      first + offset >= inside && first + offset + count <= inside &+ UInt64(bytes.byteCount)
    }
    if covers(PackedDescriptor.lengthOffset, 4) { marks.insert(.lengthWritten) }
    if covers(PackedDescriptor.idOffset, 2) { marks.insert(.idWritten) }
    if let bits = half(bytes, first &+ PackedDescriptor.flagsOffset, inside) {
      let flags = Descriptor.Flags(rawValue: bits)
      marks.insert(.isUsed)
      shadow.packed[queue].aheadCount += 1
      packedDev06And07(queue, place, flags)
    }
    shadow.mark(queue, slot, marks)
  }

  /// AVAIL and USED of a used descriptor are both the wrap counter.
  private mutating func packedDev06And07(_ queue: Int, _ place: PackedPlace, _ flags: Descriptor.Flags) {
    let isAvailable = flags.contains(.available)
    let expected: UInt64 = place.wrapCounter ? 1 : 0
    guard isAvailable == flags.contains(.used) else {
      violate(.packedDev06, seen: UInt64(flags.rawValue), expected: expected)
      return shadow.loseRings()
    }
    ledger.satisfy(.packedDev06)
    guard isAvailable == place.wrapCounter else {
      violate(.packedDev07, seen: UInt64(flags.rawValue), expected: expected)
      return shadow.loseRings()
    }
    if shadow.packed[queue].hasWrapped { ledger.satisfy(.packedDev07) }
  }

  /// The device wrote its event structure: flags 0 to 2, 2 only with the feature that gives it a meaning, and nothing else.
  private mutating func packedDev18(_ flags: UInt16) {
    guard let features = shadow.features else { return }
    let largest: UInt16 = features.contains(.eventIdx) ? PackedRing.eventOfDescriptor : PackedRing.eventsDisabled
    check(.packedDev18, flags <= largest, seen: UInt64(flags), expected: UInt64(largest))
  }

  /// The device wrote into a ring: used descriptors that lie side by side from the next one on can be seen.
  mutating func useRing(_ queue: Int) {
    shadow.writtenRing = -1
    while !shadow.queues[queue].isTainted, shadow.queues[queue].isLive,
      shadow.packed[queue].takenCount > 0, shadow.marks(queue, shadow.packed[queue].used.slot).contains(.isUsed)
    {
      shadow.packed[queue].aheadCount -= 1
      use(queue)
    }
    if shadow.unsettled.contains(.assembly) { packedDev23(queue) }
  }

  /// The device has returned: used descriptors beyond a gap are not where the driver will look.
  mutating func packedDev02() {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.packed[queue].aheadCount > 0 {
      shadow.packed[queue].aheadCount = 0
      guard shadow.queues[queue].canBeFollowed else { continue }
      violate(.packedDev02, seen: 0, expected: UInt64(shadow.packed[queue].used.slot))
      shadow.loseRings()
    }
  }

  /// One used descriptor became visible.
  private mutating func use(_ queue: Int) {
    let old = shadow.packed[queue].used
    shadow.queues[queue].isProgressing = true
    shadow.anyProgress = true
    check(.statDev01, shadow.driverOKIsWritten, seen: UInt64(old.slot), expected: 0)
    lineCameFirst()
    if shadow.queues[queue].startsAfterReset {
      shadow.queues[queue].startsAfterReset = false
      // Behind a reset the device begins at the start of the ring, or PACKED-DEV-04 or -07 is broken.
      ledger.satisfy(.resetDev04)
    }
    creditQueueReset(queue, 1)
    if !shadow.queues[queue].wasServed {
      shadow.queues[queue].wasServed = true
      serveFirst(queue)
    }
    let place = shadow.queues[queue].areas.descriptors &+ PackedRing.descriptor(old.slot)
    let id = shadow.memory.half(place &+ PackedDescriptor.idOffset)
    let found = shadow.chain(ofQueue: queue, id: id)
    check(.packedDev09, found != nil, seen: UInt64(id), expected: UInt64(shadow.queues[queue].size))
    guard let index = found else {
      shadow.allow(InterruptStatus.usedBuffer.rawValue)
      return shadow.loseRings()
    }
    let passedOver = shadow.isInOrder ? passOverPackedBatch(index, old) : 0
    shadow.packed[queue].hasPassedOver = passedOver > 0
    judgeUsed(index, place)
    shadow.chainCounts.completed += 1
    let chain = shadow.chains[index]
    if chain.movedBytes > UInt64(Block.headerSize) + 1 || chain.movedBytes > 0 && shadow.profile.deviceType == .entropy
    {
      shadow.chainCounts.withData += 1
    }
    shadow.close(index)
    guard chain.isComplete, !chain.isBroken else {
      // Where the device goes on is not known.
      shadow.allow(InterruptStatus.usedBuffer.rawValue)
      return shadow.loseRings()
    }
    skip(queue, old, passedOver + chain.slotCount)
    creditNotificationData(queue)
    owePackedNotification(queue, old, passedOver + chain.slotCount)
  }

  /// The used descriptor stands for a list of so many.
  private mutating func skip(_ queue: Int, _ old: PackedPlace, _ count: UInt32) {
    let size = shadow.queues[queue].size
    for number in 1..<max(count, 1) {
      shadow.mark(queue, old.advanced(by: number, size: size).slot, .isSkipped)
    }
    shadow.packed[queue].used = old.advanced(by: count, size: size)
    shadow.packed[queue].takenCount -= count
    if shadow.packed[queue].used.wrapCounter != old.wrapCounter {
      shadow.packed[queue].hasWrapped = true
      mmioReg17(queue)
    }
    if shadow.packed[queue].hasSkipped { ledger.satisfy(.packedDev08) }
    shadow.packed[queue].hasSkipped = count > 1
    guard shadow.violationsInAction == 0 else { return }
    ledger.satisfy(.packedDev02)
    ledger.satisfy(.packedDev04)
    ledger.satisfy(.packedDev05)
    ledger.satisfy(.packedDev17)
    if size & (size - 1) != 0 { ledger.satisfy(.packedDev19) }
  }

  /// What a used descriptor says of the list that it stands for.
  private mutating func judgeUsed(_ index: Int, _ place: UInt64) {
    let chain = shadow.chains[index]
    let id = UInt64(chain.head)
    let flags = Descriptor.Flags(rawValue: shadow.memory.half(place &+ PackedDescriptor.flagsOffset))
    // Without the flag the length is reserved.
    let length = flags.contains(.write) ? shadow.memory.number(place &+ PackedDescriptor.lengthOffset, 4) : 0
    if chain.isIndirect && !chain.isComplete && chain.tableSize <= 16 && !mayBeFilledInPart(chain) {
      violate(.packedDev12, seen: id, expected: UInt64(chain.next))
    } else if chain.isBroken || !chain.isComplete {
      let policy = shadow.needsReset == .expected ? shadow.needsResetClause : ClauseID.house03
      if shadow.profile.declaresHousePolicy { violate(policy, seen: id, expected: 0) }
    } else if !chain.isTruncated {
      packedDev10(chain, flags, length)
    }
    if chain.isBroken || !chain.isComplete || chain.isTruncated { ledger.suspend(.packedDev10, for: .chain) }
    creditChain(chain)
    judgeRequest(index, UsedElement(id: UInt32(chain.head), length: UInt32(truncatingIfNeeded: length)))
  }

  /// WRITE says that the device wrote into the buffer, and only then the length says how much.
  private mutating func packedDev10(_ chain: ChainShadow, _ flags: Descriptor.Flags, _ length: UInt64) {
    let hasWritten = chain.writtenBytes > 0
    guard flags.contains(.write) == hasWritten else {
      // Only prose says so, and there are devices that do not care.
      return violate(
        .packedDev10, seen: UInt64(flags.rawValue), expected: UInt64(flags.rawValue ^ Descriptor.Flags.write.rawValue),
        severity: .warning)
    }
    let grade = shadow.profile.freedoms.usedLength
    guard grade != .anything else { return }
    var most = chain.writableBytes
    if grade == .writtenFromStart || grade == .written {
      most = grade == .writtenFromStart && !chain.isScattered ? chain.writtenFromStart : chain.writtenBytes
    }
    check(.packedDev10, length <= most, seen: length, expected: most)
  }

  /// The device says that it needs a reset, and nothing explains it but the size of a queue that it has not served yet: it
  /// does not know that sizes need not be powers of two.
  mutating func packedDev19(_ status: UInt32) {
    guard status & DeviceStatus.deviceNeedsReset.rawValue != 0, shadow.isRunning == true, shadow.permissionsAreKnown,
      !shadow.causeIsUnknown, !shadow.isInsideChain, ledger.driverFault == nil, !shadow.registers.mayNeedReset,
      shadow.profile.declaresHousePolicy || !holdsNoRequest
    else { return }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive {
      guard !SplitRing.isValidSize(shadow.queues[queue].size), !shadow.queues[queue].wasServed else { continue }
      shadow.wasNotifiedNeedlessly = false
      return violate(.packedDev19, seen: UInt64(status), expected: UInt64(status & 0xbf))
    }
  }

  /// The rule that an access breaks which nothing permits, if it is one about packed rings.
  func packedClause(_ event: Event) -> ClauseID? {
    if isOfLaterList(event.address) { return .packedDev01 }
    if event.kind == .deviceWrite, let clause = tableClause(event) { return clause }
    return isJunk(event.address) ? .packedDev12 : nil
  }

  /// A table is written into as if the WRITE of the descriptor that refers to it meant the table.
  private func tableClause(_ event: Event) -> ClauseID? {
    for index in 0..<shadow.chainsEnd where shadow.chains[index].isOpen && shadow.chains[index].isWriteMarked {
      let chain = shadow.chains[index]
      if event.address &- chain.table < PackedRing.descriptor(chain.tableSize) { return .packedDev13 }
    }
    return nil
  }

  /// Whether an address is in a buffer, or a table, of a list that the device has not come to yet.
  func isOfLaterList(_ address: UInt64) -> Bool {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].canBeFollowed {
      let size = shadow.queues[queue].size
      var place = shadow.packed[queue].taken
      for _ in 0..<size {
        guard place.isAvailable(shadow.packedFlags(queue, place.slot)) else { break }
        let entry = shadow.queues[queue].areas.descriptors &+ PackedRing.descriptor(place.slot)
        if address &- shadow.memory.number(entry, 8) < shadow.memory.number(entry &+ 8, 4) { return true }
        place = place.advanced(by: 1, size: size)
      }
    }
    return false
  }
}

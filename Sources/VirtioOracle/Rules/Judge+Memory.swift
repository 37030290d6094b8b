import VirtioSpec

// The memory audit: which of the device's accesses the registers, rings and chains permit. MMIO-DEV-09/10,
// RESET-DEV-03, STAT-DEV-01, SPLIT-DEV-03/04/05/14, ROB-03, -04, HOUSE-08.
extension Judge {
  @usableFromInline
  mutating func auditRead(_ event: Event, _ bytes: RawSpan) {
    shadow.accesses &+= 1
    shadow.movedBytes &+= bytes.byteCount
    house08(event)
    for queue in 0..<Int(shadow.profile.queueCount)
    where shadow.queues[queue].reaches(event.address) && shadow.queues[queue].canBeFollowed {
      let isRing =
        shadow.usesPackedRings ? readPackedRing(queue, event, bytes) : readRing(queue, event, bytes)
      if isRing { return ledger.satisfy(.rob04) }
    }
    auditReadOfBuffer(event, bytes)
  }

  /// A read outside the areas of queues.
  @inline(never)
  private mutating func auditReadOfBuffer(_ event: Event, _ bytes: RawSpan) {
    let length = event.value
    if readTable(event, bytes) { return ledger.satisfy(.rob04) }
    if shadow.creditChains(event.address, length, isWrite: false) {
      statDev01(event)
      return ledger.satisfy(.rob04)
    }
    // It may look twice.
    if shadow.isTable(event.address, length) { return ledger.satisfy(.rob04) }
    if shadow.permissionsAreKnown && shadow.isBuffer(event.address, length, writable: true) {
      return violate(shadow.usesPackedRings ? .packedDev20 : .splitDev04, seen: event.address, expected: 0)
    }
    refuse(event)
  }

  mutating func auditWrite(_ event: Event, _ bytes: RawSpan) {
    shadow.accesses &+= 1
    shadow.movedBytes &+= bytes.byteCount
    let length = event.value
    house08(event)
    if shadow.anyTruncated, !shadow.profile.declaresHousePolicy { shadow.noteOverflow(event.address, length) }
    for queue in 0..<Int(shadow.profile.queueCount)
    where shadow.queues[queue].reaches(event.address) && shadow.queues[queue].canBeFollowed {
      if shadow.usesPackedRings {
        if writePackedRing(queue, event, bytes) { return ledger.satisfy(.rob04) }
        continue
      }
      let inside = event.address &- shadow.queues[queue].areas.device
      if inside < shadow.queues[queue].deviceSize {
        writeUsedRing(queue, inside, event, bytes)
        return ledger.satisfy(.rob04)
      }
    }
    auditWriteOfBuffer(event, length)
  }

  /// A write outside the areas of queues.
  @inline(never)
  private mutating func auditWriteOfBuffer(_ event: Event, _ length: UInt64) {
    if shadow.creditChains(event.address, length, isWrite: true) {
      statDev01(event)
      return ledger.satisfy(.rob04)
    }
    if shadow.permissionsAreKnown && shadow.isBuffer(event.address, length, writable: false) {
      return violate(shadow.usesPackedRings ? .packedDev03 : .splitDev03, seen: event.address, expected: 0)
    }
    refuse(event)
  }

  /// An access that nothing permits: names the strongest rule that it breaks. It is rare, and its variables need not be
  /// on the stack of each access.
  @inline(never)
  private mutating func refuse(_ event: Event) {
    if shadow.isQuiet {
      shadow.registers.quietIsBroken = true
      return violate(.resetDev03, seen: event.address, expected: 0)
    }
    guard shadow.permissionsAreKnown else { return suspendAudit(event) }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].ready == false {
      let state = shadow.queues[queue]
      // Who serves one that was never given a size looks for its first entry.
      let size = state.probed ? max(state.size, 1) : state.size
      if state.areas.overlaps(event.address, event.value, size: size)
        || state.ghost.overlaps(event.address, event.value, size: state.ghostSize)
      {
        return violate(ghostClause(queue), seen: event.address, expected: 0)
      }
    }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive && event.kind == .deviceWrite {
      let inside = event.address &- shadow.queues[queue].areas.driver
      if inside < shadow.queues[queue].driverSize {
        return violate(
          shadow.usesPackedRings ? .packedDev17 : .splitDev14, seen: event.address, expected: 0)
      }
      if shadow.usesPackedRings { continue }
      let entry = event.address &- shadow.queues[queue].areas.descriptors
      if entry < SplitRing.descriptorAreaSize(shadow.queues[queue].size) {
        return violate(.splitDev05, seen: event.address, expected: 0)
      }
      if shadow.queues[queue].areas.isBeside(event.address, size: shadow.queues[queue].size) {
        return violate(.splitDev16, seen: event.address, expected: 0)
      }
    }
    if isMovedAway(event) { return violate(.ringresetDev04, seen: event.address, expected: 0) }
    if shadow.usesPackedRings, let clause = packedClause(event) {
      return violate(clause, seen: event.address, expected: 0)
    }
    if isJunk(event.address) { return violate(.indirectDev03, seen: event.address, expected: 0) }
    if let clause = registerClause(event) { return violate(clause, seen: event.address, expected: 0) }
    let isInside = shadow.memory.contains(event.address, event.value)
    violate(isInside ? .rob04 : .rob03, seen: event.address, expected: 0)
  }

  /// What the device may touch is not known, since the driver's faults leave that open.
  ///
  /// ROB-04 forbids what rings and chains do not permit, and they may permit this: there is no occasion for it. What is
  /// suspended is what the text says of buffers, since nobody knows of which direction one is that is here.
  private mutating func suspendAudit(_ event: Event) {
    // It may have used a buffer, too.
    shadow.allow(InterruptStatus.usedBuffer.rawValue)
    shadow.isLost = true
    shadow.isLostBySignal = false
    shadow.disk.forget()
    if !shadow.memory.contains(event.address, event.value) { shadow.mayBeGiven = true }
    if event.kind == .deviceWrite { shadow.hasUnjudgedWrite = true } else { shadow.hasUnjudgedRead = true }
  }

  /// Data is for after DRIVER_OK.
  private mutating func statDev01(_ event: Event) {
    guard !shadow.mayServe else { return }
    violate(.statDev01, seen: event.address, expected: 0)
  }

  /// A device that needs a reset leaves its queues alone. In the action in which it noticed, it may finish.
  private mutating func house08(_ event: Event) {
    guard shadow.needsReset == .confirmed, shadow.profile.declaresHousePolicy else { return }
    violate(.house08, seen: event.address, expected: 0)
  }

  /// A device that was notified of a queue that is off left its memory alone.
  mutating func mmioDev09And10() {
    shadow.anyProbed = false
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].probed {
      shadow.queues[queue].probed = false
      guard shadow.violationsInAction == 0, shadow.queues[queue].size != 0 || shadow.queues[queue].ghostSize != 0
      else { continue }
      let clause = ghostClause(queue)
      // What was touched could have been this queue's.
      if shadow.accesses == 0 || shadow.permissionsAreKnown {
        ledger.satisfy(clause)
      } else {
        ledger.suspend(clause, for: .device)
      }
    }
  }

  /// The work of one action: what every entry of every live queue can ask for, what the bytes of the chains need, and
  /// some more.
  mutating func rob05() {
    guard shadow.permissionsAreKnown, !shadow.anyTruncated else { return rob05OfUnknownChains() }
    var bound = 64
    for queue in 0..<Int(shadow.profile.queueCount) {
      bound += Self.workBound(max(shadow.queues[queue].size, shadow.queues[queue].ghostSize))
    }
    let excess = max(shadow.accesses - bound, 0)
    // Rings are read a number at a time, and no byte of a buffer has to be moved more than a few times.
    let excessBytes = max(shadow.movedBytes - bound * Int(Descriptor.size), 0)
    check(
      .rob05, excess <= shadow.workCredit && excessBytes <= shadow.byteCredit, seen: UInt64(shadow.accesses),
      expected: UInt64(bound))
    shadow.workCredit = max(shadow.workCredit - excess, 0)
    shadow.byteCredit = max(shadow.byteCredit - excessBytes, 0)
  }

  /// How many accesses the entries of a queue can ask for.
  private static func workBound(_ size: UInt32) -> Int {
    let size = Int(min(size, SplitRing.maxSize))
    return size * (16 + 8 * min(size, ChainShadow.maxSegments))
  }

  /// The same where chains cannot be followed: the queues may be as large as there are, and any descriptor may be of all
  /// of RAM. That is far off, but it is a bound.
  private mutating func rob05OfUnknownChains() {
    let bound = 64 + Int(shadow.profile.queueCount) * Self.workBound(shadow.profile.queueNumMax)
    let bytes = Int(min(shadow.profile.memory.regions.reduce(0) { $0 + $1.size }, UInt64(UInt32.max)))
    check(
      .rob05, shadow.accesses <= bound * bytes / 64 && shadow.movedBytes <= bound * bytes,
      seen: UInt64(shadow.accesses), expected: UInt64(bound))
  }
}

import VirtioSpec

// What the driver does in guest memory: MMIO-VQ-04, RESET-DRV-02, SPLIT-DRV-04, -05, -08 and -09, EVENTIDX-DRV.
extension Judge {
  /// The driver writes into the rings of a live queue, whose bytes are the old ones yet. What changes while the device
  /// is at work is an adversary's doing, and is not judged as the driver's.
  mutating func judgeRings(_ address: UInt64, _ bytes: RawSpan) {
    guard shadow.accesses == 0 else { return }
    let count = UInt64(bytes.byteCount)
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].canBeFollowed {
      guard address < shadow.queues[queue].high, address &+ count > shadow.queues[queue].low else { continue }
      let index = shadow.queues[queue].areas.driver &+ SplitRing.availIdx
      let inside = index &- address
      if inside < count, count - inside >= 2 {
        // Sound: the bounds were checked, and any 2 bytes are a number.
        let bits = bytes.unsafeLoadUnaligned(fromByteOffset: Int(inside), as: UInt16.self)
        judgePublished(queue, from: shadow.memory.half(index), to: UInt16(littleEndian: bits))
      }
      if shadow.queues[queue].heldCount > 0 { resetDrv02(queue, address, bytes) }
    }
  }

  /// avail.idx moves.
  private mutating func judgePublished(_ queue: Int, from old: UInt16, to new: UInt16) {
    guard old != new else { return }
    guard UInt32(new &- old) <= shadow.queues[queue].size else { return shadow.blame(.splitDrv04) }
    shadow.praise(.splitDrv04)
    guard shadow.isRunning == true, let features = shadow.features, !shadow.isStalled else {
      if shadow.queues[queue].notice == .none { shadow.queues[queue].notice = .allowed }
      return
    }
    let area = shadow.queues[queue].areas.device
    let isDue: Bool
    if features.contains(.eventIdx) {
      let event = shadow.memory.half(area &+ SplitRing.availEvent(shadow.queues[queue].size))
      isDue = new &- event &- 1 < new &- old
    } else {
      isDue = shadow.memory.half(area &+ SplitRing.usedFlags) & SplitRing.usedNoNotify == 0
    }
    guard isDue, shadow.queues[queue].notice != .owed else { return }
    shadow.queues[queue].notice = .owed
    shadow.queues[queue].noticeStep = shadow.step
  }

  /// The driver notifies the device, which has not acted yet.
  mutating func judgeNotification(_ value: UInt32) {
    guard shadow.isRunning == true, let features = shadow.features else { return }
    let usesData = features.contains(.notificationData)
    let number = usesData ? value & 0xffff : value
    guard number < shadow.profile.queueCount else { return }
    let queue = Int(number)
    guard shadow.queues[queue].canBeFollowed, !shadow.driver.isOver else { return }
    if usesData { judgeNotificationData(queue, UInt16(value >> 16)) }
    guard !shadow.usesPackedRings else { return }
    let flags = shadow.memory.half(shadow.queues[queue].areas.driver &+ SplitRing.availFlags)
    let notice = shadow.queues[queue].notice
    shadow.queues[queue].notice = .none
    if features.contains(.eventIdx) {
      shadow.driver.judge(.eventidxDrv01, flags == 0, &shadow.ledger)
      if notice == .owed { shadow.praise(.eventidxDrv03) }
      if notice != .allowed { shadow.driver.judge(.eventidxDrv04, notice == .owed, &shadow.ledger) }
    } else {
      shadow.driver.judge(.splitDrv05, flags & ~SplitRing.availNoInterrupt == 0, &shadow.ledger)
      if notice == .owed { shadow.praise(.splitDrv09) }
    }
  }

  /// The driver is done, and has not notified the device of what it published last.
  mutating func judgeMissingNotification(_ queue: Int) {
    guard shadow.queues[queue].notice == .owed, shadow.queues[queue].canBeFollowed, shadow.isRunning == true,
      let features = shadow.features
    else { return }
    let clause = features.contains(.eventIdx) ? ClauseID.eventidxDrv03 : .splitDrv09
    ledger.blame(clause, inStep: shadow.queues[queue].noticeStep)
  }

  /// The descriptors of a chain that the device holds stay as they are.
  private mutating func resetDrv02(_ queue: Int, _ address: UInt64, _ bytes: RawSpan) {
    let table = shadow.queues[queue].areas.descriptors
    let end = min(address &+ UInt64(bytes.byteCount), table &+ shadow.queues[queue].descriptorsSize)
    var place = max(address, table)
    guard place < end else { return }
    var isKept = true
    while place < end {
      let entry = Int((place - table) / Descriptor.size)
      let next = min(table + UInt64(entry + 1) * Descriptor.size, end)
      if shadow.isHeld(entry, ofQueue: queue),
        shadow.memory.differs(bytes.extracting(Int(place - address)..<Int(next - address)), at: place)
      {
        isKept = false
      }
      place = next
    }
    shadow.driver.judge(.resetDrv02, isKept, &shadow.ledger)
    // A device that looks there once more may see the chain that it has already, or another one.
    if !isKept && !shadow.profile.declaresHousePolicy { shadow.loseRings() }
  }

  /// The driver writes memory whose bytes are the old ones yet, while a device without a written policy holds chains: it may
  /// read their tables again, and go by what is there now.
  mutating func loseTables(_ address: UInt64, _ bytes: RawSpan) {
    guard shadow.accesses == 0 else { return }
    for index in 0..<shadow.chainsEnd where shadow.chains[index].isOpen && shadow.chains[index].isIndirect {
      let table = shadow.chains[index].table
      let end = min(
        address &+ UInt64(bytes.byteCount), table &+ UInt64(shadow.chains[index].tableSize) &* Descriptor.size)
      let start = max(address, table)
      guard start < end,
        shadow.memory.differs(bytes.extracting(Int(start - address)..<Int(end - address)), at: start)
      else { continue }
      return shadow.loseRings()
    }
  }
}

extension Shadow {
  /// A queue starts: what the device will count on is zero.
  mutating func judgeFreshRings(_ queue: Int) {
    let area = queues[queue].areas.device
    let isQuiet = memory.half(area &+ SplitRing.usedFlags) == 0
    let isZero = memory.half(area &+ SplitRing.usedIdx) == 0
    driver.judge(.splitDrv08, isQuiet, &ledger)
    driver.judge(.mmioVq04, isQuiet && isZero, &ledger)
  }
}

import VirtioSpec

// Used buffer notifications: whether one is due, and whether it came. SPLIT-DEV-17 to -19 and -21, EVENTIDX-DEV-01 to -03.
extension Judge {
  /// Used elements from `old` to before `new` became visible: whether the driver has to be notified (sections 2.7.7 and
  /// 2.7.10).
  mutating func oweNotification(_ queue: Int, from old: UInt16, to new: UInt16) {
    let bit = InterruptStatus.usedBuffer.rawValue
    let isFirst = shadow.possible & bit == 0
    shadow.allow(bit)
    guard let features = shadow.features, !shadow.queues[queue].suppressionRaced else {
      shadow.needless = nil
      return ledger.suspend(.mmioDev03, for: shadow.features == nil ? .device : .access)
    }
    let area = shadow.queues[queue].areas.driver
    let event = shadow.memory.half(area &+ SplitRing.usedEvent(shadow.queues[queue].size))
    let crosses = new &- event &- 1 < new &- old
    let isQuiet = shadow.memory.half(area &+ SplitRing.availFlags) & SplitRing.availNoInterrupt != 0
    let usesEvent = features.contains(.eventIdx)
    guard usesEvent ? crosses : !isQuiet else {
      if features.contains(.notifyOnEmpty) { return oweOnEmpty(queue, isFirst) }
      // A bit that is pending anyway says nothing.
      if isFirst { shadow.needless = usesEvent ? .eventidxDev03 : .splitDev19 }
      return
    }
    shadow.needless = nil
    if shadow.due & bit == 0 {
      // The word that does not count says the opposite: what is judged is that it is ignored.
      shadow.dueClause =
        usesEvent ? (isQuiet ? .eventidxDev01 : .eventidxDev02) : (crosses ? .splitDev18 : .splitDev17)
      // A line that is up already does not say what for.
      shadow.isNewlyDue = isFirst || !shadow.line
    }
    shadow.owe(bit)
  }

  /// The line is up for a used buffer: its notification came.
  mutating func noteNotification() {
    guard shadow.isNewlyDue else { return }
    shadow.isNewlyDue = false
    ledger.satisfy(shadow.dueClause)
  }

  /// No used buffer notification was due, though there were used buffers: whether one came.
  mutating func judgeNeedless(came: Bool) {
    guard let clause = shadow.needless else { return }
    shadow.needless = nil
    guard !shadow.hasGivenUp else { return }
    // Other chains may have been used in rings that cannot be followed, or DEVICE_NEEDS_RESET was set.
    guard shadow.isRunning == true, shadow.permissionsAreKnown, !shadow.deviceMayHaveGivenUp else {
      return ledger.suspend(clause, for: .device)
    }
    guard came, shadow.usesPackedRings else { return check(clause, !came, seen: came ? 1 : 0, expected: 0) }
    // Of packed rings only prose says so (A21).
    violate(clause, seen: 1, expected: 0, severity: .warning)
  }

  /// The line rose before there was anything to tell, and now there is: the index comes before the interrupt.
  mutating func lineCameFirst() {
    guard shadow.lineRoseEarly else { return }
    shadow.lineRoseEarly = false
    guard shadow.permissionsAreKnown, shadow.needsReset == .no, !shadow.deviceMayHaveGivenUp else { return }
    violate(.mmioDev05, seen: UInt64(InterruptStatus.usedBuffer.rawValue), expected: 0)
  }

  /// Status was read behind notifications of queues without anything new: the device has coped with them.
  mutating func splitDev21(_ status: UInt32) {
    guard shadow.wasNotifiedNeedlessly else { return }
    shadow.wasNotifiedNeedlessly = false
    // Over what it holds a device may give up, unless its policy says otherwise.
    guard !shadow.hasGivenUp, shadow.profile.declaresHousePolicy || shadow.chainsEnd == 0 else { return }
    let needsReset = status & DeviceStatus.deviceNeedsReset.rawValue != 0
    guard shadow.isRunning == true, shadow.permissionsAreKnown, !shadow.causeIsUnknown, !shadow.isInsideChain,
      !shadow.registers.mayNeedReset
    else {
      return shadow.usesPackedRings ? () : ledger.suspend(.splitDev21, for: .device)
    }
    if !shadow.usesPackedRings {
      check(.splitDev21, !needsReset, seen: UInt64(status), expected: UInt64(status & 0xbf))
    }
    judgeRepeatedNotification(status)
  }
}

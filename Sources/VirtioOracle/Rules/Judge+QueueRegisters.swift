import VirtioSpec

// QueueReady and QueueReset: MMIO-DEV-07, -11 to -16, MMIO-REG-19, HOUSE-07.
extension Judge {
  /// A reset turns every queue off.
  mutating func mmioDev07(_ value: UInt32) {
    guard shadow.queueSel != nil else { return ledger.suspend(.mmioDev07, for: .access) }
    guard let queue = shadow.selectedQueue, shadow.queues[queue].readyAtReset else { return }
    check(.mmioDev07, value == 0, seen: UInt64(value), expected: 0)
    // Reported once.
    shadow.queues[queue].readyAtReset = false
  }

  /// QueueReady reads what was written: 0 or 1, for a queue that exists.
  mutating func mmioReg19(_ value: UInt32) {
    guard shadow.queueSel != nil else { return ledger.suspend(.mmioReg19, for: .access) }
    guard let queue = shadow.selectedQueue else { return }
    guard let ready = shadow.queues[queue].ready else {
      // Where no rule was broken, it is the text that leaves it open.
      if ledger.driverFault != nil { ledger.suspend(.mmioReg19, for: .queue) }
      return
    }
    guard shadow.features != nil || !ready else { return ledger.suspend(.mmioReg19, for: .queue) }
    let isRight = value == (ready ? 1 : 0)
    if isRight {
      ledger.satisfy(.mmioReg19)
      mmioReg13And14(queue, value)
    } else if !shadow.isQuiet {
      violate(readyClause(queue, value), seen: UInt64(value), expected: ready ? 1 : 0)
    } else if shadow.violationsInAction == 0 {
      // Behind a reset, whatever is ready was not turned off by it; this read may just have shown that.
      violate(.mmioDev07, seen: UInt64(value), expected: 0)
    }
    shadow.queues[queue].ready = value == 1
  }

  /// A queue that cannot be used does not become ready.
  mutating func house07(_ value: UInt32) {
    guard shadow.profile.declaresHousePolicy, shadow.needsReset == .expected, shadow.needsResetClause == .house07,
      let queue = shadow.selectedQueue, shadow.queues[queue].ready == false
    else { return }
    check(.house07, value == 0, seen: UInt64(value), expected: 0)
  }

  private var ringResetIsAccepted: Bool { shadow.features?.contains(.ringReset) == true }

  mutating func mmioDev11(_ value: UInt32) {
    guard shadow.isQuiet, shadow.selectedQueue != nil, shadow.registers.hadRingReset else { return }
    check(.mmioDev11, value == 0, seen: UInt64(value), expected: 0)
  }

  mutating func mmioDev12(_ value: UInt32) {
    // Which queue is asked, or whether the feature was accepted, is not known.
    guard shadow.queueSel != nil, shadow.features != nil || !shadow.driverOKIsWritten else {
      return ledger.suspend(.mmioDev12, for: shadow.queueSel == nil ? .access : .device)
    }
    guard ringResetIsAccepted, let queue = shadow.selectedQueue, shadow.queues[queue].ready == true else { return }
    check(.mmioDev12, value == 0, seen: UInt64(value), expected: 0)
  }

  /// A queue was reset, and whether it is the one that is asked is not known.
  private var isUnknownReset: Bool { shadow.anyQueueReset && shadow.queueSel == nil }

  /// Writing 1 to QueueReset resets the queue: it is off when that is over.
  mutating func mmioDev13(_ value: UInt32) {
    guard !isUnknownReset else { return ledger.suspend(.mmioDev13, for: .access) }
    guard let queue = shadow.selectedQueue, shadow.queues[queue].reset == .done else { return }
    check(.mmioDev13, value == 0, seen: UInt64(value), expected: 0)
  }

  /// Behind all rules about a reset: a queue that is on after all goes on with what it had.
  mutating func noteQueueReady(_ value: UInt32) {
    guard value != 0, !isUnknownReset, let queue = shadow.selectedQueue, shadow.queues[queue].reset == .done else {
      return
    }
    shadow.loseReset(of: queue)
  }

  /// QueueReset reads 1 until the reset is over, and never again after it has read 0.
  mutating func mmioDev14(_ value: UInt32) {
    guard shadow.queueSel != nil, shadow.features != nil || !shadow.driverOKIsWritten else {
      return ledger.suspend(.mmioDev14, for: shadow.queueSel == nil ? .access : .device)
    }
    guard let queue = shadow.selectedQueue else { return }
    switch shadow.queues[queue].reset {
    case .none: break
    case .asked: check(.mmioDev14, value <= 1, seen: UInt64(value), expected: 0)
    case .done: check(.mmioDev14, value == 0, seen: UInt64(value), expected: 0)
    }
  }

  /// How many polls with a backend that goes on a queue reset may take.
  private static var resetDeadline: Int { 8 }

  mutating func mmioDev15(_ value: UInt32) {
    guard !isUnknownReset else { return ledger.suspend(.mmioDev15, for: .access) }
    guard let queue = shadow.selectedQueue, shadow.queues[queue].reset == .asked else { return }
    guard value == 0 || shadow.queues[queue].pollsSinceReset > Self.resetDeadline else { return }
    check(.mmioDev15, value == 0, seen: UInt64(value), expected: 0)
  }

  mutating func mmioDev16(_ value: UInt32) {
    guard !isUnknownReset else { return ledger.suspend(.mmioDev16, for: .access) }
    guard let queue = shadow.selectedQueue, shadow.queues[queue].reset == .done else { return }
    check(.mmioDev16, value == 0, seen: UInt64(value), expected: 0)
  }

  /// QueueReset has read 0: what the queue permitted is over.
  mutating func noteQueueReset(_ value: UInt32) {
    guard value == 0, let queue = shadow.selectedQueue, shadow.queues[queue].reset == .asked else { return }
    shadow.stop(queue)
    shadow.queues[queue].reset = .done
  }
}

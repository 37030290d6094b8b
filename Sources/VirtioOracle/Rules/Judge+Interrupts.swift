import VirtioSpec

// InterruptStatus and the line: MMIO-DEV-03 to -06, MMIO-NOTIF-03, RESET-DEV-02, STAT-DEV-02.
extension Judge {
  mutating func readInterruptStatus(_ value: UInt32) {
    // Some of it may be reset already.
    guard !shadow.resetIsPending else { return }
    mmioNotif03And04(value)
    mmioReg24(value)
    mmioDev06(value)
    resetDev02(value)
    statDev02(value)
    if !shadow.isQuiet { judgeNeedless(came: value & InterruptStatus.usedBuffer.rawValue != 0) }
    mmioDev03And04(value)
    mmioDev05(value)
    shadow.shown |= value & shadow.due
    shadow.registers.unread = 0
  }

  /// Bits of events that took place must read 1: from the moment on (03), and until they are acknowledged (04).
  private mutating func mmioDev03And04(_ value: UInt32) {
    guard shadow.due != 0 else { return }
    let fresh = value & shadow.due & shadow.registers.unread
    if fresh != 0 {
      ledger.satisfy(.mmioDev03)
      if fresh & InterruptStatus.configurationChange.rawValue != 0 {
        ledger.satisfy(shadow.needsReset == .no ? .cfgDev04 : .statDev04)
        if shadow.needsReset == .no && shadow.configEventIsAdvice { ledger.satisfy(.blkDev11) }
      }
    }
    let missing = shadow.due & ~value
    if shadow.shown & shadow.due != 0 {
      check(.mmioDev04, missing & shadow.shown == 0, seen: UInt64(value), expected: UInt64(value | shadow.due))
    }
    let new = shadow.due & ~shadow.shown
    guard new != 0 else { return }
    let isConfigOnly = missing & new == InterruptStatus.configurationChange.rawValue
    if isConfigOnly && shadow.needsReset == .expected {
      // Whether it gave up at all is what Status says.
      shadow.giveUpIsUntold = true
      return
    } else if isConfigOnly && shadow.needsReset != .no {
      check(.statDev04, false, seen: UInt64(value), expected: UInt64(value | new))
    } else if isConfigOnly && shadow.configEventIsAdvice {
      violate(.cfgDev04, seen: UInt64(value), expected: UInt64(value | new), severity: .warning)
      violate(.blkDev11, seen: UInt64(value), expected: UInt64(value | new))
    } else if missing & new != 0 {
      violate(.mmioDev03, seen: UInt64(value), expected: UInt64(value | new))
    }
    // What is missing was reported once.
    shadow.due &= ~missing
  }

  /// Bits without an event read 0. Bit 1 alone may still be explained by DEVICE_NEEDS_RESET in the next Status.
  private mutating func mmioDev05(_ value: UInt32) {
    guard !shadow.isQuiet else { return }
    var extra = value & ~shadow.possible
    if extra == InterruptStatus.configurationChange.rawValue {
      // Before DRIVER_OK nothing is said of it.
      if shadow.driverOKIsWritten { shadow.waitForExplanation() }
      extra = 0
    }
    let isOfResetQueue = extra == InterruptStatus.usedBuffer.rawValue && anyQueueIsReset
    check(
      isOfResetQueue ? .ringresetDev02 : .mmioDev05, extra == 0, seen: UInt64(value),
      expected: UInt64(value & shadow.possible))
    creditQuietQueue(value)
  }

  /// After a reset nothing is pending that was pending before.
  private mutating func mmioDev06(_ value: UInt32) {
    guard shadow.isQuiet, shadow.pendingAtReset != 0 else { return }
    let kept = value & shadow.pendingAtReset
    check(.mmioDev06, kept == 0, seen: UInt64(value), expected: 0)
    shadow.pendingAtReset = 0
  }

  /// Between a reset and a new initialization there is no event at all.
  private mutating func resetDev02(_ value: UInt32) {
    guard shadow.isQuiet, shadow.pendingAtReset == 0 || value & shadow.pendingAtReset == 0 else { return }
    check(.resetDev02, value == 0, seen: UInt64(value), expected: 0)
  }

  private mutating func statDev02(_ value: UInt32) {
    guard !shadow.mayServe, !shadow.isQuiet else { return }
    check(
      .statDev02, value & InterruptStatus.usedBuffer.rawValue == 0, seen: UInt64(value),
      expected: UInt64(value & ~InterruptStatus.usedBuffer.rawValue))
  }

  /// The line is active exactly while a bit is set: looked at when the device has returned.
  mutating func mmioNotif03() {
    defer { shadow.registers.sharesLine = false }
    guard !shadow.isQuiet else { return quietLine() }
    guard !shadow.resetIsPending else { return }
    if shadow.due != 0 {
      if shadow.line {
        ledger.satisfy(shadow.registers.sharesLine ? .mmioNotif05 : .mmioNotif03)
        // With two bits due, the line says of neither that it is there.
        if shadow.due & (shadow.due - 1) == 0 {
          shadow.signalled |= shadow.due
          if shadow.due == InterruptStatus.usedBuffer.rawValue { noteNotification() }
          blkDev11()
        }
      } else if shadow.configEventIsAdvice && shadow.due == InterruptStatus.configurationChange.rawValue {
        return
      } else if shadow.needsReset != .no && shadow.due == InterruptStatus.configurationChange.rawValue {
        // STAT-DEV-04 is judged where Status or InterruptStatus is read.
        return
      } else if (shadow.shown | shadow.signalled) & shadow.due == 0 {
        // Nothing was sent where the event took place, whatever InterruptStatus would say.
        let isUsedBuffer = shadow.due & InterruptStatus.usedBuffer.rawValue != 0
        violate(isUsedBuffer ? shadow.dueClause : .mmioDev03, seen: 0, expected: UInt64(shadow.due))
        shadow.due = 0
      } else {
        violate(shadow.registers.sharesLine ? .mmioNotif05 : .mmioNotif03, seen: 0, expected: 1)
        shadow.due = 0
      }
    } else if shadow.possible == 0 && shadow.line {
      // Before DRIVER_OK, InterruptStatus will say whether STAT-DEV-02 is broken.
      if shadow.driverOKIsWritten && shadow.violationsInAction == 0 { shadow.waitForExplanation() }
    } else if !shadow.line {
      ledger.satisfy(.mmioNotif04)
      judgeNeedless(came: false)
    } else if shadow.possible == InterruptStatus.usedBuffer.rawValue {
      judgeNeedless(came: true)
    }
  }

  private mutating func quietLine() {
    guard !shadow.resetIsUnread, !shadow.lineIsLost else { return }
    check(.resetDev02, !shadow.line, seen: shadow.line ? 1 : 0, expected: 0)
  }

  /// A reset lets go of the line (MMIO-DEV-06 is observed on it, too).
  mutating func lineAfterReset() {
    guard shadow.pendingAtReset != 0, !shadow.lineIsLost else { return }
    check(.mmioDev06, !shadow.line, seen: shadow.line ? 1 : 0, expected: 0)
  }
}

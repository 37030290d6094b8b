import VirtioSpec

// InterruptStatus beside InterruptACK and the line: MMIO-REG-24, MMIO-NOTIF-03 to -05.
extension Judge {
  static let lineRules: [ClauseID] = [.mmioReg24, .mmioNotif05]

  /// The line is active while a bit is set, and only then: both are known where InterruptStatus is read.
  mutating func mmioNotif03And04(_ value: UInt32) {
    guard shadow.mayServe, !shadow.isQuiet, !shadow.lineIsInQuestion, !shadow.lineIsLost else { return }
    let isSet = value & InterruptStatus.defined.rawValue != 0
    guard isSet || shadow.profile.freedoms.interrupt == .level else { return }
    check(
      isSet ? .mmioNotif03 : .mmioNotif04, shadow.line == isSet, seen: shadow.line ? 1 : 0, expected: isSet ? 1 : 0)
    guard shadow.line != isSet else { return }
    // Reported once.
    shadow.line = isSet
    shadow.lineIsLost = true
    shadow.unexplained = false
  }

  /// What was acknowledged reads 0, until it takes place again.
  mutating func mmioReg24(_ value: UInt32) {
    let settled = shadow.registers.acknowledged & ~shadow.possible
    guard settled != 0 else { return }
    shadow.registers.acknowledged &= ~settled
    let kept = value & settled
    guard kept != 0 else { return ledger.satisfy(.mmioReg24) }
    guard kept & InterruptStatus.usedBuffer.rawValue != 0 else {
      // It is a new one, if the device needs a reset: MMIO-DEV-05 waits for Status to say so.
      shadow.registers.keepsConfiguration = true
      return
    }
    // It came back with another event, as some devices have it (A3): that is not what was acknowledged.
    if value & ~settled & InterruptStatus.defined.rawValue & ~shadow.shown != 0 { return }
    violate(.mmioReg24, seen: UInt64(value), expected: UInt64(value & ~kept))
    shadow.possible |= kept
  }

  /// The rule that a configuration change without an event breaks.
  var spuriousClause: ClauseID { shadow.registers.keepsConfiguration ? .mmioReg24 : .mmioDev05 }
}

import VirtioSpec

// MMIO-REG and MMIO-DEV: registers that say what the device is.
extension Judge {
  mutating func mmioDev01(_ value: UInt32) {
    check(.mmioDev01, value == Register.magic, seen: UInt64(value), expected: UInt64(Register.magic))
  }

  mutating func mmioDev02(_ value: UInt32) {
    let expected = shadow.profile.transport.rawValue
    check(shadow.isLegacy ? .mmioLeg02 : .mmioDev02, value == expected, seen: UInt64(value), expected: UInt64(expected))
  }

  mutating func mmioReg03(_ value: UInt32) {
    let expected = shadow.profile.deviceType.rawValue
    check(.mmioReg03, value == expected, seen: UInt64(value), expected: UInt64(expected))
  }

  /// What a selector shows that was not written since the last reset is unknown (A11): of a driver that never wrote one
  /// it is the fault (MMIO-DRV-14).
  mutating func mmioReg06(_ value: UInt32) {
    guard let selector = shadow.deviceFeaturesSel else {
      if !shadow.driver.everSelectedOffer { ledger.suspend(.mmioReg06, for: .access) }
      return
    }
    judgeOffer(value)
    let expected = shadow.profile.offeredFeatures.word(selector)
    guard value == expected else {
      return violate(offerClause(selector, value), seen: UInt64(value), expected: UInt64(expected))
    }
    ledger.satisfy(selector < 2 ? .mmioReg06 : .mmioReg07)
    mmioReg08And12(selector, value)
  }

  mutating func readQueueNumMax(_ value: UInt32) {
    // Of a legacy queue in use it may be anything (MMIO-LEG-14).
    if shadow.isLegacy, let queue = shadow.selectedQueue, shadow.queues[queue].ready != false { return }
    // Nothing more is said of one that is not there.
    if value == 0, let selector = shadow.queueSel, shadow.mayBeMissing(selector) { return }
    mmioReg16(value)
    splitDev15(value)
    judgeQueueCount(value)
  }

  /// Selectors above 16 bits name no virtqueue, and are not judged (A6).
  mutating func mmioReg16(_ value: UInt32) {
    guard let selector = shadow.queueSel else { return ledger.suspend(.mmioReg16, for: .access) }
    if selector < shadow.profile.queueCount {
      let expected = shadow.profile.queueNumMax
      let isShown = shadow.registers.selectionIsShown
      check(
        isShown ? .mmioReg13 : .mmioReg15, value == expected, seen: UInt64(value), expected: UInt64(expected))
      if isShown && value == expected { ledger.satisfy(.mmioReg15) }
    } else if selector <= UInt32(UInt16.max) {
      check(.mmioReg16, value == 0, seen: UInt64(value), expected: 0)
    }
  }

  /// A split ring has no more entries than its indices can tell apart, and a packed one no more than an offset has bits
  /// for.
  mutating func splitDev15(_ value: UInt32) {
    guard shadow.queueSel != nil else { return ledger.suspend(.splitDev15, for: .access) }
    let clause: ClauseID = shadow.usesPackedRings ? .packedDev19 : .splitDev15
    check(clause, value <= SplitRing.maxSize, seen: UInt64(value), expected: UInt64(SplitRing.maxSize))
  }

  /// A slot without a device says what it is, and nothing else of it is judged (A26).
  mutating func readPlaceholder(_ register: Register?, _ event: Event) {
    guard event.detail == UInt8(Register.width) else { return }
    let value = UInt32(truncatingIfNeeded: event.value)
    switch register {
    case .magicValue: mmioDev01(value)
    case .version: mmioDev02(value)
    case .deviceID: check(.mmioReg04, value == 0, seen: event.value, expected: 0)
    default: break
    }
  }
}

import VirtioSpec

// What the driver reads and writes, register by register: MMIO-DRV-14, -15, -21 and -22, MMIO-NOTIF-01 and -06,
// INIT-DRV-02, -04 and -07.
extension DriverShadow {
  mutating func read(_ register: Register, _ value: UInt32?, _ ledger: inout Ledger) {
    switch register {
    case .deviceFeatures:
      judge(.initDrv02, has(.acknowledge) && has(.driver), &ledger)
      // What was selected only before the last reset is no fault, and no merit.
      if offerSelector != nil || !everSelectedOffer { judge(.mmioDrv14, offerSelector != nil, &ledger) }
    case .queueNumMax, .queuePFN, .queueReady, .queueReset: readQueue(register, value, &ledger)
    case .interruptStatus: readInterruptStatus(value, &ledger)
    case .status: readStatus(value, &ledger)
    case .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh: useSharedMemory(&ledger)
    default: break
    }
  }

  mutating func write(_ register: Register, _ value: UInt32, _ ledger: inout Ledger) {
    switch register {
    case .deviceFeaturesSel:
      offerSelector = value
      everSelectedOffer = true
    case .driverFeaturesSel:
      acceptanceSelector = value
      everSelectedAcceptance = true
    case .driverFeatures: writeFeatures(value, &ledger)
    case .guestPageSize: writePageSize(value, &ledger)
    case .queueSel: selector = value
    case .queueNum, .queueAlign, .queuePFN, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh,
      .queueDeviceLow, .queueDeviceHigh, .queueReady, .queueReset:
      writeQueue(register, value, &ledger)
    case .queueNotify: notify(value, &ledger)
    case .interruptACK: acknowledge(value, &ledger)
    case .status: writeStatus(value, &ledger)
    case .shmSel: useSharedMemory(&ledger)
    default: break
    }
  }

  /// Counts a rule that there was an occasion for.
  @inline(__always)
  func judge(_ clause: ClauseID, _ holds: Bool, _ ledger: inout Ledger) {
    if holds { ledger.satisfy(clause) } else { ledger.blame(clause) }
  }

  private mutating func writeFeatures(_ value: UInt32, _ ledger: inout Ledger) {
    if acceptanceSelector != nil || !everSelectedAcceptance {
      judge(.mmioDrv15, acceptanceSelector != nil, &ledger)
    }
    guard let acceptanceSelector else {
      acceptanceIsUnknown = true
      return
    }
    if isLegacy, let offered = facts.offered, value & ~offered.word(acceptanceSelector) != 0 {
      // It holds at once: nobody has to wait for what comes behind it.
      ledger.blame(.featDrv01)
    }
    guard !featuresAreSettled else {
      // The same or fewer bits accept nothing new.
      let more = value & ~accepted.word(acceptanceSelector)
      // What becomes of fewer is only left open where there is no FEATURES_OK.
      if (more != 0 || isLegacy && value != accepted.word(acceptanceSelector)) && !acceptanceIsUnknown {
        acceptsLate = true
        ledger.blame(.initDrv04)
      }
      return
    }
    if acceptanceSelector >= FeatureBits.wordCount {
      if value != 0 { acceptsBeyond = true }
    } else {
      accepted = accepted.replacingWord(acceptanceSelector, with: value)
    }
  }

  /// The driver is past the step in which features are negotiated. On the legacy interface nothing ends that before the
  /// device is at work: there are drivers that set up their queues first (section 3.1.2).
  private var featuresAreSettled: Bool { isLegacy ? has(.driverOK) || hasNotified : has(.featuresOK) }

  private mutating func notify(_ value: UInt32, _ ledger: inout Ledger) {
    hasNotified = true
    // On the legacy interface a driver may begin before (LEG-06).
    if !isLegacy { judge(.initDrv07, has(.driverOK), &ledger) }
    guard !accepted.contains(.notificationData) else {
      if let queueCount = facts.queueCount, value & 0xffff >= queueCount { ledger.blame(.mmioNotif02) }
      return
    }
    if let queueCount = facts.queueCount {
      judge(.mmioNotif01, value < queueCount, &ledger)
    } else if value > UInt32(UInt16.max) {
      ledger.blame(.mmioNotif01)
    } else if value < UInt32(queues.count), queues[Int(value)].wasReady {
      ledger.satisfy(.mmioNotif01)
    }
  }

  /// The interrupt line has a new level.
  mutating func interrupt(_ level: Bool) {
    if level && (!line || facts.hasEdges) { causeIsRead = false }
    line = level
  }

  private mutating func readInterruptStatus(_ value: UInt32?, _ ledger: inout Ledger) {
    if line && !causeIsRead {
      causeIsRead = true
      ledger.satisfy(.mmioNotif06)
    }
    if let value {
      handled |= value & InterruptStatus.defined.rawValue
    } else if line {
      handledIsUnknown = true
    }
  }

  private mutating func acknowledge(_ value: UInt32, _ ledger: inout Ledger) {
    judge(.mmioDrv22, value & ~InterruptStatus.defined.rawValue == 0, &ledger)
    if line && !causeIsRead {
      causeIsRead = true
      ledger.blame(.mmioNotif06)
    }
    let wasOwed = handled != 0 || handledIsUnknown
    handled &= ~value
    if value != 0 { handledIsUnknown = false }
    if wasOwed && handled == 0 && !handledIsUnknown { ledger.satisfy(.mmioDrv21) }
  }

  /// No device type that is known here has shared memory: its driver expects none.
  private mutating func useSharedMemory(_ ledger: inout Ledger) {
    guard let type = facts.deviceType, ConfigField.isKnown(for: type), !facts.hasSharedMemory else { return }
    touchesSharedMemory = true
    ledger.blame(.mmioInit05)
  }
}

import VirtioSpec

// Status, and what a driver has to do before it goes on: STAT-DRV, FEAT-DRV, INIT-DRV, RESET-DRV-01.
extension DriverShadow {
  mutating func readStatus(_ value: UInt32?, _ ledger: inout Ledger) {
    // Whether a read of a trace showed 0 is not known.
    if resetIsUnread && value ?? 0 == 0 {
      resetIsUnread = false
      ledger.satisfy(.resetDrv01)
      if facts.resetTakesTime { forgetWhatResetClears() }
    }
    if value.map({ $0 & DeviceStatus.deviceNeedsReset.rawValue != 0 }) ?? true { sawNeedsReset = true }
    guard has(.featuresOK), negotiation == .asked || negotiation == .refused else { return }
    negotiation = value.map { $0 & DeviceStatus.featuresOK.rawValue != 0 ? .confirmed : .refused } ?? .assumed
    isJudgedToProceed = false
  }

  mutating func writeStatus(_ value: UInt32, _ ledger: inout Ledger) {
    praiseAccesses(&ledger)
    if !statusIsWritten {
      statusIsWritten = true
      judge(.initDrv01, value == 0, &ledger)
    }
    guard value != 0 else { return reset(&ledger) }
    if resetIsUnread {
      resetIsUnread = false
      ledger.blame(.resetDrv01)
    }
    judge(.statDrv02, status & ~value & ~(movedByDevice | leftOut(value)) == 0, &ledger)
    judge(.statDrv01, follows(value), &ledger)
    let added = DeviceStatus(rawValue: value & ~status)
    if has(.failed), !added.isDisjoint(with: [.acknowledge, .driver, .featuresOK, .driverOK]) {
      ledger.blame(.statDrv03)
    }
    if added.contains(.featuresOK), !isLegacy {
      negotiation = .asked
      isJudgedToProceed = false
      judgeFeatures(&ledger)
    }
    if added.contains(.driverOK) {
      if isLegacy { judgeFeatures(&ledger) }
      judgeStart(&ledger)
    }
    if added.contains(.failed) {
      if negotiation == .refused && !hasProceeded { ledger.satisfy(.initDrv08) }
      gaveUpOnFeatures = has(.driver) && !has(isLegacy ? .driverOK : .featuresOK)
      isJudgedToProceed = false
      hasProceeded = false
    }
    status |= value
  }

  /// Bits that change by themselves, so that a driver may lack them in what it writes.
  private var movedByDevice: UInt32 {
    var bits = DeviceStatus.deviceNeedsReset.rawValue
    if canSuspend { bits |= DeviceStatus([.suspend, .driverOK]).rawValue }
    return bits
  }

  /// FEATURES_OK, if the device has left it out: who adds a bit to what it read writes a value without it. A driver that
  /// gives up at once has seen that.
  func leftOut(_ value: UInt32) -> UInt32 {
    let isRefused = negotiation == .refused || negotiation == .assumed && value & DeviceStatus.failed.rawValue != 0
    return isRefused ? DeviceStatus.featuresOK.rawValue : 0
  }

  private var canSuspend: Bool { facts.specification.hasSuspend && accepted.contains(.suspend) }

  /// Whether a value sets the bits of at most one more step: ACKNOWLEDGE, DRIVER, FEATURES_OK, DRIVER_OK.
  private func follows(_ value: UInt32) -> Bool {
    var others = DeviceStatus.failed.rawValue
    // A driver that adds a bit to what it read writes this one with it.
    if sawNeedsReset { others |= DeviceStatus.deviceNeedsReset.rawValue }
    if canSuspend { others |= DeviceStatus.suspend.rawValue }
    let after = (value | status) & 0xf
    guard value & ~0xf & ~others == 0, let new = steps(after), let old = steps(status & 0xf) else { return false }
    return new <= old + 1
  }

  /// How many steps of initialization the low four bits of Status stand for; nil if they are not in order.
  private func steps(_ bits: UInt32) -> Int? {
    switch bits {
    case 0: 0
    case 1: 1
    case 3: 2
    // There is no FEATURES_OK on the legacy interface.
    case 7 where isLegacy: 3
    case 8... where isLegacy: nil
    case 11: 3
    case 15: 4
    default: nil
    }
  }

  /// FEATURES_OK is written: the driver accepts what it wrote up to here.
  private func judgeFeatures(_ ledger: inout Ledger) {
    if !writesConfigEarly && has(.driver) && !isLegacy { ledger.satisfy(.initDrv03) }
    guard !acceptanceIsUnknown else { return }
    if let offered = facts.offered {
      judge(.featDrv01, !acceptsBeyond && accepted.isSubset(of: offered), &ledger)
      if offered.contains(.ringPacked) { judge(.featDrv07, accepted.contains(.ringPacked), &ledger) }
    }
    judge(.featDrv03, !acceptsBeyond && accepted.isDisjoint(with: foreignFeatures), &ledger)
    if facts.deviceType == .network {
      judge(.featDrv02, FeatureRequirement.ofNetwork.allSatisfy { $0.holds(in: accepted) }, &ledger)
    }
    // A device that is not legacy has to offer it.
    if facts.offered?.contains(.version1) ?? !isLegacy { judge(.featDrv06, accepted.contains(.version1), &ledger) }
  }

  /// DRIVER_OK is written.
  private mutating func judgeStart(_ ledger: inout Ledger) {
    proceed(&ledger)
    if !acceptsLate { ledger.satisfy(.initDrv04) }
    if !touchesSharedMemory, facts.deviceType != nil, !isLegacy { ledger.satisfy(.mmioInit05) }
  }

  /// The driver goes on with a step behind FEATURES_OK.
  mutating func proceed(_ ledger: inout Ledger) {
    guard !isJudgedToProceed else { return }
    isJudgedToProceed = true
    hasProceeded = true
    if has(.failed) {
      ledger.blame(.initDrv09)
      if gaveUpOnFeatures { ledger.blame(.featDrv05) }
      return
    }
    switch negotiation {
    case .open: break
    case .asked: ledger.blame(.initDrv05)
    case .refused:
      ledger.blame(.initDrv09)
      ledger.blame(.initDrv08)
    case .assumed, .confirmed: ledger.satisfy(.initDrv05)
    }
  }

  private mutating func reset(_ ledger: inout Ledger) {
    if handled != 0 || handledIsUnknown { ledger.blame(.mmioDrv21) }
    if has(.failed) {
      ledger.satisfy(.statDrv03)
      if gaveUpOnFeatures && !hasProceeded { ledger.satisfy(.featDrv05) }
    }
    if (has(.failed) || negotiation == .refused) && !hasProceeded { ledger.satisfy(.initDrv09) }
    forget()
  }
}

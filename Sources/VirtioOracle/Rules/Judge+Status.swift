import VirtioSpec

// Register Status: STAT-DEV, RESET-DEV-01, FEAT-DEV-03, HOUSE-13, HOUSE-14, and policies that end in DEVICE_NEEDS_RESET.
extension Judge {
  mutating func readStatus(_ value: UInt32) {
    if shadow.resetIsPending {
      guard value == 0 || resetIsLate else { return statDev06(value) }
      endReset()
    }
    creditNeedsReset()
    statDev05(value)
    resetDev01(value)
    rob07(value)
    statDev06(value)
    if !shadow.isLegacy {
      featDev03(value)
      featDev06(value)
    }
    // What the device did so far was by features that this read may be the first to confirm.
    if shadow.usesPackedRings { packedDev19(value) }
    splitDev21(value)
    blameTable(value)
    if !shadow.isLegacy { confirmFeatures(value) }
    mmioReg25And26(value)
    houseNeedsReset(value)
    house14(value)
    statDev03And04(value)
    explain(value)
    house13(value)
    let running = DeviceStatus([.driverOK, .deviceNeedsReset]).rawValue & value
    shadow.registers.ranWell = running == DeviceStatus.driverOK.rawValue
    shadow.statusIsUsed = true
    shadow.resetIsUnread = false
  }

  private mutating func statDev05(_ value: UInt32) {
    guard !shadow.statusIsUsed else { return }
    check(.statDev05, value == 0, seen: UInt64(value), expected: 0)
  }

  /// A reset that has had its time. What Status shows of a driver that did not wait is open.
  private var resetIsLate: Bool {
    shadow.pollsInReset >= shadow.profile.freedoms.resetPolls && !shadow.resetIsOverrun
  }

  /// The reset is over: it shows, or it has to.
  mutating func endReset() {
    shadow.finishReset()
    shadow.lineIsInQuestion = true
    lineAfterReset()
  }

  /// The reset shows as finished, at once unless the profile gives it time: no text allows MMIO to take longer, and
  /// drivers do not wait (A11).
  private mutating func resetDev01(_ value: UInt32) {
    guard shadow.resetIsUnread, shadow.writtenStatus == 0 else { return }
    // Whatever the driver did since may have broken the device again.
    let mayNeedReset = shadow.needsReset == .expected || shadow.registers.mayNeedReset || !shadow.statusIsClean
    let own = mayNeedReset ? DeviceStatus.deviceNeedsReset.rawValue : 0
    check(.resetDev01, value & ~own == 0, seen: UInt64(value), expected: 0)
  }

  /// Bits that the driver did not write stay 0, but for DEVICE_NEEDS_RESET. What a driver writes that clears bits is
  /// its own fault, and so is what it reads then.
  private mutating func statDev06(_ value: UInt32) {
    guard shadow.statusIsUsed else { return }
    let own = DeviceStatus.deviceNeedsReset.rawValue
    check(
      .statDev06, value & ~(shadow.writtenStatus | own) == 0, seen: UInt64(value),
      expected: UInt64(value & (shadow.writtenStatus | own)))
  }

  /// Bits that the driver wrote stay, and DRIVER_OK needs FEATURES_OK.
  private mutating func house13(_ value: UInt32) {
    guard shadow.profile.declaresHousePolicy, shadow.writtenStatus != 0 else { return }
    let kept = shadow.writtenStatus & DeviceStatus([.acknowledge, .driver, .failed]).rawValue
    let isNegotiated = shadow.isLegacy || value & DeviceStatus.featuresOK.rawValue != 0
    let expected = (value | kept) & ~(isNegotiated ? 0 : DeviceStatus.driverOK.rawValue)
    check(.house13, value == expected, seen: UInt64(value), expected: UInt64(expected))
  }

  /// FEATURES_OK stays clear for a set with a bit that is not offered; or that bit has no effect, which is judged
  /// where an effect would show (INDIRECT).
  private mutating func featDev03(_ value: UInt32) {
    guard shadow.writtenStatus & DeviceStatus.featuresOK.rawValue != 0, shadow.features == nil else { return }
    guard shadow.statusIsClean, !shadow.featuresAreUnknown else {
      // It may be a set of either kind.
      shadow.registers.otherSetWasTried = true
      ledger.suspend(.featDev02, for: .device)
      return ledger.suspend(.featDev03, for: .device)
    }
    let isAcceptable = !shadow.wantsUnoffered && shadow.driverFeatures.isSubset(of: shadow.profile.offeredFeatures)
    let isAccepted = value & DeviceStatus.featuresOK.rawValue != 0
    if !isAcceptable || mayBeRefused { shadow.registers.otherSetWasTried = true }
    if isAcceptable {
      guard !mayBeRefused else { return }
      check(
        isAccepted ? .featDev02 : refusalClause(), isAccepted, seen: UInt64(value),
        expected: UInt64(value | DeviceStatus.featuresOK.rawValue))
      if isAccepted { acceptSet() }
    } else if shadow.profile.declaresHousePolicy {
      check(
        .featDev03, !isAccepted, seen: UInt64(value), expected: UInt64(value & ~DeviceStatus.featuresOK.rawValue))
    }
  }

  /// Sets without VERSION_1, and without a feature of the platform that is offered, may be refused (FEAT-DEV-08, -09
  /// and -12); and so may sets that are not valid, since a feature lacks what it requires (section 2.2).
  private var mayBeRefused: Bool {
    if shadow.profile.deviceType == .network, FeatureRequirement.sound(shadow.driverFeatures) != shadow.driverFeatures {
      return true
    }
    let needed = shadow.profile.offeredFeatures.intersection([.version1, .accessPlatform, .orderPlatform])
    return !shadow.driverFeatures.isSuperset(of: needed.union(.version1))
  }

  private mutating func confirmFeatures(_ value: UInt32) {
    guard shadow.writtenStatus & DeviceStatus.featuresOK.rawValue != 0, shadow.features == nil,
      value & DeviceStatus.featuresOK.rawValue != 0, !shadow.featuresAreUnknown
    else { return }
    shadow.features = shadow.driverFeatures.intersection(shadow.profile.offeredFeatures)
    shadow.noteFormat()
  }

  /// The device's written policy for broken rings: it has set the bit before the driver could look.
  private mutating func houseNeedsReset(_ value: UInt32) {
    guard shadow.needsReset == .expected else { return }
    check(
      shadow.needsResetClause, value & DeviceStatus.deviceNeedsReset.rawValue != 0, seen: UInt64(value),
      expected: UInt64(value | DeviceStatus.deviceNeedsReset.rawValue))
  }

  /// Nothing is known that the device could have given up over. Where a rule about what it has to cope with says so, there
  /// is no need to say it twice.
  private mutating func house14(_ value: UInt32) {
    guard shadow.profile.declaresHousePolicy, shadow.needsReset == .no, shadow.violationsInAction == 0,
      shadow.permissionsAreKnown, !shadow.causeIsUnknown, !shadow.isInsideChain, !shadow.registers.mayNeedReset
    else { return }
    let hasGivenUp = value & DeviceStatus.deviceNeedsReset.rawValue != 0
    guard hasGivenUp || shadow.isRunning == true else { return }
    check(.house14, !hasGivenUp, seen: UInt64(value), expected: UInt64(value & 0xbf))
  }

  /// A device that gave up says so (03), and tells a driver that was running (04).
  private mutating func statDev03And04(_ value: UInt32) {
    let shows = value & DeviceStatus.deviceNeedsReset.rawValue != 0
    if shadow.needsReset == .expected { check(.statDev03, shows, seen: UInt64(value), expected: UInt64(value | 64)) }
    // Devices may show what a driver wrote that has no business with the bit (A10).
    guard shows, shadow.needsReset != .confirmed,
      shadow.profile.declaresHousePolicy || shadow.writtenStatus & DeviceStatus.deviceNeedsReset.rawValue == 0
    else {
      if shadow.needsReset == .expected {
        shadow.needsReset = .no
        // It has nothing to tell.
        if shadow.giveUpIsUntold { shadow.due &= ~InterruptStatus.configurationChange.rawValue }
      }
      return
    }
    let bit = InterruptStatus.configurationChange.rawValue
    if shadow.driverOKIsWritten && shadow.features != nil && shadow.statusIsClean && shadow.needsReset == .no {
      // It came by itself: whether the driver had said DRIVER_OK before is not known where it had not been told.
      if shadow.line || shadow.configAcknowledged {
        shadow.allow(bit)
        if shadow.configAcknowledged && shadow.registers.ranWell { ledger.satisfy(.statDev04) }
      } else if shadow.registers.ranWell {
        violate(.statDev04, seen: 0, expected: 1)
      }
    }
    if shadow.needsReset == .expected && (shadow.due & bit != 0 || shadow.giveUpIsUntold) {
      let isTold = shadow.line && !shadow.giveUpIsUntold
      check(.statDev04, isTold, seen: isTold ? 1 : 0, expected: 1)
      if !isTold { shadow.due &= ~bit }
    }
    shadow.needsReset = .confirmed
  }

  /// What was seen without an event was DEVICE_NEEDS_RESET, or nothing.
  private mutating func explain(_ value: UInt32) {
    guard shadow.unexplained else { return }
    shadow.unexplained = false
    let isExplained = value & DeviceStatus.deviceNeedsReset.rawValue != 0
    check(
      isExplained ? .mmioDev05 : spuriousClause, isExplained,
      seen: UInt64(InterruptStatus.configurationChange.rawValue), expected: 0)
    guard isExplained else { return }
    shadow.allow(InterruptStatus.configurationChange.rawValue)
    if shadow.registers.ranWell { ledger.satisfy(.statDev04) }
  }
}

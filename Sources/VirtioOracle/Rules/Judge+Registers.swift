import VirtioSpec

// Registers whose meaning shows in what the device does: MMIO-REG-05, -10, -11, -17, -21, -25, -26, -28 to -30,
// FEAT-DEV-05 and -06.
extension Judge {
  static let registerRules: [ClauseID] = [
    .mmioReg05, .mmioReg09, .mmioReg10, .mmioReg11, .mmioReg17, .mmioReg21, .mmioReg25, .mmioReg26,
    .mmioReg28, .mmioReg29, .mmioReg30, .featDev05, .featDev06,
  ]

  /// Nothing says which value it is: only that it stays is looked at.
  mutating func mmioReg05(_ value: UInt32) {
    guard let first = shadow.registers.vendorID else {
      shadow.registers.vendorID = value
      return
    }
    guard value != first else { return ledger.satisfy(.mmioReg05) }
    violate(.mmioReg05, seen: UInt64(value), expected: UInt64(first), severity: .warning)
  }

  /// The first chain of a life of the queue is returned: the device found the rings where the registers put them, and
  /// understood the notification.
  mutating func serveFirst(_ queue: Int) {
    guard !shadow.isLegacy else { return serveFirstOfLegacy() }
    let areas = shadow.queues[queue].areas
    if areas.descriptors >> 32 != 0 { ledger.satisfy(.mmioReg28) }
    if areas.driver >> 32 != 0 { ledger.satisfy(.mmioReg29) }
    if areas.device >> 32 != 0 { ledger.satisfy(.mmioReg30) }
    if shadow.queues[queue].isNotified && shadow.profile.queueCount > 1 { ledger.satisfy(.mmioReg21) }
  }

  /// The used ring has been filled once round: the device goes on at its start, by the size that it was given.
  mutating func mmioReg17(_ queue: Int) {
    guard shadow.queues[queue].size < shadow.profile.queueNumMax else { return }
    ledger.satisfy(.mmioReg17)
  }

  /// The rule that an access beside the rings of a live queue breaks, if one of the queue's registers explains it: half
  /// of an address, or another size.
  func registerClause(_ event: Event) -> ClauseID? {
    guard !shadow.isLegacy else { return legacyRegisterClause(event) }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive {
      let areas = shadow.queues[queue].areas
      let size = shadow.queues[queue].size
      let largest = min(shadow.profile.queueNumMax, SplitRing.maxSize)
      func isAlias(_ area: UInt64, _ length: UInt64) -> Bool {
        area >> 32 != 0 && event.address &- (area & 0xffff_ffff) < length
      }
      let format = areas.format
      if isAlias(areas.descriptors, format.descriptorAreaSize(size)) { return .mmioReg28 }
      if isAlias(areas.driver, format.driverAreaSize(size)) { return .mmioReg29 }
      if isAlias(areas.device, format.deviceAreaSize(size)) { return .mmioReg30 }
      guard size < largest else { continue }
      if event.address &- areas.descriptors < format.descriptorAreaSize(largest)
        || event.address &- areas.driver < format.driverAreaSize(largest)
        || event.address &- areas.device < format.deviceAreaSize(largest)
      {
        return .mmioReg17
      }
    }
    return nil
  }

  /// The rule that a queue breaks which was notified of and is not served: the notification went to another queue (21),
  /// or it got lost (18).
  func unservedClause(_ queue: Int) -> ClauseID {
    // Or it was too early for the device, where a legacy driver may begin before DRIVER_OK.
    if shadow.isLegacy && !shadow.driverOKIsWritten { return .leg06 }
    if let clause = unservedClauseOfData(queue) { return clause }
    for other in 0..<Int(shadow.profile.queueCount) where other != queue && shadow.queues[other].reset != .none {
      return .ringresetDev05
    }
    for other in 0..<Int(shadow.profile.queueCount) where other != queue && shadow.queues[other].wasServedUnasked {
      return .mmioReg21
    }
    return .mmioReg18
  }

  /// Status shows the flags that were written. What a device makes of flags in another order is left open (A10).
  mutating func mmioReg25And26(_ value: UInt32) {
    guard shadow.writtenStatus != 0, shadow.registers.isOrderly else { return }
    var expected = shadow.writtenStatus
    let features = DeviceStatus.featuresOK.rawValue
    // FEATURES_OK may be refused, and DRIVER_OK is worth nothing then.
    if value & features == 0 && shadow.registers.shownStatus & features == 0 {
      expected &= ~(features | DeviceStatus.driverOK.rawValue)
    }
    let lost = shadow.registers.shownStatus & ~value
    if shadow.registers.shownStatus != 0 {
      check(.mmioReg25, lost == 0, seen: UInt64(value), expected: UInt64(value | lost))
    }
    let new = expected & ~shadow.registers.shownStatus
    if new != 0 && value & DeviceStatus.deviceNeedsReset.rawValue == 0 {
      check(.mmioReg26, new & ~value == 0, seen: UInt64(value), expected: UInt64(value | new))
    }
    // Reported once.
    if lost | new & ~value != 0 { shadow.registers.isOrderly = false }
    shadow.registers.shownStatus |= value & expected
  }

  /// The rule that a refused set breaks which a device should accept.
  func refusalClause() -> ClauseID {
    let registers = shadow.registers
    if registers.acceptedSet == shadow.driverFeatures {
      // With the words in the other order it was accepted. Or something else is left over from the last attempt.
      let isNewOrder = registers.acceptedOrders & registers.wordOrder == 0 && registers.wordOrder != 0
      return isNewOrder && !registers.otherSetWasTried ? .mmioReg10 : .featDev05
    }
    return isOfferedOnlyNow ? .mmioReg11 : .featDev02
  }

  /// A set was accepted that a device should accept.
  mutating func acceptSet() {
    let set = shadow.driverFeatures
    let order = shadow.registers.wordOrder
    if shadow.registers.acceptedSet == set {
      ledger.satisfy(.featDev05)
      if order != 0 && shadow.registers.acceptedOrders & ~order != 0 { ledger.satisfy(.mmioReg10) }
    } else {
      shadow.registers.acceptedOrders = 0
    }
    shadow.registers.acceptedSet = set
    shadow.registers.acceptedOrders |= order
    shadow.registers.otherSetWasTried = false
    if isOfferedOnlyNow { ledger.satisfy(.mmioReg11) }
  }

  /// A word was written twice, with a bit at first that is not offered: only the second write makes a set of it that can
  /// be accepted.
  private var isOfferedOnlyNow: Bool {
    !shadow.registers.dropped.isSubset(of: shadow.profile.offeredFeatures)
  }

  /// What was accepted stays accepted, whatever the driver writes behind it. Only what Status says of it is looked at.
  mutating func featDev06(_ value: UInt32) {
    guard shadow.registers.hasLateFeatures, shadow.statusIsClean else { return }
    shadow.registers.hasLateFeatures = false
    let bit = DeviceStatus.featuresOK.rawValue
    guard value & bit == 0 else { return ledger.satisfy(.featDev06) }
    violate(.featDev06, seen: UInt64(value), expected: UInt64(value | bit), severity: .warning)
  }
}

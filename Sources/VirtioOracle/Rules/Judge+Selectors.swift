import VirtioSpec

// Registers that choose what others show: MMIO-REG-08, -12, -13 and -14; and which of them is to blame where another
// register shows something else than it has to.
extension Judge {
  static let selectorRules: [ClauseID] = [.mmioReg08, .mmioReg12, .mmioReg13, .mmioReg14]

  /// The rule that a wrong word of the offer breaks: the word of another selector says which one.
  func offerClause(_ selector: UInt32, _ value: UInt32) -> ClauseID {
    guard selector < 2 else { return .mmioReg07 }
    let other = shadow.profile.offeredFeatures.word(1 - selector)
    guard value == other else { return .mmioReg06 }
    if shadow.registers.driverSelIsNewer && shadow.driverFeaturesSel == 1 - selector { return .mmioReg12 }
    return shadow.registers.offerWasTurned ? .mmioReg08 : .mmioReg06
  }

  /// DeviceFeatures showed the word of the last selector, where the other one would have shown something else.
  mutating func mmioReg08And12(_ selector: UInt32, _ value: UInt32) {
    let offered = shadow.profile.offeredFeatures
    if shadow.registers.offerWasTurned { ledger.satisfy(.mmioReg08) }
    if shadow.registers.driverSelIsNewer, let other = shadow.driverFeaturesSel, offered.word(other) != value {
      ledger.satisfy(.mmioReg12)
    }
  }

  /// The rule that a wrong QueueReady breaks: what other queues have, or were told, says which one.
  func readyClause(_ queue: Int, _ value: UInt32) -> ClauseID {
    // A device that takes only powers of two for a size.
    if shadow.usesPackedRings && value == 0 && !SplitRing.isValidSize(shadow.queues[queue].size) { return .packedDev19 }
    if shadow.registers.selectionIsShown {
      for other in 0..<Int(shadow.profile.queueCount) where other != queue {
        if shadow.queues[other].ready == (value != 0) { return .mmioReg13 }
      }
    }
    let isOthers = shadow.registers.readyQueue >= 0 && shadow.registers.readyQueue != queue
    return isOthers && shadow.registers.readyValue == value ? .mmioReg14 : .mmioReg19
  }

  /// QueueReady showed what the selected queue was told.
  mutating func mmioReg13And14(_ queue: Int, _ value: UInt32) {
    if shadow.registers.selectionIsShown { ledger.satisfy(.mmioReg13) }
    if shadow.registers.readyQueue >= 0, shadow.registers.readyQueue != queue, shadow.registers.readyValue != value {
      ledger.satisfy(.mmioReg14)
    }
    shadow.registers.selectionIsShown = true
  }
}

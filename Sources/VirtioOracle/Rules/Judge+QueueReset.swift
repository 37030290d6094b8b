import VirtioSpec

// What a queue reset (section 2.6.1) leaves behind: RINGRESET-DEV. That it ends, and how it shows, is for MMIO-DEV-11 to
// -16 to say.
extension Judge {
  static let queueResetRules: [ClauseID] = [
    .ringresetDev01, .ringresetDev02, .ringresetDev03, .ringresetDev04, .ringresetDev05,
  ]

  static let queueResetTwins: [ClauseID: ClauseID] = [
    .ringresetDrv01: .mmioDrv23
  ]

  static let queueResetWaivers: [ClauseID: String] = [
    .ringresetDrv02: "not observable: a permission"
  ]

  /// The rule that an access to what a queue had before it was turned off breaks.
  func ghostClause(_ queue: Int) -> ClauseID {
    if shadow.isLegacy { return .mmioLeg34 }
    let state = shadow.queues[queue]
    if state.reset == .done { return .ringresetDev01 }
    return state.wasReady ? .mmioDev10 : .mmioDev09
  }

  /// An access to where a queue was before it was reset and set up elsewhere.
  func isMovedAway(_ event: Event) -> Bool {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive && shadow.queues[queue].isMoved {
      let state = shadow.queues[queue]
      if state.ghost.overlaps(event.address, event.value, size: state.ghostSize) { return true }
    }
    return false
  }

  /// A queue that was reset is off: whether any is.
  var anyQueueIsReset: Bool {
    guard shadow.anyQueueReset else { return false }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].reset == .done { return true }
    return false
  }

  /// Used elements of a queue became visible.
  mutating func creditQueueReset(_ queue: Int, _ count: UInt16) {
    guard shadow.anyQueueReset else { return }
    let state = shadow.queues[queue]
    if state.startsAfterQueueReset {
      shadow.queues[queue].startsAfterQueueReset = false
      let isRight = Int(count) <= state.heldCount
      check(.ringresetDev03, isRight, seen: UInt64(count), expected: UInt64(state.heldCount))
      if state.isMoved && isRight { ledger.satisfy(.ringresetDev04) }
    }
    for other in 0..<Int(shadow.profile.queueCount) where other != queue && shadow.queues[other].reset != .none {
      return ledger.satisfy(.ringresetDev05)
    }
  }

  /// InterruptStatus is read while a queue is off that was reset: nothing came of it.
  mutating func creditQuietQueue(_ value: UInt32) {
    guard anyQueueIsReset, value & InterruptStatus.usedBuffer.rawValue == 0 else { return }
    ledger.satisfy(.ringresetDev02)
  }
}

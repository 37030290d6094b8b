import VirtioSpec

// Notifications of packed rings: PACKED-DEV-14 to -16.
extension Judge {
  /// A used descriptor for a list of so many became visible: whether the driver has to be notified (section 2.8.14).
  mutating func owePackedNotification(_ queue: Int, _ used: PackedPlace, _ count: UInt32) {
    let bit = InterruptStatus.usedBuffer.rawValue
    let isFirst = shadow.possible & bit == 0
    shadow.allow(bit)
    guard let features = shadow.features, !shadow.queues[queue].suppressionRaced else {
      shadow.needless = nil
      return ledger.suspend(.mmioDev03, for: .access)
    }
    let area = shadow.queues[queue].areas.driver
    let event = shadow.memory.half(area &+ PackedRing.eventDescriptor)
    let clause: ClauseID
    switch shadow.memory.half(area &+ PackedRing.eventFlags) {
    case PackedRing.eventsEnabled: clause = .packedDev14
    case PackedRing.eventsDisabled:
      // A bit that is pending anyway says nothing.
      if isFirst { shadow.needless = .packedDev15 }
      return
    case PackedRing.eventOfDescriptor where features.contains(.eventIdx):
      guard event == used.word else {
        if isSkipped(event, used, count, shadow.queues[queue].size) {
          shadow.needless = nil
        } else if isFirst {
          shadow.needless = .packedDev16
        }
        return
      }
      clause = .packedDev16
    default:
      // Nothing says what other flags mean.
      shadow.needless = nil
      return
    }
    shadow.needless = nil
    if shadow.due & bit == 0 {
      shadow.dueClause = clause
      shadow.isNewlyDue = isFirst || !shadow.line
    }
    shadow.owe(bit)
  }

  /// Whether an event is about a descriptor that a used one stands for, and that is not written itself: nothing says
  /// whether it is used.
  private func isSkipped(_ event: UInt16, _ used: PackedPlace, _ count: UInt32, _ size: UInt32) -> Bool {
    for number in 1..<max(count, 1) where used.advanced(by: number, size: size).word == event { return true }
    return false
  }

  /// Whether lists are available that the device said it needs no notification of (section 2.8.14).
  func isUnaskedInPacked(_ queue: Int) -> Bool {
    guard let features = shadow.features, shadow.isRunning == true, shadow.queues[queue].canBeFollowed,
      let flags = shadow.packed[queue].eventFlags, shadow.hasAvailable(queue)
    else { return false }
    switch flags {
    case PackedRing.eventsDisabled: return true
    case PackedRing.eventOfDescriptor where features.contains(.eventIdx):
      guard let event = shadow.packed[queue].eventDescriptor else { return false }
      let end = shadow.published(queue)
      var place = shadow.packed[queue].taken
      while place != end {
        if place.word == event { return false }
        place = place.advanced(by: 1, size: shadow.queues[queue].size)
      }
      return true
    default: return false
    }
  }
}

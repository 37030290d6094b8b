import VirtioSpec

// What has to be true when a program is over: MMIO-REG-18, ROB-07.
extension Judge {
  @usableFromInline
  mutating func end() {
    shadow.stepKind = 255
    shadow.step += 1
    shadow.isEnded = true
    for queue in 0..<Int(shadow.profile.queueCount) { mmioReg18(queue) }
  }

  /// What was available when the device was last notified has been taken and returned.
  private mutating func mmioReg18(_ queue: Int) {
    let state = shadow.queues[queue]
    guard state.isLive, state.isNotified, state.isTracked else { return }
    guard shadow.isRunning == true, !state.isTainted, !state.isProgressing else {
      return ledger.suspend(.mmioReg18)
    }
    let index = shadow.memory.half(state.areas.driver &+ SplitRing.availIdx)
    let isServed = state.heldCount == 0 && state.taken == index
    check(
      isServed ? .mmioReg18 : unservedClause(queue), isServed, seen: UInt64(state.used), expected: UInt64(index))
  }

  /// The reset behind a program works, whatever was in it.
  mutating func rob07(_ value: UInt32) {
    guard shadow.isEnded, shadow.resetIsUnread else { return }
    check(.rob07, value == 0, seen: UInt64(value), expected: 0)
  }
}

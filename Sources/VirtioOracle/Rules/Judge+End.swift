import VirtioSpec

// What has to be true when a program is over: MMIO-REG-18, SPLIT-DEV-22, EVENTIDX-DEV-05, ROB-07.
extension Judge {
  @usableFromInline
  mutating func end() {
    shadow.stepKind = 255
    shadow.step += 1
    shadow.isEnded = true
    for queue in 0..<Int(shadow.profile.queueCount) { mmioReg18(queue) }
  }

  /// What was available when the device was last notified has been taken and returned; and so has what the device did
  /// not ask to be notified of.
  private mutating func mmioReg18(_ queue: Int) {
    let state = shadow.queues[queue]
    guard !shadow.hasGivenUp, state.isLive, state.isTracked, state.isNotified || isUnasked(queue) else { return }
    guard !isForInput(queue) else { return }
    if isUnused(queue) { return ledger.suspend(.mmioReg18, for: .queue) }
    guard shadow.isRunning == true, !state.isTainted, !state.isProgressing else {
      return ledger.suspend(.mmioReg18, for: .queue)
    }
    // A device that gave up over what the text leaves open, or over what is no request, has no way to say so to a driver of
    // before version 1.
    if !shadow.profile.declaresHousePolicy, shadow.features?.contains(.version1) != true,
      shadow.registers.mayNeedReset || holdsNoRequest
    {
      return ledger.suspend(.mmioReg18, for: .device)
    }
    // What the device did not ask to be notified of, no notification can have misled it about.
    let clause = state.isNotified ? unservedClause(queue) : .mmioReg18
    let isServed: Bool
    if shadow.usesPackedRings {
      isServed = state.heldCount == 0 && !shadow.hasAvailable(queue)
      check(
        isServed ? .mmioReg18 : clause, isServed, seen: UInt64(shadow.packed[queue].used.word),
        expected: UInt64(shadow.published(queue).word))
    } else {
      let index = shadow.memory.half(state.areas.driver &+ SplitRing.availIdx)
      isServed = state.heldCount == 0 && state.taken == index
      check(
        isServed ? .mmioReg18 : clause, isServed, seen: UInt64(state.used), expected: UInt64(index))
    }
    if isServed && state.hadStaleNotice { ledger.satisfy(.notifDev02) }
  }

  /// Whether the device holds a chain that has no room for what a request begins or ends with, or buffers that its queue is
  /// not for: it may give up over it, with all of its queues.
  var holdsNoRequest: Bool {
    for index in 0..<shadow.chainsEnd where shadow.chains[index].isOpen {
      let chain = shadow.chains[index]
      let (header, answer) = leastRequest(chain.queue)
      if chain.readableBytes < header || chain.writableBytes < answer { return true }
      if chain.hasReadable && takesNoReadable(chain.queue) || chain.hasWritable && takesNoWritable(chain.queue) {
        return true
      }
    }
    return false
  }

  /// How many readable and writable bytes a request of a queue has at least.
  private func leastRequest(_ queue: Int) -> (UInt64, UInt64) {
    switch shadow.profile.deviceType {
    case .block: return (UInt64(Block.headerSize), 1)
    case .network:
      guard let features = shadow.features else { return (0, 0) }
      switch networkRole(ofQueue: queue) {
      case .transmit: return (UInt64(shadow.frameHeaderSize(features)), 0)
      case .control: return (2, 1)
      case .receive, nil: return (0, 0)
      }
    case .entropy: return (0, 1)
    default: return (0, 0)
    }
  }

  private func takesNoReadable(_ queue: Int) -> Bool { shadow.profile.deviceType == .entropy || isForInput(queue) }

  private func takesNoWritable(_ queue: Int) -> Bool {
    switch shadow.profile.deviceType {
    case .console: !isForInput(queue)
    case .network: if case .transmit? = networkRole(ofQueue: queue) { true } else { false }
    default: false
    }
  }

  /// Whether chains are available that the device said it needs no notification of (sections 2.7.8 and 2.7.10).
  private func isUnasked(_ queue: Int) -> Bool {
    guard !shadow.usesPackedRings else { return isUnaskedInPacked(queue) }
    guard let features = shadow.features, shadow.isRunning == true, shadow.queues[queue].canBeFollowed else {
      return false
    }
    let taken = shadow.queues[queue].taken
    let index = shadow.memory.half(shadow.queues[queue].areas.driver &+ SplitRing.availIdx)
    guard index != taken, UInt32(index &- taken) <= shadow.queues[queue].size else { return false }
    if features.contains(.eventIdx) {
      guard let event = shadow.queues[queue].availEvent else { return false }
      return index &- event &- 1 >= index &- taken
    }
    guard let flags = shadow.queues[queue].usedFlags else { return false }
    return flags & SplitRing.usedNoNotify != 0
  }

  /// The reset behind a program works, whatever was in it.
  mutating func rob07(_ value: UInt32) {
    guard shadow.isEnded, shadow.resetIsUnread else { return }
    check(.rob07, value == 0, seen: UInt64(value), expected: 0)
  }
}

import VirtioSpec

// What depends on the device type, and when it is looked at.
extension Judge {
  /// A chain comes back: its used element can be seen.
  mutating func judgeRequest(_ index: Int, _ element: UsedElement) {
    if shadow.isInOrder { inorderDev01(index) }
    switch shadow.profile.deviceType {
    case .block: judgeBlockRequest(index)
    case .entropy: judgeEntropyRequest(index, element)
    case .console: judgeConsoleRequest(index, element)
    case .network: judgeNetworkRequest(index, element)
    default: break
    }
  }

  /// Whether a queue is filled with room for what comes from outside: its chains wait for as long as nothing comes.
  func isForInput(_ queue: Int) -> Bool {
    guard shadow.profile.deviceType != .network else { return isForFrames(queue) }
    guard shadow.profile.deviceType == .console else { return false }
    return switch Console.Role(ofQueue: queue) {
    case .receive, .controlReceive: true
    case .transmit, .controlTransmit: false
    }
  }

  /// A queue is for what goes out, and the driver has not put it into use, or not any more: a device without a written policy
  /// may leave it alone.
  func isUnused(_ queue: Int) -> Bool {
    guard !shadow.profile.declaresHousePolicy else { return false }
    switch shadow.profile.deviceType {
    case .network:
      guard case .transmit(let pair)? = networkRole(ofQueue: queue) else { return false }
      return pair >= shadow.network.pairs ?? 1
    case .console:
      guard case .transmit(let port) = Console.Role(ofQueue: queue) else { return false }
      return mayIgnoreOutput(port)
    default: return false
    }
  }

  /// A word of DeviceFeatures was read.
  mutating func judgeTypeOffer(_ value: UInt32) {
    guard let selector = shadow.deviceFeaturesSel, selector < FeatureBits.wordCount else { return }
    switch shadow.profile.deviceType {
    case .block where selector == 0: judgeBlockOffer(FeatureBits().replacingWord(0, with: value))
    case .entropy: rngDev04(value, selector)
    case .network: judgeNetworkOffer(value, selector)
    default: break
    }
  }

  /// QueueNumMax was read: BLK-DEV-31, RNG-DEV-03, CONSOLE-DEV-06, NET-DEV-47. Only the last queue and the one behind it are looked at (A6).
  mutating func judgeQueueCount(_ value: UInt32) {
    guard let selector = shadow.queueSel else { return }
    let clause: ClauseID
    let count: UInt32
    switch shadow.profile.deviceType {
    case .block:
      clause = .blkDev31
      let isMultiple = shadow.profile.offeredFeatures.contains(.blkMultiQueue)
      count = isMultiple ? UInt32(shadow.configNumber(BlockConfig.numQueues) & 0xffff) : 1
    case .entropy: (clause, count) = (.rngDev03, 1)
    // With it, how many there are is for the configuration space to say.
    case .console where !shadow.profile.offeredFeatures.contains(.consoleMultiport):
      (clause, count) = (.consoleDev06, 2)
    case .network:
      guard let number = networkQueueCount(selector) else { return }
      (clause, count) = (.netDev47, number)
    default: return
    }
    guard selector <= count else { return }
    check(clause, (value != 0) == (selector < count), seen: UInt64(value), expected: selector < count ? 1 : 0)
  }
}

import VirtioSpec

// What a queue for commands, or for control messages of the driver, has to do with everything else.
extension Shadow {
  /// Of a network device: how many pairs of queues are in front of it.
  func networkPairs(_ features: FeatureBits) -> Int {
    guard !features.isDisjoint(with: [.netMultiQueue, .netReceiveScaling]) else { return 1 }
    return Int(configNumber(NetworkConfig.maxPairs) & 0xffff)
  }

  /// Whether there is such a queue may depend on a feature that the driver has not accepted: a device may say that there is
  /// none, and have one.
  func mayBeMissing(_ queue: UInt32) -> Bool {
    guard !profile.declaresHousePolicy else { return false }
    let accepted = features ?? []
    switch profile.deviceType {
    case .block: return queue >= 1 && !accepted.contains(.blkMultiQueue)
    case .console: return queue >= 2 && !accepted.contains(.consoleMultiport)
    case .network: return queue >= 2 * networkPairs(accepted) + (accepted.contains(.netControlQueue) ? 1 : 0)
    default: return false
    }
  }

  /// Which one it is, if it is known that there is one.
  var commandQueue: Int? {
    guard let features else { return nil }
    let queue: Int
    switch profile.deviceType {
    case .network where features.contains(.netControlQueue): queue = 2 * networkPairs(features)
    case .console where features.contains(.consoleMultiport): queue = Console.controlTransmitQueue
    default: return nil
    }
    return queue < Int(profile.queueCount) ? queue : nil
  }

  /// Whatever the driver tells the device can be seen.
  var areCommandsSeen: Bool {
    if features != nil {
      guard let queue = commandQueue else { return true }
      return queues[queue].ready == false || queues[queue].canBeFollowed
    }
    // Before it is running, it takes none; then, which queue is for them is not known.
    return !mayServe || !driverOKIsWritten && permissionsAreKnown
  }

  /// A console may have given its guest characters, and told it of ports, and nobody saw it.
  mutating func loseGiven() {
    guard profile.deviceType == .console else { return }
    console.loseAllInput()
    console.portsAreUnknown = true
  }

  /// The driver may have told the device something that nobody saw.
  mutating func loseCommands() {
    switch profile.deviceType {
    case .network:
      network.loseCommands()
      generation = nil
    case .console: console.isDriverReady = true
    default: break
    }
  }
}

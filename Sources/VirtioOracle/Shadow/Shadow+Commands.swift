import VirtioSpec

// What a queue for commands, or for control messages of the driver, has to do with everything else.
extension Shadow {
  /// Of a network device: how many pairs of queues are in front of it.
  func networkPairs(_ features: FeatureBits) -> Int {
    features.contains(.netMultiQueue) ? Int(configNumber(NetworkConfig.maxPairs) & 0xffff) : 1
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

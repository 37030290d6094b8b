import VirtioSpec

// What a network device's queue for commands has to do with everything else.
extension Shadow {
  /// How many pairs of queues are in front of it.
  func networkPairs(_ features: FeatureBits) -> Int {
    features.contains(.netMultiQueue) ? Int(configNumber(NetworkConfig.maxPairs) & 0xffff) : 1
  }

  /// Which one it is, if it is known that there is one.
  var commandQueue: Int? {
    guard let features, features.contains(.netControlQueue) else { return nil }
    let queue = 2 * networkPairs(features)
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
    network.loseCommands()
    generation = nil
  }
}

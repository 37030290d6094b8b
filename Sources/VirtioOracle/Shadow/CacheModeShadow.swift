import VirtioSpec

/// What the judge knows of a block device's field `writeback`.
struct CacheModeShadow: BitwiseCopyable {
  /// What it reads; nil where that is not known.
  var writeback: UInt8?
  /// The time of ``StabilityShadow`` from which on it does.
  var since: UInt32 = 0
  /// It was read, and not only written.
  var isShown = false
  /// What a legacy driver has written since it was shown, and may not change it.
  var isBehindStatus = false
  var isBehindFeatures = false
}

extension Shadow {
  /// From now on the field is known to be this, or not known.
  mutating func setWriteback(_ value: UInt8?, isShown: Bool = false) {
    if cacheMode.writeback != value {
      disk.stability.tick()
      cacheMode.since = disk.stability.now
    }
    cacheMode.writeback = value
    cacheMode.isShown = isShown
    cacheMode.isBehindStatus = false
    cacheMode.isBehindFeatures = false
  }

  /// A legacy driver writes bits to Status.
  mutating func noteStatusOfLegacy(_ value: UInt32) {
    let startsDevice = value & DeviceStatus.driverOK.rawValue != 0
    // BLK-DEV-28 excepts the one; of the other nobody knows what it accepted.
    if startsDevice, features?.contains(.blkConfigWCE) != true { return setWriteback(nil) }
    guard statusIsClean else { return setWriteback(nil) }
    cacheMode.isBehindStatus = true
  }

  /// Takes note of the queues in which the device has taken all that was sent: what is sent from now on comes behind all
  /// that has happened.
  mutating func noteEmptyQueues() {
    for queue in 0..<Int(profile.queueCount) where queues[queue].isLive && !hasUntaken(queue) {
      queues[queue].emptyAt = disk.stability.now
    }
  }

  /// Whether something was sent that the device has not taken.
  func hasUntaken(_ queue: Int) -> Bool {
    guard !usesPackedRings else { return hasAvailable(queue) }
    return memory.half(queues[queue].areas.driver &+ SplitRing.availIdx) != queues[queue].taken
  }
}

import VirtioSpec

// What a driver writes to registers that only the legacy interface has, or that it has in its own way (section 4.2.4).
extension Shadow {
  /// There is no FEATURES_OK: what is written holds, from the start of the first queue on for good.
  mutating func writeLegacyFeatures(_ value: UInt32) {
    cacheMode.isBehindFeatures = true
    guard let driverFeaturesSel else {
      features = nil
      return
    }
    loseAnnouncement()
    let old = driverFeatures
    replaceFeatures(driverFeaturesSel, value)
    if !driverFeatures.isSubset(of: profile.offeredFeatures) { wantsUnoffered = true }
    // No text says what becomes of bits that are not offered, or of bits that change while the device is at work.
    let isLate = old != driverFeatures && (driverOKIsWritten || anyQueueIsLive)
    guard features != nil, !wantsUnoffered, !isLate else {
      features = nil
      return
    }
    features = driverFeatures
    // Fields that depend on features may change now.
    generation = nil
  }

  private var anyQueueIsLive: Bool {
    for queue in 0..<Int(profile.queueCount) where queues[queue].ready != false { return true }
    return false
  }

  /// Whether a device goes by the page size of a queue that is in use, or by a new one, is left open.
  mutating func writePageSize(_ value: UInt32) {
    if pageSize != value {
      for queue in 0..<Int(profile.queueCount) where queues[queue].ready != false {
        queues[queue].page = nil
        queues[queue].settingsAreUnknown = true
        loseRings()
      }
    }
    pageSize = value
  }

  mutating func writeQueuePFN(_ value: UInt32) {
    registers.selectionIsShown = false
    if value == 0 && profile.freedoms.queueStopResetsDevice { isResetting = true }
    guard selectionIsKnown else { return loseReadyQueues() }
    guard let queue = selectedQueue else { return }
    queues[queue].readyAtReset = false
    guard value != 0 else { return beginStop(queue) }
    // A driver that only stopped a queue knows of no reset, and goes on (A18).
    if profile.freedoms.queueStopResetsDevice { isQuiet = false }
    guard queues[queue].ready == false, !queues[queue].settingsAreUnknown, let pageSize else {
      // Whether a queue that is in use moves, or where it is, is not known.
      queues[queue].ready = nil
      queues[queue].page = nil
      queues[queue].settingsAreUnknown = true
      statusIsClean = false
      return loseRings()
    }
    if place(queue, atPage: value, of: pageSize), isUsable(queue) {
      start(queue)
      queues[queue].page = value
    } else if profile.declaresHousePolicy {
      expectNeedsReset(.house07)
    } else {
      queues[queue].ready = nil
      registers.mayNeedReset = true
    }
  }

  /// Where the areas of a queue are; false where no device has to know.
  private mutating func place(_ queue: Int, atPage page: UInt32, of pageSize: UInt32) -> Bool {
    let (size, align) = (queues[queue].size, queues[queue].align)
    guard SplitRing.isValidSize(size) else {
      // No rule for drivers says so.
      ledger.blameWithoutRule(.splitDev15)
      return false
    }
    guard LegacyRing.isValidUnit(pageSize), LegacyRing.isValidUnit(align) else { return false }
    // Products and sums of 32-bit numbers: they do not wrap.
    let start = UInt64(page) &* UInt64(pageSize)
    queues[queue].areas = AreasShadow(
      descriptors: start, driver: start &+ LegacyRing.driverArea(size),
      device: start &+ LegacyRing.deviceArea(size, align: align))
    return true
  }
}

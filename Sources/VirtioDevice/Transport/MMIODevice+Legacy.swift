import VirtioMemory
import VirtioSpec

// What the legacy interface (section 4.2.4) does in its own way.
extension MMIODevice where Model: ~Copyable {
  /// There is no FEATURES_OK: what is written holds.
  @inlinable
  mutating func writeLegacyFeatures(_ value: UInt32) {
    guard !status.contains(.driverOK) else { return }
    for queue in 0..<Int(options.queueCount) where queues[queue].isReady { return }
    driverFeatures = driverFeatures.replacingWord(driverFeaturesSel, with: value)
    acceptedFeatures = driverFeatures.intersection(offeredFeatures)
    model.featuresChanged(to: acceptedFeatures)
  }

  /// Puts the selected queue into use where the page is, or stops it with 0.
  @inlinable @inline(never)
  mutating func writeQueuePFN(_ value: UInt32, host: inout some DeviceHost & ~Copyable) {
    guard queueSel < options.queueCount else { return }
    let queue = Int(queueSel)
    guard value != 0 else { return stopQueue(queue) }
    guard !queues[queue].isReady else { return }
    guard LegacyRing.isValidUnit(guestPageSize), queues[queue].place(atPage: value, of: guestPageSize) else {
      return needReset(host: &host)
    }
    startQueue(queue, host: &host)
    if !queues[queue].isReady { queues[queue].pageNumber = 0 }
  }
}

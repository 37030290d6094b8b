import VirtioSpec

// What a driver does on the legacy interface alone: MMIO-LEG-10, -11 and -31, and SPLIT-DRV-01 there.
extension DriverShadow {
  mutating func writePageSize(_ value: UInt32, _ ledger: inout Ledger) {
    pageSize = value
    judge(.mmioLeg10, LegacyRing.isValidUnit(value), &ledger)
    for queue in 0..<queues.count where queues[queue].ready == true { return ledger.blame(.mmioLeg11) }
  }

  /// QueuePFN is written: the queue is in use, or not any more.
  mutating func writePage(_ queue: Int, _ value: UInt32, _ ledger: inout Ledger) {
    guard value != 0 else {
      queues[queue].ready = false
      queues[queue].written = 0
      return
    }
    proceed(&ledger)
    ledger.satisfy(.mmioVq01)
    judge(.mmioLeg11, pageSize != nil, &ledger)
    let settings = DriverQueueShadow.sizeBit | DriverQueueShadow.alignBit
    let isThere = queues[queue].maximumWasRead && !queues[queue].isMissing
    judge(
      .mmioLeg31, isThere && queues[queue].ready != true && queues[queue].written & settings == settings, &ledger)
    judgePlace(queue, page: value, &ledger)
    queues[queue].ready = true
    queues[queue].wasReady = true
  }

  /// Where the areas of a queue come to lie, if that is known.
  private func judgePlace(_ queue: Int, page: UInt32, _ ledger: inout Ledger) {
    let (size, align) = (queues[queue].size, queues[queue].align)
    guard let pageSize, LegacyRing.isValidUnit(pageSize), LegacyRing.isValidUnit(align), SplitRing.isValidSize(size)
    else { return }
    // Products and sums of 32-bit numbers: they do not wrap.
    let start = UInt64(page) &* UInt64(pageSize)
    let isAligned =
      start % RingFormat.split.descriptorAlignment == 0
      && (start &+ LegacyRing.deviceArea(size, align: align)) % RingFormat.split.deviceAlignment == 0
    judge(.splitDrv01, isAligned, &ledger)
  }
}

import VirtioSpec

// What a driver does on the legacy interface alone: MMIO-LEG-10, -11 and -31.
extension DriverShadow {
  mutating func writePageSize(_ value: UInt32, _ ledger: inout Ledger) {
    pageSizeIsWritten = true
    judge(.mmioLeg10, LegacyRing.isValidUnit(value), &ledger)
    for queue in 0..<queues.count where queues[queue].ready == true { return ledger.blame(.mmioLeg11) }
  }

  /// QueuePFN is written: the queue is in use, or not any more.
  mutating func writePage(_ queue: Int, _ value: UInt32, _ ledger: inout Ledger) {
    guard value != 0 else {
      queues[queue].ready = false
      return
    }
    proceed(&ledger)
    ledger.satisfy(.mmioVq01)
    judge(.mmioLeg11, pageSizeIsWritten, &ledger)
    let settings = DriverQueueShadow.sizeBit | DriverQueueShadow.alignBit
    judge(.mmioLeg31, queues[queue].ready != true && queues[queue].written & settings == settings, &ledger)
    queues[queue].ready = true
    queues[queue].wasReady = true
  }
}

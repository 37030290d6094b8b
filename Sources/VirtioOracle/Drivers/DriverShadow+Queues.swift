import VirtioSpec

// Setting queues up, and stopping them: MMIO-DRV-16, -17, -19 and -23, MMIO-VQ-01, -03, -05 and -06, INIT-DRV-06,
// RINGRESET-DRV-03, SPLIT-DRV-01, PACKED-DRV-01.
extension DriverShadow {
  mutating func readQueue(_ register: Register, _ value: UInt32?, _ ledger: inout Ledger) {
    guard selector != nil else { return ledger.blame(.mmioVq01) }
    guard let queue else { return }
    switch register {
    case .queueNumMax:
      if isLegacy { judge(.mmioLeg14, queues[queue].ready != true, &ledger) }
      queues[queue].maximumIsRead = true
      queues[queue].maximumWasRead = true
      queues[queue].isMissing = value == 0
    case .queuePFN: break
    case .queueReady:
      judgeReadBack(queue, true, &ledger)
      if let value, value <= 1 { queues[queue].ready = value == 1 }
    default:
      guard value ?? 0 == 0, queues[queue].isResetting else { return }
      queues[queue].isResetting = false
      queues[queue].wasReset = true
      queues[queue].written = 0
      queues[queue].ready = false
    }
  }

  mutating func writeQueue(_ register: Register, _ value: UInt32, _ ledger: inout Ledger) {
    guard selector != nil else { return ledger.blame(.mmioVq01) }
    guard let queue else { return }
    switch register {
    case .queuePFN: writePage(queue, value, &ledger)
    case .queueReady: writeReady(queue, value, &ledger)
    case .queueReset:
      guard value == 1, accepted.contains(.ringReset) else { return }
      queues[queue].isResetting = true
      queues[queue].ready = nil
    default:
      proceed(&ledger)
      judgeReadBack(queue, false, &ledger)
      // It goes by a reset that is not over.
      if queues[queue].isResetting { ledger.blame(.mmioDrv23) }
      if let ready = queues[queue].ready {
        if !isLegacy { judge(.mmioDrv17, !ready, &ledger) } else if ready { ledger.blame(.mmioLeg31) }
      }
      set(queue, register, value, &ledger)
    }
  }

  private mutating func set(_ queue: Int, _ register: Register, _ value: UInt32, _ ledger: inout Ledger) {
    let bit: UInt8
    switch register {
    case .queueNum:
      bit = DriverQueueShadow.sizeBit
      queues[queue].size = value
      if let maximum = maximum(ofQueue: queue) {
        judge(isLegacy ? .mmioLeg32 : .mmioDrv16, value <= maximum, &ledger)
      }
    case .queueAlign:
      bit = DriverQueueShadow.alignBit
      queues[queue].align = value
      judge(.mmioLeg17, LegacyRing.isValidUnit(value), &ledger)
    case .queueDescLow:
      bit = 2
      queues[queue].descriptors = value
    case .queueDescHigh: bit = 4
    case .queueDriverLow:
      bit = 8
      queues[queue].driver = value
    case .queueDriverHigh: bit = 16
    case .queueDeviceLow:
      bit = 32
      queues[queue].device = value
    default: bit = 64
    }
    queues[queue].written |= bit
  }

  /// What QueueNumMax reads for a queue.
  private func maximum(ofQueue queue: Int) -> UInt32? {
    guard let queueCount = facts.queueCount else { return nil }
    return UInt32(queue) < queueCount ? facts.queueNumMax : 0
  }

  private mutating func writeReady(_ queue: Int, _ value: UInt32, _ ledger: inout Ledger) {
    switch value {
    case 0:
      if queues[queue].ready == true { queues[queue].stopStep = ledger.step }
      queues[queue].ready = false
    case 1:
      judgeReadBack(queue, false, &ledger)
      if queues[queue].ready != true { turnOn(queue, &ledger) }
      queues[queue].ready = true
      queues[queue].wasReady = true
    default: queues[queue].ready = nil
    }
  }

  private mutating func turnOn(_ queue: Int, _ ledger: inout Ledger) {
    proceed(&ledger)
    if queues[queue].isResetting {
      queues[queue].isResetting = false
      ledger.blame(.mmioDrv23)
    } else if queues[queue].wasReset {
      ledger.satisfy(.mmioDrv23)
    }
    ledger.satisfy(.mmioVq01)
    judge(.mmioVq03, queues[queue].maximumIsRead && !queues[queue].isMissing, &ledger)
    let sizeIsWritten = queues[queue].written & DriverQueueShadow.sizeBit != 0
    judge(.mmioVq05, sizeIsWritten, &ledger)
    let areasAreWritten = queues[queue].written & DriverQueueShadow.areaBits == DriverQueueShadow.areaBits
    judge(.mmioVq06, areasAreWritten, &ledger)
    if queues[queue].wasReset { judge(.ringresetDrv03, sizeIsWritten && areasAreWritten, &ledger) }
    // A queue that was on since the last reset of the device is not part of its initialization any more.
    if !queues[queue].wasReady && !queues[queue].wasReset {
      judge(.initDrv06, has(.featuresOK) && !has(.driverOK), &ledger)
    }
    guard areasAreWritten else { return }
    let format = RingFormat(accepted)
    let isAligned =
      UInt64(queues[queue].descriptors) % format.descriptorAlignment == 0
      && UInt64(queues[queue].driver) % format.driverAlignment == 0
      && UInt64(queues[queue].device) % format.deviceAlignment == 0
    judge(format == .split ? .splitDrv01 : .packedDrv01, isAligned, &ledger)
  }

  /// QueueReady is read behind its stop, or the driver goes on without.
  mutating func judgeReadBack(_ queue: Int, _ isRead: Bool, _ ledger: inout Ledger) {
    guard queues[queue].stopStep >= 0 else { return }
    if isRead { ledger.satisfy(.mmioDrv19) } else { ledger.blame(.mmioDrv19, inStep: queues[queue].stopStep) }
    queues[queue].stopStep = -1
  }
}

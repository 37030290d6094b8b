import VirtioSpec

// How a driver sets a queue up.
extension WatchedQueue {
  /// A write to a register while this queue is selected. `pageSize` is that of a legacy driver.
  mutating func write(_ register: Register, _ value: UInt32, pageSize: UInt32) {
    switch register {
    case .queueReset: if value == 1 { stop() }
    case .queueReady: setReady(value)
    case .queuePFN: setPage(value, pageSize)
    case _ where isLive: break
    case .queueNum: size = value
    case .queueAlign: align = value
    case .queueDescLow: descriptors.low = value
    case .queueDescHigh: descriptors.high = value
    case .queueDriverLow: driverArea.low = value
    case .queueDriverHigh: driverArea.high = value
    case .queueDeviceLow: deviceArea.low = value
    case .queueDeviceHigh: deviceArea.high = value
    default: break
    }
  }

  private mutating func setReady(_ value: UInt32) {
    if value == 0 { stop() }
    if value == 1, !isLive { start() }
  }

  private mutating func setPage(_ page: UInt32, _ pageSize: UInt32) {
    guard page != 0, LegacyRing.isValidUnit(pageSize), LegacyRing.isValidUnit(align) else { return stop() }
    descriptors = UInt64(page) * UInt64(pageSize)
    driverArea = descriptors + LegacyRing.driverArea(size)
    deviceArea = descriptors + LegacyRing.deviceArea(size, align: align)
    start()
  }
}

extension UInt64 {
  fileprivate var low: UInt32 {
    get { UInt32(truncatingIfNeeded: self) }
    set { self = self & ~0xffff_ffff | UInt64(newValue) }
  }

  fileprivate var high: UInt32 {
    get { UInt32(truncatingIfNeeded: self >> 32) }
    set { self = self & 0xffff_ffff | UInt64(newValue) << 32 }
  }
}

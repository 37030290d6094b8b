import VirtioMemory
import VirtioSpec

extension MMIODevice where Model: ~Copyable {
  /// A read of `width` bytes (1, 2, 4 or 8) at `offset` from the device's base.
  ///
  /// Control registers are 32 bits wide (section 4.2.2); the configuration space is read in 1, 2 or 4 aligned bytes.
  @inlinable @inline(__always)
  public mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64 {
    if offset >= Register.configBase { return readConfig(offset - Register.configBase, width: width) }
    guard width == Register.width, let register = Register(offset, in: options.transport) else { return 0 }
    return UInt64(read(register))
  }

  /// A write of `width` bytes (1, 2, 4 or 8) at `offset` from the device's base.
  @inlinable @inline(__always)
  public mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    if offset >= Register.configBase {
      writeConfig(offset - Register.configBase, width: width, value: value, host: &host)
    } else if width == Register.width, let register = Register(offset, in: options.transport) {
      write(register, UInt32(truncatingIfNeeded: value), host: &host)
    }
  }

  @inlinable @inline(__always)
  mutating func read(_ register: Register) -> UInt32 {
    switch register {
    case .magicValue: Register.magic
    case .version: options.transport.rawValue
    case .deviceID: Model.deviceType.rawValue
    case .vendorID: options.vendorID
    case .deviceFeatures: offeredFeatures.word(deviceFeaturesSel)
    case .queueNumMax: queueSel < options.queueCount ? options.queueNumMax : 0
    case .queuePFN: queueSel < options.queueCount ? queues[Int(queueSel)].pageNumber : 0
    case .queueReady: queueSel < options.queueCount && queues[Int(queueSel)].isReady ? 1 : 0
    case .interruptStatus: interruptStatus.rawValue
    case .status: status.rawValue
    case .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh: describeSharedMemory(register)
    case .queueReset: queueSel < options.queueCount && queues[Int(queueSel)].isResetting ? 1 : 0
    case .configGeneration: configGeneration &+ model.configRevision
    case .deviceFeaturesSel, .driverFeatures, .driverFeaturesSel, .guestPageSize, .queueSel, .queueNum, .queueAlign,
      .queueNotify, .interruptACK, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow,
      .queueDeviceHigh, .shmSel:
      0
    }
  }

  /// The selected region, or ones for an id that is not in use (section 4.2.2).
  @inlinable
  func describeSharedMemory(_ register: Register) -> UInt32 {
    guard let region = options.sharedMemory, region.id == shmSel else { return .max }
    return region.word(register)
  }

  @inlinable @inline(__always)
  mutating func write(_ register: Register, _ value: UInt32, host: inout some DeviceHost & ~Copyable) {
    switch register {
    case .deviceFeaturesSel: deviceFeaturesSel = value
    case .driverFeaturesSel: driverFeaturesSel = value
    case .driverFeatures: writeFeatures(value)
    case .guestPageSize: guestPageSize = value
    case .queueSel: queueSel = value
    case .queueNum: setQueue { $0.size = value }
    case .queueAlign: setQueue { $0.align = value }
    case .queuePFN: writeQueuePFN(value, host: &host)
    case .queueDescLow: setQueue { $0.descriptorArea.setLow(value) }
    case .queueDescHigh: setQueue { $0.descriptorArea.setHigh(value) }
    case .queueDriverLow: setQueue { $0.driverArea.setLow(value) }
    case .queueDriverHigh: setQueue { $0.driverArea.setHigh(value) }
    case .queueDeviceLow: setQueue { $0.deviceArea.setLow(value) }
    case .queueDeviceHigh: setQueue { $0.deviceArea.setHigh(value) }
    case .queueReady: writeQueueReady(value, host: &host)
    case .queueReset: writeQueueReset(value)
    case .queueNotify: notify(value, host: &host)
    case .interruptACK: acknowledge(InterruptStatus(rawValue: value), host: &host)
    case .status: writeStatus(DeviceStatus(rawValue: value), host: &host)
    case .shmSel: shmSel = value
    case .magicValue, .version, .deviceID, .vendorID, .deviceFeatures, .queueNumMax, .interruptStatus, .shmLenLow,
      .shmLenHigh, .shmBaseLow, .shmBaseHigh, .configGeneration:
      break
    }
  }

  /// Changes a setting of the selected queue, if it exists and is not live.
  @inlinable
  mutating func setQueue(_ change: (inout VirtQueue) -> Void) {
    guard queueSel < options.queueCount, !queues[Int(queueSel)].isReady, !queues[Int(queueSel)].isResetting else {
      return
    }
    change(&queues[Int(queueSel)])
  }

  @inlinable @inline(never)
  mutating func writeQueueReady(_ value: UInt32, host: inout some DeviceHost & ~Copyable) {
    guard queueSel < options.queueCount, value <= 1, !queues[Int(queueSel)].isResetting else { return }
    if value == 0 {
      stopQueue(Int(queueSel))
    } else if !queues[Int(queueSel)].isReady {
      startQueue(Int(queueSel), host: &host)
    }
  }

  /// The queue is live, or the device needs a reset where it cannot be.
  @inlinable
  mutating func startQueue(_ queue: Int, host: inout some DeviceHost & ~Copyable) {
    queues[queue].format = RingFormat(acceptedFeatures)
    guard queues[queue].isUsable(sizeLimit: options.queueNumMax, memory: &host) else { return needReset(host: &host) }
    queues[queue].start()
  }

  /// VIRTIO_F_RING_RESET: the queue is off, and has nothing (section 2.6.1); its size and addresses stay. That is so at once,
  /// unless the backend has requests of it, or looks there for room, and does not move.
  @inlinable @inline(never)
  mutating func writeQueueReset(_ value: UInt32) {
    guard queueSel < options.queueCount, value == 1, acceptedFeatures.contains(.ringReset) else { return }
    let queue = Int(queueSel)
    guard backendMode == .stalled, isPending(queue) || model.receives(queue) else { return stopQueue(queue) }
    queues[queue].beginReset()
  }

  /// The backend moves: it lets go of the requests of queues that are to be reset.
  @inlinable
  mutating func finishQueueResets() {
    for queue in 0..<Int(options.queueCount) where queues[queue].isResetting { stopQueue(queue) }
  }

  @inlinable
  func isPending(_ queue: Int) -> Bool {
    for slot in pending where Int(pool.chains[Int(slot)].queue) == queue { return true }
    return false
  }

  /// Nothing of the queue is touched from here on, also not by requests that were in flight.
  @inlinable @inline(never)
  mutating func stopQueue(_ queue: Int) {
    dropPending(ofQueue: queue)
    queues[queue].stop()
  }

  @inlinable @inline(never)
  mutating func notify(_ value: UInt32, host: inout some DeviceHost & ~Copyable) {
    // The data above the index says where the driver is in the ring, which the ring says, too (section 2.9).
    let queue = acceptedFeatures.contains(.notificationData) ? value & 0xffff : value
    guard queue < options.queueCount else { return }
    serveQueue(Int(queue), host: &host)
  }

  @inlinable
  mutating func acknowledge(_ events: InterruptStatus, host: inout some DeviceHost & ~Copyable) {
    let wasAsserted = !interruptStatus.isEmpty
    interruptStatus.subtract(events)
    if wasAsserted && interruptStatus.isEmpty { host.setInterrupt(false) }
  }

  @inlinable @inline(never)
  mutating func writeStatus(_ value: DeviceStatus, host: inout some DeviceHost & ~Copyable) {
    guard !value.isEmpty else { return reset(host: &host) }
    var added = value.intersection(.driverOwned).subtracting(status)
    guard options.transport == .modern else {
      status.formUnion(added)
      return
    }
    if added.contains(.featuresOK) {
      if isAcceptable(driverFeatures) {
        acceptedFeatures = driverFeatures
        model.featuresChanged(to: acceptedFeatures)
      } else {
        added.remove(.featuresOK)
      }
    }
    if !status.union(added).contains(.featuresOK) { added.remove(.driverOK) }
    status.formUnion(added)
  }

  @inlinable @inline(never)
  mutating func writeFeatures(_ value: UInt32) {
    guard options.transport == .modern else { return writeLegacyFeatures(value) }
    // Behind FEATURES_OK nobody looks at them.
    driverFeatures = driverFeatures.replacingWord(driverFeaturesSel, with: value)
    // A bit that no word can hold is a bit that is not offered.
    hasUnknownFeatures = hasUnknownFeatures || driverFeaturesSel >= FeatureBits.wordCount && value != 0
  }

  @inlinable
  func isAcceptable(_ features: FeatureBits) -> Bool {
    features.isSubset(of: offeredFeatures) && features.contains(.version1) && !hasUnknownFeatures
  }
}

extension UInt64 {
  @inlinable
  mutating func setLow(_ word: UInt32) { self = self & ~0xffff_ffff | UInt64(word) }

  @inlinable
  mutating func setHigh(_ word: UInt32) { self = self & 0xffff_ffff | UInt64(word) << 32 }
}

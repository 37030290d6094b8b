import VirtioDevice
import VirtioSpec

// The register table (section 4.2.2).
extension TinyEntropy {
  func read(_ register: Register) -> UInt32 {
    switch register {
    case .magicValue: Register.magic
    case .version: 2
    case .deviceID: DeviceType.entropy.rawValue
    case .vendorID: Self.vendorID
    case .deviceFeatures: FeatureBits.version1.word(deviceFeaturesSel)
    case .queueNumMax: queueSel == 0 ? Self.maxQueueSize : 0
    case .queueReady: queueSel == 0 && queue.isReady ? 1 : 0
    case .interruptStatus: interruptStatus.rawValue
    case .status: status.rawValue
    // There is no such region.
    case .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh: .max
    default: 0
    }
  }

  mutating func write(_ register: Register, _ value: UInt32, host: inout some DeviceHost & ~Copyable) {
    switch register {
    case .deviceFeaturesSel: deviceFeaturesSel = value
    case .driverFeaturesSel: driverFeaturesSel = value
    case .driverFeatures where !status.contains(.featuresOK):
      driverFeatures = driverFeatures.replacingWord(driverFeaturesSel, with: value)
    case .queueSel: queueSel = value
    case .queueNotify where value == 0: serve(host: &host)
    case .interruptACK: clear(InterruptStatus(rawValue: value), host: &host)
    case .status: writeStatus(DeviceStatus(rawValue: value), host: &host)
    case .queueReady where queueSel == 0: queue.setReady(value & 1 != 0)
    case .queueNum, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow, .queueDeviceHigh:
      // They may only be written while the queue is not in use.
      if queueSel == 0 && !queue.isReady { queue.write(register, value) }
    default: break
    }
  }

  private mutating func writeStatus(_ value: DeviceStatus, host: inout some DeviceHost & ~Copyable) {
    guard !value.isEmpty else {
      let hadInterrupt = !interruptStatus.isEmpty
      reset()
      if hadInterrupt { host.setInterrupt(false) }
      return
    }
    let wasRunning = isRunning
    // Whatever the driver writes, what needs a reset needs one.
    status.formUnion(value.subtracting(.deviceNeedsReset))
    if status.contains(.featuresOK), driverFeatures != .version1 { status.remove(.featuresOK) }
    if isRunning && !wasRunning { serve(host: &host) }
  }

  mutating func raise(_ event: InterruptStatus, host: inout some DeviceHost & ~Copyable) {
    let wasEmpty = interruptStatus.isEmpty
    interruptStatus.formUnion(event)
    if wasEmpty { host.setInterrupt(true) }
  }

  private mutating func clear(_ events: InterruptStatus, host: inout some DeviceHost & ~Copyable) {
    let wasEmpty = interruptStatus.isEmpty
    interruptStatus.subtract(events)
    if !wasEmpty && interruptStatus.isEmpty { host.setInterrupt(false) }
  }
}

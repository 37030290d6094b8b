import VirtioSpec

// The configuration space: CFG-DEV, MMIO-DEV-08, MMIO-REG-37.
extension Judge {
  /// A conforming read of a field shows what the device was made with, or what the host made of it.
  mutating func readConfig(_ event: Event) {
    let offset = UInt32(truncatingIfNeeded: event.address) - Register.configBase
    let width = UInt32(event.detail)
    if shadow.isLegacy, width == 1 { return readLegacyByte(offset, event.value) }
    if readPadding(offset, width, event.value) { return }
    guard let field = ConfigField.conforming(offset, width: width, of: shadow.profile.deviceType) else { return }
    guard field.feature.isSubset(of: shadow.profile.offeredFeatures) else { return shadow.blame(.cfgDrv03) }
    if readField(field, offset, event.value) { return }
    // What the driver may have changed itself is not compared.
    guard field.offset != BlockConfig.writeback, Int(offset + width) <= shadow.config.count else { return }
    var expected: UInt64 = 0
    for byte in 0..<width { expected |= UInt64(shadow.config[offset + byte]) << UInt64(8 * byte) }
    let isEarly = shadow.writtenStatus & (shadow.isLegacy ? DeviceStatus.driverOK : .featuresOK).rawValue == 0
    check(isEarly ? .cfgDev01 : .cfgDev02, event.value == expected, seen: event.value, expected: expected)
  }

  /// The generation changes with the configuration, and only then.
  mutating func readGeneration(_ value: UInt32) {
    noteGeneration()
    if let last = shadow.generation {
      if shadow.changedSinceGeneration {
        check(.mmioDev08, value != last, seen: UInt64(value), expected: UInt64(last &+ 1))
        check(.cfgDev03, value != last, seen: UInt64(value), expected: UInt64(last &+ 1))
      } else {
        check(.mmioReg37, value == last, seen: UInt64(value), expected: UInt64(last))
      }
    }
    shadow.generation = shadow.resetIsPending ? nil : value
    shadow.changedSinceGeneration = false
  }

  /// The host changes the capacity of a block device.
  @usableFromInline
  mutating func resize(sectors: UInt64) {
    guard shadow.profile.deviceType == .block else { return }
    var changed = false
    shadow.noteResize(to: sectors)
    for byte: UInt32 in 0..<8 {
      let index = BlockConfig.capacity + byte
      let new = UInt8(truncatingIfNeeded: sectors >> UInt64(8 * byte))
      if shadow.config[index] != new { changed = true }
      shadow.config[index] = new
    }
    guard changed else { return }
    shadow.changedSinceGeneration = true
    // BLK-DEV-11 makes the notification of a new capacity advice; before DRIVER_OK there is none (RESET-DEV-02).
    guard shadow.driverOKIsWritten else { return }
    guard shadow.isRunning == true else {
      shadow.allow(InterruptStatus.configurationChange.rawValue)
      return
    }
    shadow.configEventIsAdvice = shadow.due & InterruptStatus.configurationChange.rawValue == 0
    shadow.owe(InterruptStatus.configurationChange.rawValue)
  }
}

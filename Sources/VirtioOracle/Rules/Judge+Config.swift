import VirtioSpec

// The configuration space: CFG-DEV, MMIO-DEV-08, MMIO-REG-37 and -38, MMIO-LEG-28, CONSOLE-DEV-07.
extension Judge {
  /// A conforming read of a field shows what the device was made with, or what the host made of it.
  mutating func readConfig(_ event: Event) {
    let offset = UInt32(truncatingIfNeeded: event.address) - Register.configBase
    let width = UInt32(event.detail)
    shadow.configIsRead = true
    if shadow.isLegacy, width == 1 { return readLegacyByte(offset, event.value) }
    if readPadding(offset, width, event.value) { return }
    guard let field = ConfigField.conforming(offset, width: width, of: shadow.profile.deviceType) else { return }
    guard isValid(field) else { return }
    if readField(field, offset, event.value) { return }
    // What the driver may have changed itself is not compared.
    guard field.offset != BlockConfig.writeback, Int(offset + width) <= shadow.config.count else { return }
    var expected: UInt64 = 0
    for byte in 0..<width { expected |= UInt64(shadow.config[offset + byte]) << UInt64(8 * byte) }
    judgeField(width, event.value, expected)
  }

  /// What the configuration space shows at the offset of a field.
  mutating func judgeField(_ width: UInt32, _ value: UInt64, _ expected: UInt64) {
    let isEarly = shadow.writtenStatus & (shadow.isLegacy ? DeviceStatus.driverOK : .featuresOK).rawValue == 0
    let layout: ClauseID =
      shadow.profile.deviceType == .console ? .consoleDev07 : shadow.isLegacy ? .mmioLeg28 : .mmioReg38
    let hasByteOrder = width > 1 && !shadow.isLegacy
    let swapped = expected.byteSwapped >> UInt64(64 - 8 * width)
    guard value == expected else {
      let clause = hasByteOrder && value == swapped ? .cfgDev02 : isEarly ? .cfgDev01 : layout
      return violate(clause, seen: value, expected: expected)
    }
    if isEarly { ledger.satisfy(.cfgDev01) }
    if hasByteOrder && swapped != expected { ledger.satisfy(.cfgDev02) }
    ledger.satisfy(layout)
  }

  /// The generation changes with the configuration, and only then.
  mutating func readGeneration(_ value: UInt32) {
    noteGeneration(value)
    let mayChangeUnseen = shadow.profile.deviceType == .network && mayCommandShow
    if !mayChangeUnseen, let last = shadow.generation {
      if shadow.changedSinceGeneration {
        check(.mmioDev08, value != last, seen: UInt64(value), expected: UInt64(last &+ 1))
        check(.cfgDev03, value != last, seen: UInt64(value), expected: UInt64(last &+ 1))
      } else {
        check(.mmioReg37, value == last, seen: UInt64(value), expected: UInt64(last))
      }
    }
    shadow.generation = shadow.resetIsPending || mayChangeUnseen ? nil : value
    shadow.changedSinceGeneration = false
  }

  /// The host changes the capacity of a block device, or the size of a console.
  @usableFromInline
  mutating func resize(_ size: UInt64) {
    switch shadow.profile.deviceType {
    case .block:
      shadow.noteResize(to: size)
      // BLK-DEV-11 makes the notification advice.
      changeConfig(BlockConfig.capacity, width: 8, size, isAdvice: true)
    case .console where shadow.profile.offeredFeatures.contains(.consoleSize):
      changeConfig(ConsoleConfig.columns, width: 4, size & 0xff | (size >> 8 & 0xff) << 16, isAdvice: false)
    default: break
    }
  }

  /// The configuration space changes, by no doing of the driver.
  mutating func changeConfig(_ offset: UInt32, width: UInt32, _ value: UInt64, isAdvice: Bool) {
    var changed = false
    for byte in 0..<width {
      let new = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
      if shadow.config[offset + byte] != new { changed = true }
      shadow.config[offset + byte] = new
    }
    guard changed else { return }
    if shadow.profile.declaresHousePolicy || shadow.configIsRead {
      shadow.changedSinceGeneration = true
      shadow.configIsRead = false
    } else if !shadow.changedSinceGeneration {
      // Nobody has seen an older version, with which this one could be mixed.
      shadow.generation = nil
    }
    // Before DRIVER_OK there is no notification (RESET-DEV-02).
    guard shadow.driverOKIsWritten else { return }
    guard shadow.isRunning == true else {
      shadow.allow(InterruptStatus.configurationChange.rawValue)
      return
    }
    if shadow.due & InterruptStatus.configurationChange.rawValue == 0 { shadow.configEventIsAdvice = isAdvice }
    if !isAdvice { shadow.configEventIsAdvice = false }
    shadow.owe(InterruptStatus.configurationChange.rawValue)
  }
}

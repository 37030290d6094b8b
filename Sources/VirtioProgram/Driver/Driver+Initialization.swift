import VirtioSpec

extension Driver {
  /// Writes 0 to Status and waits for 0 to read back, for as long as the device may take.
  @inlinable
  public mutating func resetDevice(_ port: inout some DriverPort & ~Copyable) {
    write(.status, 0, &port)
    var polls = 0
    while read(.status, &port) != 0, polls < resetPolls {
      port.stimulate(.poll)
      polls += 1
    }
    forgetDevice()
  }

  /// Device initialization (section 3.1.1) up to FEATURES_OK.
  @inlinable
  mutating func negotiate(_ step: Step, _ port: inout some DriverPort & ~Copyable) {
    let flags = NegotiateFlags(rawValue: UInt16(step[.flags]))
    if flags.contains(.identify) {
      _ = read(.magicValue, &port)
      _ = read(.version, &port)
      // A placeholder is left alone (section 4.2.3.1.1).
      if read(.deviceID, &port) == 0 { return }
      _ = read(.vendorID, &port)
    }
    if transport == .legacy && pageSize == 0 { _ = setPageSize(Self.usualPageSize, &port) }
    if !flags.contains(.noReset) { resetDevice(&port) }
    if !flags.contains(.noAcknowledge) { addStatus(DeviceStatus.acknowledge.rawValue, &port) }
    if !flags.contains(.noDriver) { addStatus(DeviceStatus.driver.rawValue, &port) }

    let wanted = FeatureBits(rawValue: UInt128(step[.value]))
    let forced = step[.index] == 0 ? [] : FeatureBits(bit: Int(step[.index]) - 1)
    var chosen: FeatureBits = []
    // The words behind the first two are looked at by who wants to know everything, or wants a bit of them.
    let shown = flags.contains(.identify) || step[.index] > 64 ? FeatureBits.wordCount : 2
    for word in 0..<shown {
      write(.deviceFeaturesSel, word, &port)
      chosen = chosen.replacingWord(word, with: read(.deviceFeatures, &port) & wanted.word(word) | forced.word(word))
    }
    for index: UInt32 in 0..<FeatureBits.wordCount {
      let word = flags.contains(.highFirst) ? FeatureBits.wordCount - 1 - index : index
      guard word < 2 || chosen.word(word) != 0 else { continue }
      write(.driverFeaturesSel, word, &port)
      write(.driverFeatures, chosen.word(word), &port)
    }
    accepted = chosen
    if !flags.contains(.noFeaturesOK), transport == .modern {
      addStatus(DeviceStatus.featuresOK.rawValue, &port)
      _ = read(.status, &port)
    }
    if deviceType == .network { findControlQueue(&port) }
  }

  @inlinable
  mutating func writeStatus(adding flags: StatusFlags, _ port: inout some DriverPort & ~Copyable) {
    var bits: UInt32 = 0
    for index in 0..<StatusFlags.bitCount where flags.rawValue >> UInt16(index) & 1 != 0 {
      bits |= StatusFlags.bit(index)
    }
    addStatus(bits, &port)
  }

  @inlinable
  mutating func addStatus(_ bits: UInt32, _ port: inout some DriverPort & ~Copyable) {
    status |= bits
    write(.status, status, &port)
  }

  /// Reads one field of the configuration space the way section 2.5.4 asks for: between two equal generations.
  @inlinable
  func readConfig(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let count = ConfigField.count(of: deviceType)
    guard count > 0 else { return false }
    let (offset, size) = ConfigField.extent(Int(step[.index]) % count, of: deviceType)
    let bracketed =
      transport == .modern && !ReadConfigFlags(rawValue: UInt16(step[.flags])).contains(.noGeneration)
    var access: UInt64 = 0
    if bracketed {
      resize(step, before: &access, &port)
      _ = read(.configGeneration, &port)
    }
    // Byte by byte, as Linux does it, since the byte order of a legacy device is the guest's.
    let width = transport == .modern ? min(size, 4) : 1
    for part in 0..<size / width {
      resize(step, before: &access, &port)
      _ = port.readRegister(Register.configBase + offset + part * width, width: Int(width))
    }
    if bracketed {
      resize(step, before: &access, &port)
      _ = read(.configGeneration, &port)
    }
    return true
  }

  /// The host may change what is being read, at any point of it.
  @inlinable
  func resize(_ step: Step, before access: inout UInt64, _ port: inout some DriverPort & ~Copyable) {
    access += 1
    if step[.count] == access { port.stimulate(.resize(sectors: step[.value])) }
  }
}

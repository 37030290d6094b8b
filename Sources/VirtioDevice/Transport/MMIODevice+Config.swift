import VirtioSpec

extension MMIODevice where Model: ~Copyable {
  /// Reads 1, 2 or 4 aligned bytes of the configuration space; bytes behind its end are 0.
  @inlinable @inline(never)
  mutating func readConfig(_ offset: UInt32, width: Int) -> UInt64 {
    guard width <= 4, offset % UInt32(width) == 0 else { return 0 }
    let config = model.config
    var value: UInt64 = 0
    for byte in 0..<width where Int(offset) + byte < config.count {
      value |= UInt64(config[offset + UInt32(byte)]) << UInt64(8 * byte)
    }
    return value
  }

  /// Writes 1, 2 or 4 aligned bytes that lie wholly inside the configuration space.
  @inlinable @inline(never)
  mutating func writeConfig(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    guard width <= 4, offset % UInt32(width) == 0, Int(offset) + width <= model.config.count else { return }
    model.writeConfig(offset, width: width, value: UInt32(truncatingIfNeeded: value), host: &host)
  }

  /// The device itself changed its configuration space (section 4.2.2.1, ConfigGeneration).
  @inlinable
  mutating func configChanged(host: inout some DeviceHost & ~Copyable) {
    configGeneration &+= 1
    // RESET-DEV-02: nobody is told before there is a driver.
    if status.contains(.driverOK) { raise(.configurationChange, host: &host) }
  }
}

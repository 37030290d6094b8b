extension Header {
  /// The header in this record: every field brought into its domain, magic and version not looked at.
  init(reducing words: RecordWords) {
    self.init(
      device: Device(rawValue: UInt8(truncatingIfNeeded: words.0 >> 40) % UInt8(Device.allCases.count))!,
      queueCount: UInt8(truncatingIfNeeded: words.0 >> 48) % Self.maxQueueCount + 1,
      sizeLog2: UInt8(truncatingIfNeeded: words.0 >> 56) % (Self.maxSizeLog2 + 1),
      withheldFeatures: words.1,
      capacity: UInt32(truncatingIfNeeded: words.2) % Self.capacityLimit,
      flags: Flags(rawValue: UInt8(truncatingIfNeeded: words.2 >> 32)).intersection(.defined))
  }

  /// The canonical record.
  var record: RecordWords {
    let queues = UInt64((queueCount &- 1) % Self.maxQueueCount)
    let log2 = UInt64(sizeLog2 % (Self.maxSizeLog2 + 1))
    return (
      UInt64(Self.magic) | UInt64(Self.version) << 32 | UInt64(device.rawValue) << 40 | queues << 48 | log2 << 56,
      withheldFeatures,
      UInt64(capacity % Self.capacityLimit) | UInt64(flags.intersection(.defined).rawValue) << 32,
      0
    )
  }
}

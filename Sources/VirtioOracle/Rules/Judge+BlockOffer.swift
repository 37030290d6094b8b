import VirtioSpec

// What a block device offers and shows: BLK-DEV-01 to -04, -11, -15 to -17, -21, -26, -31, BLK-DRV-04.
extension Judge {
  static let blockOfferRules: [ClauseID] = [
    .blkDev01, .blkDev02, .blkDev03, .blkDev04, .blkDev11, .blkDev15, .blkDev16, .blkDev17, .blkDev21, .blkDev26,
    .blkDev31,
  ]

  /// The first word of DeviceFeatures was read.
  mutating func judgeBlockOffer(_ offered: FeatureBits) {
    let seen = UInt64(offered.word(0))
    let hasFlush = offered.contains(.blkFlush)
    if offered.contains(.blkConfigWCE) { check(.blkDev02, hasFlush, seen: seen, expected: seen | 1 << 9) }
    check(.blkDev15, hasFlush, seen: seen, expected: seen | 1 << 9)
    let storage = shadow.profile.storage
    if shadow.isLegacy {
      check(.blkDev16, !offered.contains(.blkZoned), seen: seen, expected: seen & ~(1 << 17))
    } else if storage.isZoned == false {
      check(.blkDev17, !offered.contains(.blkZoned), seen: seen, expected: seen & ~(1 << 17))
    }
    if storage.hasLifetimeMetrics == false {
      check(.blkDev26, !offered.contains(.blkLifetime), seen: seen, expected: seen & ~(1 << 15))
    }
  }

  /// A byte that pads the layout of a block device is read: BLK-DEV-04. Behind what the features make of the layout nothing
  /// is said (A15). False for other reads.
  mutating func readPadding(_ offset: UInt32, _ width: UInt32, _ value: UInt64) -> Bool {
    guard shadow.profile.deviceType == .block, width == 1 else { return false }
    let reachedBy: FeatureBits
    switch offset {
    case BlockConfig.unused0: reachedBy = [.blkConfigWCE, .blkMultiQueue]
    case BlockConfig.unused1..<BlockConfig.size: reachedBy = [.blkWriteZeroes, .blkSecureErase]
    default: return false
    }
    // A space that ends before it has no padding there (A15).
    guard !shadow.profile.offeredFeatures.isDisjoint(with: reachedBy), offset < shadow.profile.config.count else {
      return false
    }
    check(.blkDev04, value == 0, seen: value, expected: 0)
    return true
  }

  /// A field of a block device is read that has clauses of its own. False where the general ones hold as well.
  mutating func readBlockField(_ field: ConfigField, _ offset: UInt32, _ value: UInt64) -> Bool {
    switch field.offset {
    case BlockConfig.capacity:
      let expected = shadow.configNumber(offset)
      check(.blkDev01, value == expected, seen: value, expected: expected)
      return false
    case BlockConfig.writeback:
      readWriteback(value)
      return true
    case BlockConfig.writeZeroesMayUnmap:
      // Which number says yes is left open.
      let expected = shadow.config[BlockConfig.writeZeroesMayUnmap]
      check(.blkDev21, (value != 0) == (expected != 0), seen: value, expected: UInt64(expected))
      return true
    default: return false
    }
  }

  /// The line tells of the only event that is due: a new capacity.
  mutating func blkDev11() {
    guard shadow.configEventIsAdvice, shadow.needsReset == .no,
      shadow.due & ~shadow.shown == InterruptStatus.configurationChange.rawValue
    else { return }
    ledger.satisfy(.blkDev11)
  }

  /// Its value is the driver's to change (see BLK-DEV-03).
  private mutating func readWriteback(_ value: UInt64) {
    guard !shadow.resetIsPending else { return }
    guard shadow.writtenStatus & DeviceStatus.featuresOK.rawValue != 0 else { return shadow.blame(.blkDrv04) }
    shadow.praise(.blkDrv04)
    noteWriteback(value)
    guard let features = shadow.features, features.contains(.blkConfigWCE), !features.contains(.blkFlush),
      !shadow.configIsWritten
    else { return }
    check(.blkDev03, value == 0, seen: value, expected: 0)
  }
}

import VirtioSpec

// What a device offers: FEAT-DEV-04, -07 and -11. Judged by what DeviceFeatures shows, once for each word and program.
extension Judge {
  static let offerRules: [ClauseID] = [.featDev04, .featDev07, .featDev11]

  /// A word of the offer that the driver reads for the first time.
  mutating func judgeOffer(_ value: UInt32) {
    guard let selector = shadow.deviceFeaturesSel else { return }
    // All words behind the last one that has a bit are alike.
    let bit: UInt8 = 1 << UInt8(min(selector, FeatureBits.wordCount))
    guard shadow.registers.judgedWords & bit == 0 else { return }
    shadow.registers.judgedWords |= bit
    featDev04(selector, value)
    if shadow.isLegacy {
      if selector == 0 { leg08(value) }
    } else if selector == 1 {
      featDev07(value)
      featDev11(value)
    }
  }

  /// No bit is offered that is reserved, or has no meaning here. Bits that an older or a later specification may give
  /// a meaning are a warning.
  private mutating func featDev04(_ selector: UInt32, _ value: UInt32) {
    guard selector < FeatureBits.wordCount else {
      guard value != 0 else { return ledger.satisfy(.featDev04) }
      return violate(.featDev04, seen: UInt64(value), expected: 0, severity: .warning)
    }
    let type = shadow.profile.deviceType
    let reserved = value & FeatureBits.reserved(for: type).word(selector)
    let legacy = shadow.isLegacy ? FeatureBits.ofLegacy(type) : []
    let undefined = value & ~FeatureBits.defined(for: type).union(legacy).word(selector)
    if reserved != 0 {
      violate(.featDev04, seen: UInt64(value), expected: UInt64(value & ~reserved))
    } else if undefined != 0 {
      violate(.featDev04, seen: UInt64(value), expected: UInt64(value & ~undefined), severity: .warning)
    } else {
      ledger.satisfy(.featDev04)
    }
  }

  private mutating func featDev07(_ value: UInt32) {
    let bit = FeatureBits.version1.word(1)
    check(.featDev07, value & bit != 0, seen: UInt64(value), expected: UInt64(value | bit))
  }

  /// MMIO has no way to hand out the data that the feature is about.
  private mutating func featDev11(_ value: UInt32) {
    let bit = FeatureBits.notifConfigData.word(1)
    guard value & bit != 0 else { return ledger.satisfy(.featDev11) }
    violate(.featDev11, seen: UInt64(value), expected: UInt64(value & ~bit), severity: .warning)
  }
}

import TestSupport
import VirtioSpec

extension RuleTests {
  private static let wordOne = """
    device block
    write offset=DeviceFeaturesSel width=4 value=0x1
    read offset=DeviceFeatures width=4
    """

  private static func offering(_ bit: Int) -> @Sendable (Border) -> Void {
    { border in
      border.profile = { $0.offeredFeatures.insert(FeatureBits(bit: bit)) }
      border.read = { $0 == .deviceFeatures ? $1 | 1 << UInt32(bit - 32) : $1 }
    }
  }

  /// Clears FEATURES_OK, behind so many resets.
  private static func refusing(_ border: Border, behindResets limit: Int) {
    var resets = 0
    border.write = { register, value in
      if register == .status && value == 0 { resets += 1 }
      return value
    }
    border.read = { $0 == .status && resets > limit ? $1 & ~8 : $1 }
  }

  static let featureCases = [
    RuleCase(.featDev02, "refuses every set", "device block\nnegotiate accept=0xffffffffffffffff") {
      $0.read = { $0 == .status ? $1 & ~8 : $1 }
    },
    RuleCase(
      .featDev03, "accepts a feature that it does not offer",
      "device block\nnegotiate accept=0xffffffffffffffff force=32"
    ) { border in
      border.read = { [unowned border] in $0 == .status ? $1 | border.status & 8 : $1 }
    },
    RuleCase(.featDev04, "offers a reserved bit", wordOne, keepIt: offering(43), breakIt: offering(45)),
    RuleCase(
      .featDev04, "offers what only legacy network devices have",
      "device network\nwrite offset=DeviceFeaturesSel width=4\nread offset=DeviceFeatures width=4"
    ) { $0.offer(FeatureBits(bit: 6)) },
    RuleCase(.featDev04, "offers SR_IOV", wordOne, keepIt: offering(33), breakIt: offering(37)),
    RuleCase(.featDev04, "offers an administration queue", wordOne, keepIt: offering(38), breakIt: offering(41)),
    RuleCase(
      .featDev04, "mirrors a word behind the last one",
      "device block\nwrite offset=DeviceFeaturesSel width=4 value=0x4\nread offset=DeviceFeatures width=4"
    ) { $0.read = { $0 == .deviceFeatures ? 1 : $1 } },
    RuleCase(
      .featDev05, "accepts a set once",
      "device block\nnegotiate accept=0xffffffffffffffff\nnegotiate accept=0xffffffffffffffff"
    ) { refusing($0, behindResets: 1) },
    RuleCase(
      .featDev05, "refuses a set because of another one before the reset that nobody saw the end of",
      """
      device block
      negotiate accept=0xffffffffffffffff
      negotiate accept=0x100000000 flags=no-features-ok
      negotiate accept=0xffffffffffffffff flags=high-first
      """
    ) { refusing($0, behindResets: 2) },
    RuleCase(
      .featDev05, "refuses a set because of another one before the reset, whatever the order of words",
      """
      device block
      negotiate accept=0xffffffffffffffff
      negotiate force=65
      negotiate accept=0xffffffffffffffff flags=high-first
      """
    ) { refusing($0, behindResets: 2) },
    RuleCase(
      .featDev05, "refuses a set because of what came too late before the reset, whatever the order of words",
      """
      device block
      negotiate accept=0xffffffffffffffff
      negotiate force=65 flags=no-reset
      negotiate accept=0xffffffffffffffff flags=high-first
      """
    ) { refusing($0, behindResets: 1) },
    RuleCase(
      .featDev06, "takes back what it accepted when the driver writes on",
      """
      device block
      negotiate accept=0xffffffffffffffff
      write offset=DriverFeaturesSel width=4
      write offset=DriverFeatures width=4
      read offset=Status width=4
      """
    ) { border in
      var isLate = false
      border.write = { [unowned border] register, value in
        if register == .driverFeatures && border.status & 8 != 0 { isLate = true }
        return value
      }
      border.read = { $0 == .status && isLate ? $1 & ~8 : $1 }
    },
    RuleCase(.featDev07, "does not offer VERSION_1", wordOne) {
      $0.profile = { $0.offeredFeatures.remove(.version1) }
      $0.read = { $0 == .deviceFeatures ? $1 & ~1 : $1 }
    },
    RuleCase(.featDev11, "offers data that it cannot hand out", wordOne, breakIt: offering(39)),
  ]
}

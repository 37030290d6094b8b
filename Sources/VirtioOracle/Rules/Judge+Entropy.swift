import VirtioSpec

// Entropy devices: RNG-DEV, RNG-DRV.
extension Judge {
  static let entropyRules: [ClauseID] = [.rngDev01, .rngDev03, .rngDev04]

  static let entropyTraceRules: [ClauseID] = [.rngDrv01]

  static let entropyWaivers: [ClauseID: String] = [
    .rngDev02: "not observable: a permission; that the bytes which are counted were written is SPLIT-DEV-07",
    .rngDrv02: "not observable: how a driver uses the length is not seen on the bus",
  ]

  /// A chain of an entropy device comes back. One without a writable byte is the driver's fault.
  mutating func judgeEntropyRequest(_ index: Int, _ element: UsedElement) {
    let chain = shadow.chains[index]
    guard chain.isComplete, !chain.isBroken, !chain.isTruncated, chain.segmentCount > 0 else { return }
    if shadow.segments[shadow.segments(of: index).lowerBound].isWritable {
      shadow.praise(.rngDrv01)
    } else {
      shadow.blame(.rngDrv01)
    }
    guard chain.writableBytes > 0 else { return }
    // A device may take a chain with a readable buffer for none, and say so in this way.
    if element.length == 0, chain.hasReadable, !shadow.profile.declaresHousePolicy {
      return ledger.suspend(.rngDev01, for: .chain)
    }
    check(.rngDev01, element.length > 0, seen: UInt64(element.length), expected: 1)
  }

  /// There are no features of the device type's own: bits 0 to 23, 41, 42, and 50 to 127.
  mutating func rngDev04(_ value: UInt32, _ selector: UInt32) {
    let own: UInt32 =
      switch selector {
      case 0: 0x00ff_ffff
      case 1: 0xfffc_0600
      default: .max
      }
    if value & own == 0 { return ledger.satisfy(.rngDev04) }
    // Another version of the specification may define some.
    violate(.rngDev04, seen: UInt64(value), expected: UInt64(value & ~own), severity: .warning)
  }
}

import VirtioSpec

// Clauses that say what a device must not do: where it had the occasion, and let it pass, they are satisfied. Broken,
// they are found where it is done.
extension Judge {
  /// The device worked, and asked for nothing outside RAM but what the driver gave (ROB-03); once an action. Where it is
  /// not known what the driver gave, an access outside RAM says nothing.
  mutating func creditAction() {
    if shadow.violationsInAction == 0 && !shadow.mayBeGiven { ledger.satisfy(.rob03) }
    shadow.mayBeGiven = false
    let isPacked = shadow.usesPackedRings
    if shadow.hasUnjudgedRead { ledger.suspend(isPacked ? .packedDev20 : .splitDev04, for: .device) }
    if shadow.hasUnjudgedWrite { ledger.suspend(isPacked ? .packedDev03 : .splitDev03, for: .device) }
    shadow.hasUnjudgedRead = false
    shadow.hasUnjudgedWrite = false
  }

  /// A chain came back: the device read no writable part of it (SPLIT-DEV-04, PACKED-DEV-20), and wrote no readable one
  /// (SPLIT-DEV-03, PACKED-DEV-03).
  mutating func creditChain(_ chain: ChainShadow) {
    guard chain.isComplete, !chain.isBroken, !chain.isTruncated, shadow.violationsInAction == 0 else { return }
    if chain.hasWritable { ledger.satisfy(chain.isPacked ? .packedDev20 : .splitDev04) }
    if chain.hasReadable { ledger.satisfy(chain.isPacked ? .packedDev03 : .splitDev03) }
    if chain.isIndirect {
      praiseTable(chain)
      creditFeatures()
    }
  }

  /// Chains of a queue came back: the device left the descriptors (SPLIT-DEV-05) and the available ring (-14) alone, stayed
  /// in its used ring (-16), and kept to what used.flags may hold (-20, EVENTIDX-DEV-04).
  mutating func creditRings() {
    guard shadow.violationsInAction == 0 else { return }
    ledger.satisfy(.splitDev05)
    ledger.satisfy(.splitDev14)
    ledger.satisfy(.splitDev16)
    if let features = shadow.features { ledger.satisfy(features.contains(.eventIdx) ? .eventidxDev04 : .splitDev20) }
  }

  /// The driver looks again at a device that needs a reset, and had a live queue to leave alone (HOUSE-08).
  mutating func creditNeedsReset() {
    guard shadow.profile.declaresHousePolicy, shadow.needsReset == .confirmed, shadow.violationsInAction == 0 else {
      return
    }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive {
      return ledger.satisfy(.house08)
    }
  }
}

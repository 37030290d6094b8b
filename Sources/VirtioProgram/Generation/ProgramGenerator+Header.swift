import VirtioSpec

extension ProgramGenerator {
  /// Features that a header withholds now and then.
  private static let withheld: [UInt64] = [
    .indirectDesc, .eventIdx, .ringReset, .notifyOnEmpty, .blkSegMax, .blkBlockSize, .blkTopology, .blkConfigWCE,
    .blkDiscard,
    .blkWriteZeroes,
  ].map { (features: FeatureBits) in UInt64(features.rawValue) }

  private static let withheldOfConsole: [UInt64] = [.consoleSize, .consoleMultiport, .consoleEmergencyWrite].map {
    (features: FeatureBits) in UInt64(features.rawValue)
  }

  private static let withheldOfNetwork: [UInt64] = [
    .netControlOffloads, .netMTU, .netAddress, .netMergeableBuffers, .netMergeableBuffers, .netStatus, .netControlQueue,
    .netControlReceive, .netControlVLAN, .netControlVLAN, .netControlReceiveExtra, .netGuestAnnounce, .netMultiQueue,
    .netControlAddress, .netSpeedDuplex, .netGuestChecksum, .netGuestChecksum, .netGuestTSO4, .netGuestTSO6,
    .netGuestECN, .netChecksum, .netChecksum, .netHostTSO4, .netHostTSO6, .netHostECN,
  ].map { (features: FeatureBits) in UInt64(features.rawValue) }

  mutating func randomHeader() -> Header {
    var header = Header()
    header.device = style.device ?? randomDevice()
    // An entropy device has one queue.
    if header.device == .block, random.oneIn(4) { header.queueCount = 2 }
    header.sizeLog2 = UInt8(random.oneIn(8) ? random.below(11) : 4 + random.below(5))
    if random.oneIn(3) { for _ in 0...random.below(3) { header.withheldFeatures |= random.pick(Self.withheld) } }
    if header.device == .console {
      if random.oneIn(2) { header.queueCount = UInt8(1 + random.below(3)) }
      // Of eight queues, two share a region.
      header.sizeLog2 = min(header.sizeLog2, 7)
      if random.oneIn(4) { header.withheldFeatures |= random.pick(Self.withheldOfConsole) }
    }
    if header.device == .network {
      if random.oneIn(3) { header.queueCount = UInt8(1 + random.below(3)) }
      header.sizeLog2 = min(header.sizeLog2, 7)
      if random.oneIn(2) {
        for _ in 0...random.below(3) { header.withheldFeatures |= random.pick(Self.withheldOfNetwork) }
      }
    }
    if header.device == .block {
      if random.oneIn(4) { header.capacity = UInt32(random.oneIn(3) ? random.below(4096) : random.below(64)) }
      if random.oneIn(8) { header.flags = .readOnly }
    }
    if style == .packed {
      header.flags.insert(.packed)
    } else if style == .legacy || random.oneIn(style == .descriptors ? 16 : 6) {
      header.flags.insert(.legacy)
    }
    // The legacy interface has no room for these.
    if random.oneIn(6) { header.flags.insert(.notificationData) }
    if random.oneIn(16) { header.flags.insert(.platform) }
    if style == .lifecycle || style.device != nil, random.oneIn(8) { header.flags.insert(.packed) }
    if random.oneIn(8) { header.flags.insert(.inOrder) }
    if style == .registers && random.oneIn(8) { header.flags.insert(.sharedMemory) }
    return header
  }

  private mutating func randomDevice() -> Header.Device {
    if random.oneIn(10) { return .console }
    if random.oneIn(10) { return .network }
    return random.oneIn(4) ? .entropy : .block
  }
}

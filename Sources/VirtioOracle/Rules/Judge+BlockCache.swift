import VirtioSpec

// What a block device makes of its volatile cache: BLK-DEV-22 to -24, -28, -29.
extension Judge {
  static let blockCacheRules: [ClauseID] = [.blkDev22, .blkDev23, .blkDev24, .blkDev28, .blkDev29]

  /// The device put sectors on persistent storage.
  @usableFromInline
  mutating func notePersistence(_ event: Event) {
    let (end, wraps) = event.address.addingReportingOverflow(event.value)
    shadow.disk.stability.commit(event.address..<(wraps ? .max : end))
  }

  /// A write went well: it may have to be on persistent storage.
  mutating func endStableWrite(_ index: Int, _ request: BlockRequestShadow, _ accepted: FeatureBits) {
    guard shadow.profile.storage.tellsOfPersistence, !request.sectors.isEmpty,
      request.sectors.upperBound <= DiskShadow.sectorLimit
    else { return }
    let cached = shadow.disk.stability.complete(request.sectors, taken: shadow.chains[index].taken)
    shadow.noteEmptyQueues()
    guard let clause = stableWriteClause(index, accepted) else { return }
    check(clause, cached == nil, seen: cached ?? 0, expected: cached ?? 0)
  }

  /// The clause that wants a write to be stable when it is complete; nil where it may be volatile. Where `writeback` changed
  /// between submission and completion it may be either.
  private func stableWriteClause(_ index: Int, _ accepted: FeatureBits) -> ClauseID? {
    guard accepted.contains(.blkConfigWCE) else {
      let isOfferedOnly = shadow.profile.offeredFeatures.contains(.blkFlush) && !accepted.contains(.blkFlush)
      return isOfferedOnly ? .blkDev22 : nil
    }
    let mode = shadow.cacheMode
    return mode.writeback == 0 && mode.since <= shadow.chains[index].sent ? .blkDev23 : nil
  }

  /// A flush went well: the writes that were complete when it was sent are stable. Of those that the device still had nothing
  /// is owed, and neither of what is no write (section 5.2.6 names four kinds of request that change a disk).
  mutating func blkDev24(_ index: Int, _ request: BlockRequestShadow) {
    guard shadow.profile.storage.tellsOfPersistence, request.isValid,
      request.status == Block.RequestStatus.ok.rawValue
    else { return }
    let (sent, taken) = (shadow.chains[index].sent, shadow.chains[index].taken)
    switch shadow.disk.stability.flush(sent: sent, taken: taken) {
    case .nothing: break
    case .stabilized: ledger.satisfy(.blkDev24)
    case .left(let sector): violate(.blkDev24, seen: sector, expected: sector)
    }
  }

  /// The driver reads `writeback`.
  mutating func noteWriteback(_ value: UInt64) {
    guard !shadow.resetIsPending, shadow.features != nil || shadow.isLegacy else { return }
    let value = UInt8(truncatingIfNeeded: value)
    let mode = shadow.cacheMode
    if shadow.isLegacy, mode.isShown, let expected = mode.writeback {
      // Behind both nobody can tell which one it was.
      if mode.isBehindFeatures { checkMode(.blkDev29, value, expected) }
      if mode.isBehindStatus, !mode.isBehindFeatures || value == expected { checkMode(.blkDev28, value, expected) }
    }
    shadow.setWriteback(value, isShown: true)
    shadow.noteEmptyQueues()
  }

  private mutating func checkMode(_ clause: ClauseID, _ value: UInt8, _ expected: UInt8) {
    check(clause, value == expected, seen: UInt64(value), expected: UInt64(expected))
  }

  /// The driver writes to the configuration space of a block device.
  mutating func noteBlockConfigWrite(_ offset: UInt32, _ width: UInt32, _ value: UInt64) {
    guard offset <= BlockConfig.writeback, BlockConfig.writeback - offset < width else { return }
    let isMode = width == 1 && value <= 1 && shadow.features?.contains(.blkConfigWCE) == true
    shadow.setWriteback(isMode ? UInt8(value) : nil)
    shadow.noteEmptyQueues()
  }
}

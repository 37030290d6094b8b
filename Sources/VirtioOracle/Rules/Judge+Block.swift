import VirtioSpec

// Requests of block devices, judged when they come back: BLK-DEV-05 to -10, -12 to -14, -27, -32, BLK-DRV-01 to -03.
extension Judge {
  static let blockRules: [ClauseID] = [
    .blkDev05, .blkDev06, .blkDev07, .blkDev08, .blkDev09, .blkDev10, .blkDev12, .blkDev13, .blkDev14, .blkDev27,
    .blkDev32,
  ]

  static let blockTraceRules: [ClauseID] = [
    .blkDrv01, .blkDrv02, .blkDrv03, .blkDrv05, .blkDrv06, .blkDrv07, .blkDrv08, .blkDrv09,
  ]

  static let blockWaivers: [ClauseID: String] = [
    .blkDev18: "needs a zoned disk",
    .blkDev19: "needs a zoned disk",
    .blkDev20: "needs a zoned disk",
    .blkDev25: "not observable: a permission; discarded sectors may read as anything",
    .blkDev30: "needs a big-endian guest",
  ]

  /// A chain of a block device comes back.
  mutating func judgeBlockRequest(_ index: Int) {
    shadow.disturbChains(overlapping: index)
    guard let accepted = shadow.features, shadow.needsReset == .no, shadow.permissionsAreKnown,
      shadow.isLegible(index), let request = shadow.blockRequest(index)
    else {
      // It may have been any request.
      shadow.disk.forget()
      if ledger.driverFault != nil { ledger.suspend(.blkDev12, for: .chain) }
      return
    }
    judgeAsked(request)
    let isSettled = shadow.settleRace(index, request)
    // Only requests for zones have more answers.
    let largest = accepted.contains(.blkZoned) ? 6 : Block.RequestStatus.unsupported.rawValue
    check(.blkDev12, request.status <= largest, seen: UInt64(request.status), expected: UInt64(largest))
    endRequest(index, request, accepted, isSettled: isSettled)
    // Behind the rules of the specification for some of them.
    if isSettled { house12(request, accepted) }
  }

  private mutating func endRequest(
    _ index: Int, _ request: BlockRequestShadow, _ accepted: FeatureBits, isSettled: Bool
  ) {
    switch request.type {
    case .read: endRead(request, isSettled: isSettled)
    case .write: endWrite(index, request, accepted, isSettled: isSettled)
    case .discard where accepted.contains(.blkDiscard): endDiscard(request, isSettled: isSettled)
    case .writeZeroes where accepted.contains(.blkWriteZeroes): endWriteZeroes(request, isSettled: isSettled)
    case .secureErase where accepted.contains(.blkSecureErase): endErase(request, isSettled: isSettled)
    case .flush: blkDev24(index, request)
    case .getID: blkDev14(request)
    case .getLifetime where accepted.contains(.blkLifetime): blkDev27(request)
    default:
      if request.status != Block.RequestStatus.unsupported.rawValue { shadow.disk.forget(request.sectors) }
      blkDev10(request, accepted)
      blkDev32(request)
    }
  }

  private var isReadOnly: Bool { shadow.profile.offeredFeatures.contains(.blkReadOnly) }

  private mutating func house12(_ request: BlockRequestShadow, _ accepted: FeatureBits) {
    guard shadow.profile.declaresHousePolicy else { return }
    let (ok, ioError) = (Block.RequestStatus.ok.rawValue, Block.RequestStatus.ioError.rawValue)
    if isSound(request, accepted) {
      // A backend that fails counts as one that stalls.
      guard !shadow.isStalled else { return }
      check(.house12, request.status == ok, seen: UInt64(request.status), expected: UInt64(ok))
    } else if !request.isOnDisk || isReadOnly && request.claim.isChange {
      check(.house12, request.status != ok, seen: UInt64(request.status), expected: UInt64(ioError))
    }
  }

  private func isSound(_ request: BlockRequestShadow, _ accepted: FeatureBits) -> Bool {
    guard request.isValid, max(request.payload, request.room) <= 4 << 20 else { return false }
    switch request.type {
    case .read, .getID: return true
    case .write: return !isReadOnly
    case .flush: return accepted.contains(.blkFlush)
    case .discard: return accepted.contains(.blkDiscard) && !isReadOnly && request.segmentFlags == 0
    case .writeZeroes:
      return accepted.contains(.blkWriteZeroes) && !isReadOnly && request.segmentFlags & ~Block.segmentUnmap == 0
    case .getLifetime: return accepted.contains(.blkLifetime)
    default: return false
    }
  }

  /// Reads show what was written, or else define it.
  private mutating func endRead(_ request: BlockRequestShadow, isSettled: Bool) {
    guard request.isValid, isSettled, request.status == Block.RequestStatus.ok.rawValue else { return }
    var cursor = request.data
    var shown: (sector: UInt64, clause: ClauseID)?
    var kept = (written: false, refused: false, zeroed: false)
    for sector in request.sectors {
      guard let origin = shadow.disk.origin(of: sector) else {
        shadow.defineSector(sector, &cursor, by: .read)
        continue
      }
      let start = cursor
      guard shadow.holdsSector(sector, &cursor) else {
        if shown == nil { shown = (sector, Self.clause(for: origin)) }
        cursor = start
        shadow.defineSector(sector, &cursor, by: .read)
        continue
      }
      kept.written = true
      kept.refused = kept.refused || origin == .refusedWrite
      kept.zeroed = kept.zeroed || origin == .zeroes
    }
    if let shown { violate(shown.clause, seen: shown.sector, expected: shown.sector) }
    guard shown == nil else { return }
    if kept.written { ledger.satisfy(.blkDev13) }
    if kept.refused { ledger.satisfy(.blkDev06) }
    if kept.zeroed { ledger.satisfy(.blkDev09) }
  }

  /// The clause that a sector breaks which does not read as it has to.
  private static func clause(for origin: DiskShadow.Origin) -> ClauseID {
    switch origin {
    case .read, .write: .blkDev13
    case .refusedWrite: .blkDev06
    case .zeroes: .blkDev09
    }
  }

  private mutating func endWrite(
    _ index: Int, _ request: BlockRequestShadow, _ accepted: FeatureBits, isSettled: Bool
  ) {
    if isReadOnly {
      let expected = Block.RequestStatus.ioError.rawValue
      check(.blkDev05, request.status == expected, seen: UInt64(request.status), expected: UInt64(expected))
      return shadow.disk.refuseWrite(request.sectors)
    }
    guard request.isValid, isSettled, request.status == Block.RequestStatus.ok.rawValue else {
      return shadow.disk.forget(request.sectors)
    }
    var cursor = request.data
    for sector in request.sectors { shadow.defineSector(sector, &cursor, by: .write) }
    endStableWrite(index, request, accepted)
  }

  private mutating func endDiscard(_ request: BlockRequestShadow, isSettled: Bool) {
    if request.isValid && isSettled && !isReadOnly && request.segmentFlags & Block.segmentUnmap != 0 {
      expectUnsupported(.blkDev08, request)
    }
    endErase(request, isSettled: isSettled)
  }

  /// A request that makes sectors something else than what a driver has written there.
  private mutating func endErase(_ request: BlockRequestShadow, isSettled: Bool) {
    if request.isValid && isSettled && !isReadOnly && request.segmentFlags & ~Block.segmentUnmap != 0 {
      expectUnsupported(.blkDev07, request)
    }
    guard request.status != Block.RequestStatus.unsupported.rawValue else { return }
    shadow.disk.forget(request.sectors)
  }

  private mutating func endWriteZeroes(_ request: BlockRequestShadow, isSettled: Bool) {
    endErase(request, isSettled: isSettled)
    guard request.isValid, isSettled, request.status == Block.RequestStatus.ok.rawValue else { return }
    var input = request.data
    for _ in 0..<request.segmentCount {
      let range = shadow.nextRange(&input)
      let sectors = range.first..<range.first + range.count
      for sector in sectors.clamped(to: 0..<DiskShadow.sectorLimit) { shadow.disk.defineZero(sector) }
    }
  }

  private mutating func expectUnsupported(_ clause: ClauseID, _ request: BlockRequestShadow) {
    let expected = Block.RequestStatus.unsupported.rawValue
    check(clause, request.status == expected, seen: UInt64(request.status), expected: UInt64(expected))
  }

  /// On a disk that cannot be written, appending to a zone is a write, too, which BLK-DEV-05 wants to fail.
  private mutating func blkDev10(_ request: BlockRequestShadow, _ accepted: FeatureBits) {
    guard request.type.isZone, !accepted.contains(.blkZoned) else { return }
    if request.type == .zoneAppend, isReadOnly, request.status == Block.RequestStatus.ioError.rawValue { return }
    expectUnsupported(.blkDev10, request)
  }

  /// A type that nobody has heard of, or whose feature the device does not offer.
  private mutating func blkDev32(_ request: BlockRequestShadow) {
    let offered = shadow.profile.offeredFeatures
    switch request.type {
    case .discard: guard !offered.contains(.blkDiscard) else { return }
    case .writeZeroes: guard !offered.contains(.blkWriteZeroes) else { return }
    case .getLifetime: guard !offered.contains(.blkLifetime) else { return }
    case .secureErase: guard !offered.contains(.blkSecureErase) else { return }
    default: guard !request.type.isZone, !request.type.isLegacy else { return }
    }
    if request.status == Block.RequestStatus.ioError.rawValue {
      let expected = Block.RequestStatus.unsupported.rawValue
      return violate(.blkDev32, seen: UInt64(request.status), expected: UInt64(expected), severity: .warning)
    }
    expectUnsupported(.blkDev32, request)
  }

  /// What is reserved is not answered.
  private mutating func blkDev27(_ request: BlockRequestShadow) {
    guard request.isValid, request.status == Block.RequestStatus.ok.rawValue else { return }
    var cursor = request.data
    for field in 0..<3 {
      let limit = field == 0 ? Block.maxPreEOLInfo : Block.maxLifetimeEstimate
      let value = shadow.number(&cursor, bytes: 2)
      guard value <= limit else { return violate(.blkDev27, seen: value, expected: limit) }
    }
    ledger.satisfy(.blkDev27)
  }

  /// The id is NUL-padded ASCII, and the same every time.
  private mutating func blkDev14(_ request: BlockRequestShadow) {
    guard request.isValid, request.status == Block.RequestStatus.ok.rawValue else { return }
    var cursor = request.data
    var isOver = false
    for index in 0..<Block.idLength {
      let byte = shadow.byte(&cursor)
      let isPlausible = byte < 0x80 && (byte == 0 || !isOver)
      guard isPlausible, shadow.disk.compareID(index, byte) else {
        return violate(.blkDev14, seen: UInt64(byte), expected: UInt64(index))
      }
      isOver = byte == 0
    }
    shadow.disk.keepID()
    ledger.satisfy(.blkDev14)
  }
}

extension Block.RequestType {
  /// Types that only devices with a legacy interface have names for, which may still serve them.
  var isLegacy: Bool { rawValue >> 31 != 0 || rawValue == 2 || rawValue == 3 || rawValue == 5 }
}

extension Shadow {
  /// Takes note of what a request that comes back means for those that the device still holds, and of what those mean for
  /// this one: with two requests for the same sectors at the same time, and one that changes them, either may be the
  /// first.
  ///
  /// - Returns: whether there was no such other one.
  mutating func settleRace(_ index: Int, _ request: BlockRequestShadow) -> Bool {
    var isSettled = !chains[index].isRaced && chains[index].era == disk.era
    for other in 0..<chainsEnd where chains[other].isOpen && other != index {
      // What was not read to its end cannot be under way.
      guard chains[other].isComplete else { continue }
      let claim = claim(of: other)
      guard claim.overlaps(request.claim) else { continue }
      if request.claim.isChange { chains[other].isRaced = true }
      if claim.isChange { isSettled = false }
    }
    return isSettled
  }

  /// The capacity changed: what lies behind the smaller one may be anything if it comes back, and so may what the device
  /// makes of requests that it holds.
  mutating func noteResize(to new: UInt64) {
    disk.forget(min(capacity, new)..<UInt64.max)
    capacity = new
    largestCapacity = max(largestCapacity, new)
    for index in 0..<chainsEnd { chains[index].isRaced = true }
  }
}

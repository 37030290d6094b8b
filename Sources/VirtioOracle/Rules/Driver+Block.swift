import VirtioSpec

// What the driver of a block device asks for: BLK-DRV, but for the configuration space.
extension Judge {
  /// A request comes back. A device that shrank meanwhile is not the driver's fault.
  mutating func judgeAsked(_ request: BlockRequestShadow) {
    switch request.type {
    case .read: judgeTransfer(request, request.room)
    case .write: judgeTransfer(request, request.payload)
    case .flush:
      note(.blkDrv03, isKept: request.sector == 0)
      note(.blkDrv09, isKept: request.payload == 0 && request.room == 0)
    case .getID: note(.blkDrv05, isKept: request.room == UInt64(Block.idLength))
    case .discard, .writeZeroes, .secureErase: judgeSegments(request)
    default: break
    }
  }

  private mutating func judgeTransfer(_ request: BlockRequestShadow, _ length: UInt64) {
    if length > 0 { note(.blkDrv01, isKept: request.sectors.upperBound <= shadow.largestCapacity) }
    note(.blkDrv02, isKept: length % Block.sectorSize == 0)
  }

  private mutating func judgeSegments(_ request: BlockRequestShadow) {
    note(.blkDrv06, isKept: request.payload % UInt64(Block.segmentSize) == 0)
    // Without the feature there is no limit, and nothing is done to sectors.
    let feature: FeatureBits =
      switch request.type {
      case .discard: .blkDiscard
      case .writeZeroes: .blkWriteZeroes
      default: .blkSecureErase
      }
    guard request.segmentCount > 0, shadow.features?.contains(feature) == true else { return }
    note(.blkDrv01, isKept: request.sectors.upperBound <= shadow.largestCapacity)
    note(.blkDrv07, isKept: request.segmentCount <= request.segmentLimit)
    if request.type == .discard { note(.blkDrv08, isKept: request.segmentFlags & Block.segmentUnmap == 0) }
  }

  mutating func note(_ clause: ClauseID, isKept: Bool) {
    if isKept { shadow.praise(clause) } else { shadow.blame(clause) }
  }
}

import VirtioSpec

// What the driver of a network device asks for: NET-DRV, but for the configuration space.
extension Judge {
  /// A frame was to be sent, behind a header of so many bytes.
  mutating func judgeSentHeader(_ index: Int, _ header: NetworkHeader, _ size: Int, _ features: FeatureBits) {
    if size > Network.bufferCount {
      var cursor = shadow.readablePart(of: index)
      shadow.advance(&cursor, by: UInt64(Network.bufferCount))
      note(.netDrv02, isKept: shadow.number(&cursor, bytes: 2) == 0)
    }
    if !features.contains(.netChecksum) { note(.netDrv03, isKept: header.flags == 0) }
    note(.netDrv04, isKept: header.flags & (Network.dataValid | Network.coalescingInfo) == 0)
    let kind = header.segmentation & ~Network.tunnelTypes
    guard kind != 0 else { return }
    note(.netDrv06, isKept: header.needsChecksum && header.gsoSize > 0)
    let feature: FeatureBits
    switch kind {
    case Network.gsoTCP4: feature = .netHostTSO4
    case Network.gsoTCP6: feature = .netHostTSO6
    case Network.gsoUDP: feature = .netHostUFO
    case Network.gsoUDPSegments: feature = .netHostUSO
    default: return
    }
    note(.netDrv05, isKept: features.contains(feature))
  }

  /// A command comes back, with `size` bytes behind its number.
  mutating func judgeAsked(
    _ command: Network.Command, _ size: UInt64, _ input: ChainCursor, _ features: FeatureBits
  ) {
    // The text has one feature for the whole class, and another one for this command by its name.
    let isAgreed = command == .setAddress && features.contains(.netControlReceive)
    note(.netDrv08, isKept: isAgreed || features.isSuperset(of: command.feature))
    var input = input
    switch command {
    case .setQueuePairs where size == 2:
      let count = shadow.number(&input, bytes: 2)
      note(.netDrv09, isKept: count > 0 && count <= shadow.configNumber(NetworkConfig.maxPairs) & 0xffff)
    case .setOffloads where size == 8:
      let offloads = FeatureBits(rawValue: UInt128(shadow.number(&input, bytes: 8)))
      note(.netDrv10, isKept: features.intersection(.netGuestOffloads).isSuperset(of: offloads))
    default: break
    }
  }
}

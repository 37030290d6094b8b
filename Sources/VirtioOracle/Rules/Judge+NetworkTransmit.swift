import VirtioSpec

// Frames that the guest sends: NET-DEV-17, -31, NET-DRV-02.
extension Judge {
  /// What the header of a frame that is sent says, as far as it matters here.
  private struct SentHeader {
    /// Neither a flag nor a type.
    var isPlain: Bool
    /// The fields for checksums hold something.
    var hasChecksumFields: Bool
  }

  /// The device sends a frame.
  mutating func judgeSent(_ event: Event, _ bytes: RawSpan) {
    let queue = Network.transmitQueue(ofPair: Int(truncatingIfNeeded: min(event.address, 64)))
    guard let features = shadow.features, features.isDisjoint(with: .netLongHeaders), shadow.isRunning == true,
      queue < shadow.profile.queueCount, shadow.queues[queue].canBeFollowed
    else { return ledger.suspend(.netDev31, for: .queue) }
    let size = Network.headerSize(isLegacy: shadow.isLegacy, features)
    var first: Int?
    for index in 0..<shadow.chainsEnd
    where shadow.chains[index].isOpen && shadow.chains[index].queue == queue && shadow.chains[index].emittedBytes == 0 {
      // What is in it, or how far the device got with it, is not known.
      guard shadow.isLegible(index) else { return ledger.suspend(.netDev31, for: .chain) }
      guard shadow.chains[index].readableBytes >= UInt64(size) else { continue }
      if differingByte(bytes, index, size) == nil { return creditSent(index, features) }
      if first.map({ shadow.chains[index].order &- shadow.chains[$0].order >= 0x8000 }) ?? true { first = index }
    }
    guard let first else {
      return violate(
        features.contains(.netMTU) ? .netDev17 : .netDev31, seen: UInt64(bytes.byteCount), expected: 0)
    }
    shadow.chains[first].emittedBytes = shadow.chains[first].readableBytes
    guard sentHeader(first).isPlain else { return ledger.suspend(.netDev31, for: .chain) }
    let place = differingByte(bytes, first, size) ?? 0
    violate(
      sentHeader(first).hasChecksumFields || !features.contains(.netMTU) ? .netDev31 : .netDev17,
      seen: UInt64(place), expected: shadow.chains[first].readableBytes - UInt64(size))
  }

  private mutating func creditSent(_ index: Int, _ features: FeatureBits) {
    shadow.chains[index].emittedBytes = shadow.chains[index].readableBytes
    let header = sentHeader(index)
    if header.isPlain && header.hasChecksumFields { ledger.satisfy(.netDev31) }
  }

  /// The first place where a frame is not what a chain has behind its header; nil where it is.
  private func differingByte(_ bytes: RawSpan, _ index: Int, _ headerSize: Int) -> Int? {
    let length = Int(min(shadow.chains[index].readableBytes - UInt64(headerSize), UInt64(Int32.max)))
    var cursor = shadow.readablePart(of: index)
    shadow.advance(&cursor, by: UInt64(headerSize))
    for place in 0..<min(length, bytes.byteCount)
    where shadow.byte(&cursor) != bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self) {
      return place
    }
    return length == bytes.byteCount ? nil : min(length, bytes.byteCount)
  }

  private func sentHeader(_ index: Int) -> SentHeader {
    var cursor = shadow.readablePart(of: index)
    let isPlain = shadow.number(&cursor, bytes: 2) == 0
    shadow.advance(&cursor, by: UInt64(Network.checksumStart - 2))
    return SentHeader(isPlain: isPlain, hasChecksumFields: shadow.number(&cursor, bytes: 4) != 0)
  }

  /// A chain of a transmit queue comes back: NET-DEV-17, and what the driver has to keep.
  mutating func judgeTransmitted(_ index: Int, _ pair: Int, _ features: FeatureBits) {
    let chain = shadow.chains[index]
    let size = Network.headerSize(isLegacy: shadow.isLegacy, features)
    guard shadow.isLegible(index), chain.readableBytes >= UInt64(size) else { return }
    if size > Network.bufferCount {
      var cursor = shadow.readablePart(of: index)
      shadow.advance(&cursor, by: UInt64(Network.bufferCount))
      if shadow.number(&cursor, bytes: 2) == 0 { shadow.praise(.netDrv02) } else { shadow.blame(.netDrv02) }
    }
    guard features.contains(.netMTU), shadow.network.isLinkUp, shadow.isRunning == true,
      let pairs = shadow.network.pairs, pair < pairs, !isCommandPending, areCommandsSeen, sentHeader(index).isPlain
    else { return }
    let length = chain.readableBytes - UInt64(size)
    let limit = (shadow.configNumber(NetworkConfig.mtu) & 0xffff) + UInt64(Ethernet.headerSize)
    guard length >= UInt64(Ethernet.minFrame), length <= limit else { return }
    check(.netDev17, chain.emittedBytes > 0, seen: 0, expected: length)
  }
}

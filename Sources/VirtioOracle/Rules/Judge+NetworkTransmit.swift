import VirtioSpec

// Frames that the guest sends: NET-DEV-11, -17, -31, -32, NET-DRV-02.
extension Judge {
  /// What a frame that is sent asks of the device.
  private enum Request {
    /// To send it as it is.
    case plain
    /// To complete its checksum.
    case checksum
    /// To cut it.
    case segments
    /// What a driver must not ask for.
    case unsound
  }

  /// The device sends a frame, behind what is left to do for it.
  mutating func judgeSent(_ event: Event, _ bytes: RawSpan) {
    let queue = Network.transmitQueue(ofPair: Int(truncatingIfNeeded: min(event.address, 64)))
    guard queue < shadow.profile.queueCount else { return ledger.suspend(.netDev31, for: .queue) }
    guard let features = shadow.features, shadow.knowsFrameHeader(features), shadow.isRunning == true,
      shadow.queues[queue].canBeFollowed, bytes.byteCount >= NetworkHeader.size
    else {
      shadow.network.transmissions[queue].isUncertain = true
      return ledger.suspend(.netDev31, for: .queue)
    }
    shadow.network.transmissions[queue].sent += 1
    let size = shadow.frameHeaderSize(features)
    var fits = false
    var oldest: Int?
    var isOpen = false
    var isAnyIllegible = false
    for index in 0..<shadow.chainsEnd where shadow.chains[index].isOpen && shadow.chains[index].queue == queue {
      // What is in it is not known. It may be that one.
      guard shadow.isLegible(index) else {
        isAnyIllegible = true
        continue
      }
      guard shadow.chains[index].readableBytes >= UInt64(size) else { continue }
      let request = request(index, features)
      // A device may cut a frame by itself, and may do anything with one that no driver may send.
      if request == .segments || request == .unsound { isOpen = true }
      // Of frames that are alike, nobody can tell which one it is: any of them may come back now.
      if differingByte(bytes, index, size, request) == nil {
        fits = true
        creditSent(index, request, features)
      } else if shadow.chains[index].emittedBytes == 0 {
        if oldest.map({ shadow.chains[index].order &- shadow.chains[$0].order >= 0x8000 }) ?? true { oldest = index }
      }
    }
    if isOpen || isAnyIllegible { shadow.network.transmissions[queue].isUncertain = true }
    if fits { return judgeSentCount(queue, bytes, features) }
    guard !isAnyIllegible else { return ledger.suspend(.netDev31, for: .chain) }
    let request = oldest.map { self.request($0, features) }
    // Of one that has to be cut and goes out as such, everything is said. Otherwise, others may follow.
    let isHandedOn = request == .segments && NetworkHeader(bytes).segmentation != 0
    guard !isOpen || isHandedOn else { return ledger.suspend(.netDev31, for: .chain) }
    guard let oldest, let request else { return violateSent(queue, bytes, features) }
    shadow.chains[oldest].emittedBytes = shadow.chains[oldest].readableBytes
    guard let clause = clause(oldest, request, features) else { return ledger.suspend(.netDev31, for: .chain) }
    violate(
      clause, seen: UInt64(differingByte(bytes, oldest, size, request) ?? 0),
      expected: shadow.chains[oldest].readableBytes - UInt64(size))
  }

  /// No more frames are sent than there were to send.
  private mutating func judgeSentCount(_ queue: Int, _ bytes: RawSpan, _ features: FeatureBits) {
    let transmission = shadow.network.transmissions[queue]
    guard !transmission.isUncertain, transmission.sent > transmission.closed + shadow.queues[queue].heldCount else {
      return
    }
    violateSent(queue, bytes, features)
  }

  /// The device sends what nobody gave it to send.
  private mutating func violateSent(_ queue: Int, _ bytes: RawSpan, _ features: FeatureBits) {
    shadow.network.transmissions[queue].sent -= 1
    violate(
      features.contains(.netMTU) ? .netDev17 : .netDev31, seen: UInt64(bytes.byteCount - NetworkHeader.size),
      expected: 0)
  }

  /// What a device breaks that sends another frame than it is given, by what is there to confuse it; nil where the text says
  /// nothing.
  private func clause(_ index: Int, _ request: Request, _ features: FeatureBits) -> ClauseID? {
    let header = sentHeader(index)
    if header.flags & Network.unknownFlag != 0 { return .netDev11 }
    if hasOddHeaderLength(index, header, features) { return .netDev32 }
    switch request {
    case .plain: return hasChecksumFields(header) || !features.contains(.netMTU) ? .netDev31 : .netDev17
    case .checksum: return features.contains(.netMTU) ? .netDev17 : nil
    case .segments, .unsound: return nil
    }
  }

  private mutating func creditSent(_ index: Int, _ request: Request, _ features: FeatureBits) {
    let isFirst = shadow.chains[index].emittedBytes == 0
    shadow.chains[index].emittedBytes = shadow.chains[index].readableBytes
    guard isFirst, request != .unsound else { return }
    let header = sentHeader(index)
    if request == .plain && hasChecksumFields(header) { ledger.satisfy(.netDev31) }
    if header.flags & Network.unknownFlag != 0 { ledger.satisfy(.netDev11) }
    if hasOddHeaderLength(index, header, features) { ledger.satisfy(.netDev32) }
  }

  private func hasChecksumFields(_ header: NetworkHeader) -> Bool {
    header.checksumStart != 0 || header.checksumOffset != 0
  }

  /// `hdr_len` says something else than how long the headers are, to a device that may not rely on it.
  private func hasOddHeaderLength(_ index: Int, _ header: NetworkHeader, _ features: FeatureBits) -> Bool {
    guard !features.isDisjoint(with: .netHostSegmentation) else { return false }
    guard header.segmentation != 0 else { return header.headerLength != 0 && !header.needsChecksum }
    guard !features.contains(.netHeaderLength) else { return false }
    let start = Int(header.checksumStart)
    let words = byte(start + Internet.tcpDataOffset, ofFrame: index, features) >> 4
    return Int(header.headerLength) != start + 4 * Int(words)
  }

  private func byte(_ place: Int, ofFrame index: Int, _ features: FeatureBits) -> UInt8 {
    var cursor = shadow.readablePart(of: index)
    shadow.advance(&cursor, by: UInt64(shadow.frameHeaderSize(features) + place))
    return shadow.byte(&cursor)
  }

  private func request(_ index: Int, _ features: FeatureBits) -> Request {
    let header = sentHeader(index)
    guard features.contains(.netChecksum) else {
      return header.flags == 0 && header.gsoType == 0 ? .plain : .unsound
    }
    guard header.flags & ~(Network.unknownFlag | Network.needsChecksum) == 0 else { return .unsound }
    guard header.needsChecksum else { return header.gsoType == 0 ? .plain : .unsound }
    let size = shadow.frameHeaderSize(features)
    let length = shadow.chains[index].readableBytes - UInt64(size)
    guard UInt64(header.checksumPlace) + 2 <= length else { return .unsound }
    let kind: FeatureBits
    switch header.segmentation {
    case 0: return header.gsoType == 0 ? .checksum : .unsound
    case Network.gsoTCP4: kind = .netHostTSO4
    case Network.gsoTCP6: kind = .netHostTSO6
    default: return .unsound
    }
    return features.contains(kind) && header.gsoSize > 0 ? .segments : .unsound
  }

  /// The first place where a frame is not what a chain asks for; nil where it is.
  private func differingByte(_ bytes: RawSpan, _ index: Int, _ headerSize: Int, _ request: Request) -> Int? {
    let told = NetworkHeader(bytes)
    let asked = sentHeader(index)
    let length = Int(min(shadow.chains[index].readableBytes - UInt64(headerSize), UInt64(Int32.max)))
    let count = bytes.byteCount - NetworkHeader.size
    // Its checksum may be left to somebody else.
    let isLeft =
      told.needsChecksum && told.checksumStart == asked.checksumStart && told.checksumOffset == asked.checksumOffset
    var gap = 0..<0
    switch request {
    case .plain: if told.needsChecksum || told.segmentation != 0 { return 0 }
    case .checksum:
      guard told.segmentation == 0, isLeft || !told.needsChecksum else { return 0 }
      if !isLeft { gap = asked.checksumPlace..<asked.checksumPlace + 2 }
    case .segments:
      guard isLeft, told.gsoType == asked.gsoType, told.gsoSize == asked.gsoSize else { return 0 }
    case .unsound: break
    }
    var cursor = shadow.readablePart(of: index)
    shadow.advance(&cursor, by: UInt64(headerSize))
    let start = cursor
    let end = min(length, count)
    let frame = bytes.extracting(NetworkHeader.size..<NetworkHeader.size + end)
    let around = gap.clamped(to: 0..<end)
    if let place = shadow.firstDifference(frame.extracting(first: around.lowerBound), &cursor) { return place }
    shadow.advance(&cursor, by: UInt64(around.count))
    if let place = shadow.firstDifference(frame.extracting(droppingFirst: around.upperBound), &cursor) {
      return around.upperBound + place
    }
    guard length == count else { return end }
    guard !gap.isEmpty else { return nil }
    cursor = start
    shadow.advance(&cursor, by: UInt64(asked.checksumStart))
    // Sound: a checksum that can be completed has its place inside the frame.
    let seen =
      UInt16(frame.unsafeLoad(fromByteOffset: gap.lowerBound, as: UInt8.self)) << 8
      | UInt16(frame.unsafeLoad(fromByteOffset: gap.lowerBound + 1, as: UInt8.self))
    let sum = shadow.sum(&cursor, end - Int(asked.checksumStart))
    return OnesComplementSum.normal(seen) == sum.checksum ? nil : gap.lowerBound
  }

  private func sentHeader(_ index: Int) -> NetworkHeader {
    var cursor = shadow.readablePart(of: index)
    let low = shadow.number(&cursor, bytes: 8)
    let high = shadow.number(&cursor, bytes: NetworkHeader.size - 8)
    return NetworkHeader(littleEndian: UInt128(low) | UInt128(high) << 64)
  }

  /// A chain of a transmit queue comes back: NET-DEV-17, and what the driver has to keep.
  mutating func judgeTransmitted(_ index: Int, _ pair: Int, _ features: FeatureBits) {
    let chain = shadow.chains[index]
    let transmission = shadow.network.transmissions[chain.queue]
    let size = shadow.frameHeaderSize(features)
    guard shadow.isLegible(index), chain.readableBytes >= UInt64(size) else { return }
    judgeSentHeader(index, sentHeader(index), size, features)
    guard features.contains(.netMTU), shadow.network.isLinkUp, shadow.isRunning == true,
      let pairs = shadow.network.pairs, pair < pairs, !isCommandPending, shadow.areCommandsSeen
    else { return }
    let request = request(index, features)
    guard request == .plain || request == .checksum else { return }
    let length = chain.readableBytes - UInt64(size)
    let limit = (shadow.configNumber(NetworkConfig.mtu) & 0xffff) + UInt64(Ethernet.headerSize)
    guard length >= UInt64(Ethernet.minFrame), length <= limit else { return }
    // Of two that are alike, both have to be sent.
    if chain.emittedBytes > 0, transmission.isUncertain || transmission.owed < transmission.sent {
      shadow.network.transmissions[chain.queue].owed += 1
      return ledger.satisfy(.netDev17)
    }
    let clause = clause(index, request, features) ?? .netDev17
    violate(clause == .netDev31 ? .netDev17 : clause, seen: 0, expected: length)
  }
}

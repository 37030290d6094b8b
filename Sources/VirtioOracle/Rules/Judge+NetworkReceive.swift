import VirtioSpec

// Frames that a network device gives the guest: NET-DEV-06 to -10, -13, -16, -22, -27, -28, -43. See
// also Judge+NetworkOffloads.
extension Judge {
  /// A chain of a receive queue comes back.
  mutating func judgeReceived(_ index: Int, _ pair: Int, _ element: UsedElement, _ features: FeatureBits) {
    judgeSteering(pair, features)
    guard pair < NetworkShadow.maxPairs else {
      shadow.network.knowsAllFrames = false
      return
    }
    let chain = shadow.chains[index]
    let length = Int(element.length)
    let isMerging = features.contains(.netMergeableBuffers)
    if isMerging, chain.isComplete, !chain.isBroken {
      note(.netDrv07, isKept: chain.writableBytes >= UInt64(shadow.frameHeaderSize(features)))
    }
    guard !shadow.network.assemblies[pair].isLost else { return }
    let isFirst = shadow.network.assemblies[pair].left == 0
    // Nothing says what becomes of a buffer that is of no use. There is no frame in this one.
    if isFirst, length == 0, !shadow.profile.declaresHousePolicy { return ledger.suspend(.netDev06, for: .chain) }
    if isFirst { shadow.network.assemblies[pair] = NetworkShadow.Assembly(left: 1) }
    shadow.network.assemblies[pair].left -= 1
    shadow.network.assemblies[pair].buffers += 1
    let headerSize = isFirst ? shadow.frameHeaderSize(features) : 0
    // With a buffer that has no room for the header, a driver breaks a rule of its own.
    guard shadow.isLegible(index), UInt64(length) <= chain.writableBytes, chain.writableBytes >= UInt64(headerSize)
    else { return loseFrame(pair, isMerging) }
    guard length >= headerSize else {
      loseFrame(pair, isMerging)
      return violate(.netDev06, seen: UInt64(length), expected: UInt64(headerSize))
    }
    var cursor = shadow.writablePart(of: index)
    if isFirst { judgeHeader(&cursor, pair, headerSize, features) }
    shadow.assemble(&cursor, length - headerSize, pair: pair)
    guard shadow.network.assemblies[pair].left > 0 else { return judgeFrame(pair, isMerging, features) }
    check(.netDev08, UInt64(length) == chain.writableBytes, seen: UInt64(length), expected: chain.writableBytes)
  }

  /// Which frame it is that comes cannot be told.
  mutating func loseFrame(_ pair: Int, _ isMerging: Bool) {
    shadow.network.assemblies[pair] = NetworkShadow.Assembly(isLost: isMerging)
    if isMerging { shadow.unsettled.insert(.assembly) }
    shadow.network.knowsAllFrames = false
    shadow.network.openFates()
    ledger.suspend(.netDev06, for: .chain)
  }

  /// NET-DEV-13, -43: only queues that are in use are given frames.
  private mutating func judgeSteering(_ pair: Int, _ features: FeatureBits) {
    guard features.contains(.netMultiQueue), !mayCommandShow, let pairs = shadow.network.pairs else { return }
    if shadow.network.pairsAreSet {
      check(.netDev43, pair < pairs, seen: UInt64(pair) + 1, expected: UInt64(pairs))
    } else {
      check(.netDev13, pair == 0, seen: UInt64(pair) + 1, expected: 1)
    }
  }

  private mutating func judgeHeader(_ cursor: inout ChainCursor, _ pair: Int, _ size: Int, _ features: FeatureBits) {
    let low = shadow.number(&cursor, bytes: 8)
    let high = shadow.number(&cursor, bytes: NetworkHeader.size - 8)
    let header = NetworkHeader(littleEndian: UInt128(low) | UInt128(high) << 64)
    shadow.network.assemblies[pair].header = header
    let (flags, type) = (header.flags, header.gsoType)
    if !features.contains(.netCoalescingInfo) {
      let info = Network.coalescingInfo
      check(.netDev27, flags & info == 0, seen: UInt64(flags), expected: UInt64(flags & ~info))
    }
    if features.isDisjoint(with: [.netGuestTunnel, .netGuestTunnelChecksum]) {
      let isRight = flags & Network.tunnelChecksum == 0 && type & Network.tunnelTypes == 0
      check(.netDev28, isRight, seen: UInt64(flags) | UInt64(type) << 8, expected: 0)
    }
    if !features.contains(.netGuestChecksum) { check(.netDev09, flags == 0, seen: UInt64(flags), expected: 0) }
    if features.isDisjoint(with: .netGuestSegmentation) {
      check(.netDev10, type == 0, seen: UInt64(type), expected: 0)
    }
    guard size > Network.bufferCount else { return }
    let count = shadow.number(&cursor, bytes: 2)
    guard features.contains(.netMergeableBuffers) else {
      return check(.netDev07, count == 1, seen: count, expected: 1)
    }
    guard count > 0 else { return violate(.netDev07, seen: count, expected: 1) }
    shadow.network.assemblies[pair].left = Int(count) - 1
    if count > 1 { shadow.unsettled.insert(.assembly) }
  }

  /// All buffers of a frame came back, by what its header says.
  private mutating func judgeFrame(_ pair: Int, _ isMerging: Bool, _ features: FeatureBits) {
    let assembly = shadow.network.assemblies[pair]
    let limit = (shadow.network.mtu ?? shadow.configNumber(NetworkConfig.mtu) & 0xffff) + Self.frameHeaderLimit
    if features.contains(.netMTU), assembly.header.segmentation == 0, UInt64(assembly.length) > limit {
      violate(.netDev16, seen: UInt64(assembly.length), expected: limit)
    }
    guard let place = shadow.network.match(pair: pair, isWhole: true) else {
      judgeSegmentation(assembly.header, features.intersection(.netGuestOffloads))
      // A device may put frames together, and cut them, as far as that was agreed upon.
      guard shadow.network.knowsAllFrames, shadow.isRunning == true, assembly.length <= NetworkShadow.frameBytes,
        assembly.header.segmentation == 0, !shadow.network.mayBeSegment(pair: pair)
      else {
        return ledger.suspend(isMerging ? .netDev08 : .netDev06, for: .queue)
      }
      shadow.network.openFates()
      let isPart = isMerging && assembly.length > 0 && shadow.network.match(pair: pair, isWhole: false) != nil
      return violate(
        isPart ? .netDev07 : isMerging ? .netDev08 : .netDev06, seen: UInt64(assembly.length),
        expected: UInt64(shadow.network.frameCount))
    }
    judgeOffload(place, pair, features)
    if isMerging { ledger.satisfy(.netDev07) } else { ledger.satisfy(.netDev06) }
    if assembly.buffers > 1 {
      ledger.satisfy(.netDev08)
      ledger.satisfy(.netDev22)
      if shadow.usesPackedRings && !assembly.isEarly { ledger.satisfy(.packedDev23) }
    }
    let frame = shadow.network.frames[place]
    shadow.network.remove(place)
    switch frame.fate {
    case .open: break
    case .passes: ledger.satisfy(frame.clause)
    case .drops:
      // It may be one that is alike, and that no note was taken of.
      guard shadow.network.knowsAllFrames else { return ledger.suspend(frame.clause, for: .queue) }
      violate(
        frame.clause, seen: UInt64(frame.length), expected: 0, severity: frame.isAdvice ? .warning : nil)
    }
  }

  /// Used descriptors of a packed ring became visible by one write: all those of a frame, if any.
  mutating func packedDev23(_ queue: Int) {
    guard case .receive(let pair)? = networkRole(ofQueue: queue), pair < NetworkShadow.maxPairs else { return }
    let assembly = shadow.network.assemblies[pair]
    guard assembly.left > 0, !assembly.isLost, !assembly.isEarly else { return }
    shadow.network.assemblies[pair].isEarly = true
    violate(.packedDev23, seen: UInt64(assembly.buffers), expected: UInt64(assembly.buffers + assembly.left))
  }

  /// The device has returned, with frames that are there in part: NET-DEV-22, or NET-DEV-07, where a frame is whole with
  /// fewer buffers than its header says.
  mutating func judgePartialFrames() {
    shadow.unsettled.remove(.assembly)
    for pair in 0..<NetworkShadow.maxPairs {
      let assembly = shadow.network.assemblies[pair]
      shadow.network.assemblies[pair] = NetworkShadow.Assembly()
      guard assembly.left > 0 else { continue }
      let queue = Network.receiveQueue(ofPair: pair)
      guard queue < shadow.profile.queueCount, shadow.queues[queue].canBeFollowed, shadow.isRunning == true else {
        shadow.network.knowsAllFrames = false
        ledger.suspend(.netDev22, for: .queue)
        continue
      }
      let isWhole = shadow.network.isWhole(assembly, pair: pair)
      violate(
        isWhole ? .netDev07 : .netDev22, seen: UInt64(assembly.buffers),
        expected: UInt64(assembly.buffers + assembly.left))
    }
  }

  /// What comes in front of the bytes that an MTU counts, with a tag, of which it is open whether it counts.
  static let frameHeaderLimit = UInt64(Ethernet.headerSize + Ethernet.tagSize)
}

import VirtioSpec

// Commands of the control queue, once they come back: NET-DEV-34, -35, -48, and what the others rely on.
extension Judge {
  mutating func judgeCommand(_ index: Int, _ element: UsedElement, _ features: FeatureBits) {
    // What is on its way may have met the filter before the command or behind it.
    shadow.network.openFates()
    let chain = shadow.chains[index]
    guard shadow.isLegible(index) else {
      shadow.loseCommands()
      // A command in pieces that overlap is no rule broken.
      if ledger.driverFault != nil { ledger.suspend(.netDev48, for: .chain) }
      return
    }
    guard chain.readableBytes >= 2, chain.writableBytes > 0 else { return }
    var input = shadow.readablePart(of: index)
    var output = shadow.writablePart(of: index)
    let answer = shadow.byte(&output)
    check(.netDev48, answer <= Network.error && element.length > 0, seen: UInt64(answer), expected: 0)
    let number = UInt16(truncatingIfNeeded: shadow.number(&input, bytes: 2))
    let size = chain.readableBytes - 2
    let isOK = answer == Network.ok
    house11(Network.Command(rawValue: number), size, input, answer, features)
    switch Network.Command(rawValue: number) {
    case .promiscuous?, .allMulticast?:
      noteMode(number, size, &input, isOK, .netDev34, isSupported: features.contains(.netControlReceive))
    case .allUnicast?, .noMulticast?, .noUnicast?, .noBroadcast?:
      noteMode(number, size, &input, isOK, .netDev35, isSupported: features.contains(.netControlReceiveExtra))
    case .setAddressTable?: noteTable(size, &input, isOK, isSupported: features.contains(.netControlReceive))
    case .setAddress?: noteAddress(size, &input, isOK, features)
    case .addVLAN?, .deleteVLAN?:
      let id = shadow.number(&input, bytes: 2)
      guard size == 2, id < 0x1000, features.contains(.netControlVLAN), isOK else {
        if isOK || size == 2 && id < 0x1000 { shadow.network.filter.tagsAreKnown = false }
        return
      }
      shadow.network.filter.setTag(UInt16(id), number == Network.Command.addVLAN.rawValue)
    case .acknowledgeAnnouncement?: noteAcknowledgement(features)
    case .setQueuePairs?: notePairs(size, shadow.number(&input, bytes: 2), isOK, features)
    case .setOffloads?: noteOffloads(size, shadow.number(&input, bytes: 8), isOK, features)
    case nil:
      // Nothing says that there is no such command.
      if isOK, number & 0xff > 5 { violate(.netDev48, seen: 0, expected: 1, severity: .warning) }
    }
  }

  private mutating func house11(
    _ command: Network.Command?, _ size: UInt64, _ input: ChainCursor, _ answer: UInt8, _ features: FeatureBits
  ) {
    guard shadow.profile.declaresHousePolicy, let isSound = isSound(command, size, input, features) else { return }
    let expected = isSound ? Network.ok : Network.error
    check(.house11, answer == expected, seen: UInt64(answer), expected: UInt64(expected))
  }

  /// Whether a command is whole, in range and of a feature that was accepted. Nil where that may be said of it or not.
  private func isSound(
    _ command: Network.Command?, _ size: UInt64, _ input: ChainCursor, _ features: FeatureBits
  ) -> Bool? {
    var input = input
    switch command {
    case .promiscuous, .allMulticast:
      return features.contains(.netControlReceive) && size == 1 && shadow.byte(&input) <= 1
    case .allUnicast, .noMulticast, .noUnicast, .noBroadcast:
      return features.contains(.netControlReceiveExtra) && size == 1 && shadow.byte(&input) <= 1
    case .setAddressTable: return features.contains(.netControlReceive) && isTable(size, input)
    case .setAddress: return features.contains(.netControlAddress) && size == 6
    case .addVLAN, .deleteVLAN:
      return features.contains(.netControlVLAN) && size == 2 && shadow.number(&input, bytes: 2) < 0x1000
    case .acknowledgeAnnouncement:
      guard features.contains(.netGuestAnnounce) else { return false }
      return size == 0 ? true : nil
    case .setQueuePairs:
      let limit = shadow.configNumber(NetworkConfig.maxPairs) & 0xffff
      let count = shadow.number(&input, bytes: 2)
      return features.contains(.netMultiQueue) && size == 2 && count > 0 && count <= limit
    case .setOffloads:
      let offloads = FeatureBits(rawValue: UInt128(shadow.number(&input, bytes: 8)))
      return features.contains(.netControlOffloads) && size == 8
        && features.intersection(.netGuestOffloads).isSuperset(of: offloads)
    case nil: return false
    }
  }

  /// Two lists of addresses, each behind its length, and nothing else.
  private func isTable(_ size: UInt64, _ input: ChainCursor) -> Bool {
    guard size >= 8 else { return false }
    var input = input
    let unicast = shadow.number(&input, bytes: 4) * UInt64(Ethernet.addressSize)
    guard unicast <= size - 8 else { return false }
    shadow.advance(&input, by: unicast)
    return shadow.number(&input, bytes: 4) * UInt64(Ethernet.addressSize) == size - 8 - unicast
  }

  private mutating func noteMode(
    _ number: UInt16, _ size: UInt64, _ input: inout ChainCursor, _ isOK: Bool, _ clause: ClauseID, isSupported: Bool
  ) {
    guard let mode = Network.Command(rawValue: number) else { return }
    let value = shadow.byte(&input)
    guard size == 1, value <= 1, isSupported else {
      if isOK { shadow.network.filter.set(mode, nil) }
      return
    }
    check(clause, isOK, seen: isOK ? 0 : 1, expected: 0)
    shadow.network.filter.set(mode, isOK ? value == 1 : nil)
  }

  private mutating func noteTable(_ size: UInt64, _ input: inout ChainCursor, _ isOK: Bool, isSupported: Bool) {
    guard isOK, isSupported else {
      shadow.network.filter.tableIsKnown = false
      return
    }
    shadow.network.filter.removeTable()
    var left = size
    for _ in 0..<2 {
      let count = shadow.number(&input, bytes: 4)
      guard left >= 4, count * 6 <= left - 4, count <= UInt64(NetworkFilterShadow.tableLimit) else {
        shadow.network.filter.tableIsKnown = false
        return
      }
      left -= 4 + count * 6
      for _ in 0..<count { shadow.network.filter.append(shadow.number(&input, bytes: 6)) }
    }
    // How many a device keeps, before it takes in all there are, is its own business.
    if left != 0 || shadow.network.filter.tableCount > Self.keptAddresses { shadow.network.filter.tableIsKnown = false }
  }

  private static let keptAddresses = 16

  private mutating func noteAddress(
    _ size: UInt64, _ input: inout ChainCursor, _ isOK: Bool, _ features: FeatureBits
  ) {
    shadow.generation = nil
    guard isOK, size == 6, features.contains(.netControlAddress) else {
      shadow.network.filter.address = nil
      if isOK { shadow.network.addressIsKnown = false }
      return
    }
    let address = shadow.number(&input, bytes: 6)
    shadow.network.filter.address = address
    guard features.contains(.netAddress) else {
      shadow.network.addressIsKnown = false
      return
    }
    shadow.network.addressIsKnown = true
    shadow.network.addressIsSet = true
    for byte: UInt32 in 0..<6 {
      shadow.config[NetworkConfig.address + byte] = UInt8(truncatingIfNeeded: address >> UInt64(8 * byte))
    }
  }

  private mutating func noteAcknowledgement(_ features: FeatureBits) {
    guard features.contains(.netGuestAnnounce) else { return }
    shadow.generation = nil
    shadow.network.statusIsKnown = true
    shadow.network.isAcknowledged = true
    shadow.config[NetworkConfig.status] =
      shadow.network.isLinkUp ? Network.linkUp : 0
  }

  private mutating func notePairs(_ size: UInt64, _ count: UInt64, _ isOK: Bool, _ features: FeatureBits) {
    let limit = shadow.configNumber(NetworkConfig.maxPairs) & 0xffff
    guard isOK else { return }
    guard size == 2, features.contains(.netMultiQueue), count > 0, count <= limit else {
      shadow.network.pairs = nil
      return
    }
    shadow.network.pairs = Int(count)
    shadow.network.pairsAreSet = true
  }
}

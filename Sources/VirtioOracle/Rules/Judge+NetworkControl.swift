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
    guard chain.writableBytes > 0 else { return }
    var input = shadow.readablePart(of: index)
    var output = shadow.writablePart(of: index)
    let answer = shadow.byte(&output)
    let isOK = answer == Network.ok
    guard chain.readableBytes >= 2 else { return house11(answer, isSound: false) }
    // Legacy devices may say anything of the length (section 5.1.6.1).
    let isThere = element.length > 0 || shadow.isLegacy
    check(.netDev48, answer <= Network.error && isThere, seen: UInt64(answer), expected: 0)
    let number = UInt16(truncatingIfNeeded: shadow.number(&input, bytes: 2))
    let size = chain.readableBytes - 2
    if let command = Network.Command(rawValue: number) {
      judgeAsked(command, size, input, features)
      let isSound = features.isSuperset(of: command.feature) && isSound(command, size, input, features)
      note(command, input, isOK, isSound: isSound, features)
      // Behind the rules of the specification for some of them.
      house11(answer, isSound: isSound)
    } else {
      // Which queues are in use then is not followed.
      if isOK, number == Network.receiveScaling { shadow.network.pairs = nil }
      // Nothing says that there is no such command, unless its class is one of a feature that was accepted.
      let number = UInt8(truncatingIfNeeded: number)
      if isOK, number > 5, features.isDisjoint(with: Network.features(ofClass: number)) {
        violate(.netDev48, seen: 0, expected: 1, severity: .warning)
      }
      house11(answer, isSound: false)
    }
  }

  private mutating func house11(_ answer: UInt8, isSound: Bool) {
    guard shadow.profile.declaresHousePolicy else { return }
    let expected = isSound ? Network.ok : Network.error
    check(.house11, answer == expected, seen: UInt64(answer), expected: UInt64(expected))
  }

  /// Whether what is behind a command's number, `size` bytes of it, is whole and in range.
  private func isSound(
    _ command: Network.Command, _ size: UInt64, _ input: ChainCursor, _ features: FeatureBits
  ) -> Bool {
    var input = input
    switch command {
    case .promiscuous, .allMulticast, .allUnicast, .noMulticast, .noUnicast, .noBroadcast:
      return size == 1 && shadow.byte(&input) <= 1
    case .setAddressTable: return isTable(size, input)
    case .setAddress: return size == UInt64(Ethernet.addressSize)
    case .addVLAN, .deleteVLAN: return size == 2 && shadow.number(&input, bytes: 2) < 0x1000
    // It has nothing behind its number, and is obeyed upon receipt (NET-DEV-42), whatever else there is.
    case .acknowledgeAnnouncement: return true
    case .setQueuePairs:
      let limit = shadow.configNumber(NetworkConfig.maxPairs) & 0xffff
      let count = shadow.number(&input, bytes: 2)
      return size == 2 && count > 0 && count <= limit
    case .setOffloads:
      let offloads = FeatureBits(rawValue: UInt128(shadow.number(&input, bytes: 8)))
      return size == 8 && features.intersection(.netGuestOffloads).isSuperset(of: offloads)
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

  /// What a device that answered has taken in, and what is no longer known of it.
  private mutating func note(
    _ command: Network.Command, _ input: ChainCursor, _ isOK: Bool, isSound: Bool, _ features: FeatureBits
  ) {
    var input = input
    switch command {
    case .promiscuous, .allMulticast: noteMode(command, &input, isOK, isSound, .netDev34)
    case .allUnicast, .noMulticast, .noUnicast, .noBroadcast: noteMode(command, &input, isOK, isSound, .netDev35)
    case .setAddressTable: noteTable(&input, isOK, isSound)
    case .setAddress: noteAddress(&input, isOK, isSound, features)
    case .addVLAN, .deleteVLAN:
      guard isSound, isOK else {
        if isOK || isSound { shadow.network.filter.tagsAreKnown = false }
        return
      }
      shadow.network.filter.setTag(UInt16(shadow.number(&input, bytes: 2)), command == .addVLAN)
    case .acknowledgeAnnouncement: noteAcknowledgement(features)
    case .setQueuePairs:
      guard isOK else { return }
      shadow.network.pairs = isSound ? Int(shadow.number(&input, bytes: 2)) : nil
      if isSound { shadow.network.pairsAreSet = true }
    case .setOffloads:
      shadow.network.offloadsOrder = shadow.network.frameOrder
      // What a device makes of a command that turns on what was not agreed upon is open, and so is what one does that fails.
      shadow.network.offloads = isOK && isSound ? shadow.number(&input, bytes: 8) : .max
    }
  }

  private mutating func noteMode(
    _ mode: Network.Command, _ input: inout ChainCursor, _ isOK: Bool, _ isSound: Bool, _ clause: ClauseID
  ) {
    guard isSound else {
      if isOK { shadow.network.filter.set(mode, nil) }
      return
    }
    check(clause, isOK, seen: isOK ? 0 : 1, expected: 0)
    shadow.network.filter.set(mode, isOK ? shadow.byte(&input) == 1 : nil)
  }

  private mutating func noteTable(_ input: inout ChainCursor, _ isOK: Bool, _ isSound: Bool) {
    shadow.network.filter.tableIsKnown = false
    guard isOK, isSound else { return }
    shadow.network.filter.removeTable()
    for _ in 0..<2 {
      let count = shadow.number(&input, bytes: 4)
      guard count <= UInt64(NetworkFilterShadow.tableLimit) else {
        shadow.network.filter.tableIsKnown = false
        return
      }
      for _ in 0..<count { shadow.network.filter.append(shadow.number(&input, bytes: Ethernet.addressSize)) }
    }
    // How many a device keeps, before it takes in all there are, is its own business.
    if shadow.network.filter.tableCount > Self.keptAddresses { shadow.network.filter.tableIsKnown = false }
  }

  private static let keptAddresses = 16

  private mutating func noteAddress(
    _ input: inout ChainCursor, _ isOK: Bool, _ isSound: Bool, _ features: FeatureBits
  ) {
    shadow.generation = nil
    guard isOK, isSound else {
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
    // Which of the two was first is for the device to say.
    let isKnown = !shadow.network.isAnnouncedMeanwhile
    shadow.network.isAnnouncedMeanwhile = false
    guard isKnown else { return }
    shadow.network.statusIsKnown = true
    shadow.network.isAcknowledged = true
    shadow.config[NetworkConfig.status] =
      shadow.network.isLinkUp ? Network.linkUp : 0
  }
}

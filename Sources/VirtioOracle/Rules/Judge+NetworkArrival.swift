import VirtioSpec

// What becomes of frames that come in: NET-DEV-16, -36 to -41, -44.
extension Judge {
  /// A frame came in, behind what is left to do for it.
  mutating func noteFrame(_ arrival: RawSpan) {
    guard arrival.byteCount > NetworkHeader.size else { return }
    let bytes = arrival.extracting(NetworkHeader.size..<arrival.byteCount)
    guard let place = shadow.network.append(bytes, NetworkHeader(arrival)) else { return }
    guard let features = shadow.features, shadow.isRunning == true, !shadow.hasGivenUp, shadow.network.isLinkUp,
      bytes.byteCount >= Ethernet.minFrame
    else { return }
    expect(place, bytes, features)
  }

  /// Finds out what the text says of a frame.
  private mutating func expect(_ place: Int, _ bytes: RawSpan, _ features: FeatureBits) {
    let length = bytes.byteCount
    let frame = shadow.network.frames[place]
    // One that has to be cut may come in pieces, or not at all.
    guard frame.isSound, frame.header.segmentation == 0 else { return }
    if shadow.isStalled, areAllReceiversResetting { return setFate(place, .drops, .netDev44, hasRoom: true) }
    if features.contains(.netMTU) {
      let mtu = shadow.configNumber(NetworkConfig.mtu) & 0xffff
      let hasRoom = hasRoom(for: length, features)
      let untagged = mtu + UInt64(Ethernet.headerSize)
      let limit = Self.tag(of: bytes) == nil ? untagged : mtu + Self.frameHeaderLimit
      if UInt64(length) > limit { return setFate(place, .drops, .netDev16, hasRoom: hasRoom) }
      // Whether a tag is part of the header is not said.
      if UInt64(length) > untagged { return }
    } else if length > Self.usualFrame {
      return
    }
    guard !isCommandPending, shadow.areCommandsSeen else { return }
    let hasRoom = hasRoom(for: length, features)
    var tagClause: ClauseID?
    if let tag = Self.tag(of: bytes) {
      tagClause = .netDev40
      if features.contains(.netControlVLAN) {
        guard shadow.network.filter.tagsAreKnown else { return }
        tagClause = .netDev41
        if !shadow.network.filter.lists(tag: tag) {
          // Two pieces of advice say the opposite of a device that takes in everything.
          guard shadow.network.filter.isOn(.promiscuous) == false else { return }
          return setFate(place, .drops, .netDev41, isAdvice: true, hasRoom: hasRoom)
        }
      }
    }
    judgeAddress(place, Self.destination(of: bytes), tagClause, features, hasRoom: hasRoom)
  }

  /// The frames that a guest without the features for longer ones gets, in bytes.
  private static let usualFrame = 1514

  /// - Parameter tagClause: what says of a tagged frame that its tag is no reason to drop it.
  private mutating func judgeAddress(
    _ place: Int, _ address: UInt64, _ tagClause: ClauseID?, _ features: FeatureBits, hasRoom: Bool
  ) {
    func isOn(_ mode: Network.Command) -> Bool? { shadow.network.filter.isOn(mode) }
    guard let isPromiscuous = isOn(.promiscuous) else { return }
    if isPromiscuous { return setFate(place, .passes, .netDev36, hasRoom: hasRoom) }
    let (none, all): (Network.Command, Network.Command)
    if address == Ethernet.broadcast {
      if isOn(.noBroadcast) == true { setFate(place, .drops, .netDev36, hasRoom: hasRoom) }
      return
    } else if Ethernet.isMulticast(address) {
      (none, all) = (.noMulticast, .allMulticast)
    } else {
      (none, all) = (.noUnicast, .allUnicast)
    }
    guard let isNone = isOn(none), let isAll = isOn(all) else { return }
    if isNone { return setFate(place, .drops, .netDev36, hasRoom: hasRoom) }
    if isAll { return setFate(place, .passes, .netDev36, hasRoom: hasRoom) }
    guard shadow.network.filter.tableIsKnown else { return }
    if shadow.network.filter.lists(address) { return setFate(place, .passes, tagClause ?? .netDev38, hasRoom: hasRoom) }
    if !Ethernet.isMulticast(address) {
      // Without one, it is for the driver to make one up.
      guard let own = ownAddress(features) else { return }
      if address == own {
        // That these are taken in says the text only of tagged ones.
        if let tagClause { setFate(place, .passes, tagClause, hasRoom: hasRoom) }
        return
      }
    }
    let wasListed = shadow.network.filter.listedBefore(address)
    setFate(place, .drops, wasListed ? .netDev37 : .netDev39, isAdvice: true, hasRoom: hasRoom)
  }

  /// The address that the device goes by; nil where that is not known.
  private func ownAddress(_ features: FeatureBits) -> UInt64? {
    if let address = shadow.network.filter.address { return address }
    guard features.contains(.netAddress), shadow.network.addressIsKnown else { return nil }
    return shadow.configNumber(NetworkConfig.address)
      | (shadow.configNumber(NetworkConfig.address + 4) & 0xffff) << 32
  }

  private mutating func setFate(
    _ place: Int, _ fate: NetworkShadow.Fate, _ clause: ClauseID, isAdvice: Bool = false, hasRoom: Bool
  ) {
    shadow.network.frames[place].fate = fate
    shadow.network.frames[place].clause = clause
    shadow.network.frames[place].isAdvice = isAdvice
    // One at a time: how many a device keeps for the guest is its own business.
    shadow.network.frames[place].hadRoom = hasRoom && (clause == .netDev44 || shadow.network.waitingCount == 1)
  }

  /// The device is polled, with a backend that goes on.
  mutating func pollFrames() {
    shadow.unsettled.insert(.frames)
    for place in 0..<shadow.network.framesEnd where shadow.network.frames[place].length != 0 {
      shadow.network.frames[place].polls += 1
      guard shadow.network.frames[place].chances < 2, let features = shadow.features,
        hasRoom(for: shadow.network.frames[place].length, features)
      else { continue }
      shadow.network.frames[place].chances += 1
    }
  }

  /// The device was polled, and has returned: frames have come by now, or will not.
  mutating func judgeFates() {
    shadow.unsettled.remove(.frames)
    for place in 0..<shadow.network.framesEnd where shadow.network.frames[place].length != 0 {
      let frame = shadow.network.frames[place]
      guard frame.fate != .open, frame.hadRoom, !frame.isJudged, frame.polls >= 2 else { continue }
      shadow.network.frames[place].isJudged = true
      guard let features = shadow.features, shadow.isRunning == true, !shadow.isLost, !shadow.registers.mayNeedReset
      else { continue }
      if frame.fate == .drops {
        ledger.satisfy(frame.clause)
      } else if !isCommandPending, hasRoom(for: frame.length, features) {
        shadow.network.frames[place].fate = .open
        violate(frame.clause, seen: 0, expected: UInt64(frame.length), severity: frame.isAdvice ? .warning : nil)
      }
    }
  }

  /// The driver has given the device a command that has not come back.
  var isCommandPending: Bool {
    guard let features = shadow.features, features.contains(.netControlQueue) else { return false }
    guard let queue = shadow.commandQueue else { return false }
    return shadow.queues[queue].heldCount > 0
  }

  private var areAllReceiversResetting: Bool {
    guard shadow.anyQueueReset, let pairs = shadow.network.pairs else { return false }
    for pair in 0..<pairs {
      let queue = Network.receiveQueue(ofPair: pair)
      guard queue < shadow.profile.queueCount, shadow.queues[queue].reset == .asked else { return false }
    }
    return true
  }

  // What a frame begins with.

  private static func destination(of bytes: RawSpan) -> UInt64 {
    var address: UInt64 = 0
    for index in 0..<Ethernet.addressSize {
      address |= UInt64(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) << UInt64(8 * index)
    }
    return address
  }

  /// Only of frames that are no shorter than ``Ethernet/minFrame``.
  private static func tag(of bytes: RawSpan) -> UInt16? {
    func byte(_ index: Int) -> UInt8 { bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self) }
    guard (byte(12), byte(13)) == Ethernet.tagType else { return nil }
    return UInt16(byte(14) & 0xf) << 8 | UInt16(byte(15))
  }
}

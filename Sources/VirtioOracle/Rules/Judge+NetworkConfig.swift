import VirtioSpec

// What a network device offers and shows: NET-DEV-01, -02, -04, -12, -14, -15, -19, -20, -21 and -42, NET-DRV-01, FEAT-DEV-01.
extension Judge {
  /// A word of DeviceFeatures was read.
  mutating func judgeNetworkOffer(_ value: UInt32, _ selector: UInt32) {
    let offered = shadow.profile.offeredFeatures.replacingWord(selector, with: value)
    var isSound = true
    for requirement in FeatureRequirement.ofNetwork where requirement.feature.word(selector) & value != 0 {
      guard !requirement.holds(in: offered) else { continue }
      isSound = false
      violate(.featDev01, seen: UInt64(value), expected: UInt64(value & ~requirement.feature.word(selector)))
    }
    if isSound { ledger.satisfy(.featDev01) }
    let controlled = FeatureBits([.netHashReport, .netControlReceiveExtra]).word(selector)
    guard value & controlled != 0 else { return }
    check(
      .netDev21, offered.contains(.netControlQueue), seen: UInt64(value), expected: UInt64(value & ~controlled))
  }

  /// A field of a network device is read. True where the general clauses do not hold for it as well.
  mutating func readNetworkField(_ field: ConfigField, _ offset: UInt32, _ value: UInt64) -> Bool {
    shadow.praise(.netDrv01)
    switch field.offset {
    case ..<NetworkConfig.status: return readAddress(offset, value)
    case NetworkConfig.status: return readNetworkStatus(value)
    case NetworkConfig.maxPairs: check(.netDev01, 1...0x8000 ~= value, seen: value, expected: 1)
    case NetworkConfig.mtu:
      check(.netDev02, value >= 68, seen: value, expected: 68)
      check(.netDev14, value >= 1280, seen: value, expected: 1280)
      if let mtu = shadow.network.mtu { check(.netDev15, value == mtu, seen: value, expected: mtu) }
      shadow.network.mtu = value
    case NetworkConfig.speed where shadow.features?.contains(.netSpeedDuplex) == true:
      if value <= 0x7fff_ffff || value == 0xffff_ffff {
        ledger.satisfy(.netDev19)
      } else {
        // The limits are printed with a digit too many (A25).
        violate(.netDev19, seen: value, expected: 0xffff_ffff, severity: .warning)
      }
      judgeSteady(value, shadow.network.speed)
      shadow.network.speed = value
    case NetworkConfig.duplex where shadow.features?.contains(.netSpeedDuplex) == true:
      check(.netDev04, value <= 1 || value == 0xff, seen: value, expected: 0xff)
      judgeSteady(value, shadow.network.duplex)
      shadow.network.duplex = value
    default: break
    }
    return false
  }

  /// NET-DEV-20: what was read before holds while the link is up.
  private mutating func judgeSteady(_ value: UInt64, _ last: UInt64?) {
    guard let last, shadow.network.isLinkUp, shadow.features?.contains(.netStatus) == true else { return }
    check(.netDev20, value == last, seen: value, expected: last)
  }

  /// A byte of a field is read on the legacy interface. True where nothing more is to be said of it.
  mutating func readNetworkByte(_ offset: UInt32, _ value: UInt64) -> Bool {
    switch offset {
    case ..<NetworkConfig.status: readAddress(offset, value)
    case NetworkConfig.status: readNetworkStatus(value)
    default: false
    }
  }

  /// What a command does may show already, though it has not come back, or was not seen.
  var mayCommandShow: Bool { isCommandPending || !shadow.areCommandsSeen }

  private mutating func readAddress(_ offset: UInt32, _ value: UInt64) -> Bool {
    guard shadow.network.addressIsKnown, !mayCommandShow else { return true }
    guard shadow.network.addressIsSet else { return false }
    let expected = UInt64(shadow.config[offset])
    check(.netDev12, value == expected, seen: value, expected: expected)
    return true
  }

  private mutating func readNetworkStatus(_ value: UInt64) -> Bool {
    guard shadow.network.statusIsKnown, !mayCommandShow else { return true }
    guard shadow.network.isAcknowledged else { return false }
    shadow.network.isAcknowledged = false
    let announce = UInt64(Network.announce)
    check(.netDev42, value & announce == 0, seen: value, expected: value & ~announce)
    return true
  }

  /// The driver writes to the configuration space, which it may on the legacy interface, to `mac`.
  mutating func noteNetworkConfigWrite(_ offset: UInt32) {
    guard offset < ConfigField.layoutSize(of: .network) else { return }
    if !shadow.isLegacy {
      shadow.blame(.netDrv01)
      guard !shadow.profile.declaresHousePolicy else { return }
    }
    guard offset < NetworkConfig.status else { return }
    shadow.network.addressIsKnown = false
    shadow.network.filter.address = nil
    shadow.network.openFates()
  }

  /// The link goes up or down.
  @usableFromInline
  mutating func noteLink(_ event: Event) {
    guard shadow.profile.deviceType == .network else { return }
    shadow.network.isLinkUp = event.value != 0
    // What is on its way may be lost.
    shadow.network.openFates()
    shadow.network.speed = nil
    shadow.network.duplex = nil
    guard shadow.profile.offeredFeatures.contains(.netStatus) else { return }
    let up = UInt64(Network.linkUp)
    let status = UInt64(shadow.config[NetworkConfig.status]) & ~up
    changeConfig(
      NetworkConfig.status, width: 2, shadow.network.isLinkUp ? status | up : status, isAdvice: false)
  }

  /// The guest is to make itself known.
  @usableFromInline
  mutating func noteAnnouncement() {
    guard shadow.profile.deviceType == .network, shadow.profile.offeredFeatures.contains(.netStatus) else { return }
    if let features = shadow.features, !features.contains(.netGuestAnnounce) { return }
    guard shadow.features != nil, shadow.isRunning == true, shadow.network.statusIsKnown, !mayCommandShow else {
      shadow.network.isAnnouncedMeanwhile = true
      shadow.network.statusIsKnown = false
      shadow.generation = nil
      return shadow.allow(InterruptStatus.configurationChange.rawValue)
    }
    let status = UInt64(shadow.config[NetworkConfig.status])
    let announce = UInt64(Network.announce)
    shadow.network.isAcknowledged = false
    // A device may say so again.
    if status & announce != 0 { shadow.allow(InterruptStatus.configurationChange.rawValue) }
    changeConfig(NetworkConfig.status, width: 2, status | announce, isAdvice: false)
  }
}

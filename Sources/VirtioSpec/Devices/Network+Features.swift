/// Feature bits of the network device (section 5.1.3).
extension FeatureBits {
  /// `VIRTIO_NET_F_CSUM`
  @inlinable public static var netChecksum: FeatureBits { FeatureBits(bit: 0) }
  /// `VIRTIO_NET_F_GUEST_CSUM`
  @inlinable public static var netGuestChecksum: FeatureBits { FeatureBits(bit: 1) }
  /// `VIRTIO_NET_F_CTRL_GUEST_OFFLOADS`
  @inlinable public static var netControlOffloads: FeatureBits { FeatureBits(bit: 2) }
  /// `VIRTIO_NET_F_MTU`
  @inlinable public static var netMTU: FeatureBits { FeatureBits(bit: 3) }
  /// `VIRTIO_NET_F_MAC`
  @inlinable public static var netAddress: FeatureBits { FeatureBits(bit: 5) }
  /// `VIRTIO_NET_F_GUEST_TSO4`
  @inlinable public static var netGuestTSO4: FeatureBits { FeatureBits(bit: 7) }
  /// `VIRTIO_NET_F_GUEST_TSO6`
  @inlinable public static var netGuestTSO6: FeatureBits { FeatureBits(bit: 8) }
  /// `VIRTIO_NET_F_GUEST_ECN`
  @inlinable public static var netGuestECN: FeatureBits { FeatureBits(bit: 9) }
  /// `VIRTIO_NET_F_GUEST_UFO`
  @inlinable public static var netGuestUFO: FeatureBits { FeatureBits(bit: 10) }
  /// `VIRTIO_NET_F_HOST_TSO4`
  @inlinable public static var netHostTSO4: FeatureBits { FeatureBits(bit: 11) }
  /// `VIRTIO_NET_F_HOST_TSO6`
  @inlinable public static var netHostTSO6: FeatureBits { FeatureBits(bit: 12) }
  /// `VIRTIO_NET_F_HOST_ECN`
  @inlinable public static var netHostECN: FeatureBits { FeatureBits(bit: 13) }
  /// `VIRTIO_NET_F_HOST_UFO`
  @inlinable public static var netHostUFO: FeatureBits { FeatureBits(bit: 14) }
  /// `VIRTIO_NET_F_MRG_RXBUF`
  @inlinable public static var netMergeableBuffers: FeatureBits { FeatureBits(bit: 15) }
  /// `VIRTIO_NET_F_STATUS`
  @inlinable public static var netStatus: FeatureBits { FeatureBits(bit: 16) }
  /// `VIRTIO_NET_F_CTRL_VQ`
  @inlinable public static var netControlQueue: FeatureBits { FeatureBits(bit: 17) }
  /// `VIRTIO_NET_F_CTRL_RX`
  @inlinable public static var netControlReceive: FeatureBits { FeatureBits(bit: 18) }
  /// `VIRTIO_NET_F_CTRL_VLAN`
  @inlinable public static var netControlVLAN: FeatureBits { FeatureBits(bit: 19) }
  /// `VIRTIO_NET_F_CTRL_RX_EXTRA`
  @inlinable public static var netControlReceiveExtra: FeatureBits { FeatureBits(bit: 20) }
  /// `VIRTIO_NET_F_GUEST_ANNOUNCE`
  @inlinable public static var netGuestAnnounce: FeatureBits { FeatureBits(bit: 21) }
  /// `VIRTIO_NET_F_MQ`
  @inlinable public static var netMultiQueue: FeatureBits { FeatureBits(bit: 22) }
  /// `VIRTIO_NET_F_CTRL_MAC_ADDR`
  @inlinable public static var netControlAddress: FeatureBits { FeatureBits(bit: 23) }
  /// `VIRTIO_NET_F_DEVICE_STATS`
  @inlinable public static var netDeviceStatistics: FeatureBits { FeatureBits(bit: 50) }
  /// `VIRTIO_NET_F_HASH_TUNNEL`
  @inlinable public static var netHashTunnel: FeatureBits { FeatureBits(bit: 51) }
  /// `VIRTIO_NET_F_VQ_NOTF_COAL`
  @inlinable public static var netQueueCoalescing: FeatureBits { FeatureBits(bit: 52) }
  /// `VIRTIO_NET_F_NOTF_COAL`
  @inlinable public static var netCoalescing: FeatureBits { FeatureBits(bit: 53) }
  /// `VIRTIO_NET_F_GUEST_USO4`
  @inlinable public static var netGuestUSO4: FeatureBits { FeatureBits(bit: 54) }
  /// `VIRTIO_NET_F_GUEST_USO6`
  @inlinable public static var netGuestUSO6: FeatureBits { FeatureBits(bit: 55) }
  /// `VIRTIO_NET_F_HOST_USO`
  @inlinable public static var netHostUSO: FeatureBits { FeatureBits(bit: 56) }
  /// `VIRTIO_NET_F_HASH_REPORT`
  @inlinable public static var netHashReport: FeatureBits { FeatureBits(bit: 57) }
  /// `VIRTIO_NET_F_GUEST_HDRLEN`
  @inlinable public static var netHeaderLength: FeatureBits { FeatureBits(bit: 59) }
  /// `VIRTIO_NET_F_RSS`
  @inlinable public static var netReceiveScaling: FeatureBits { FeatureBits(bit: 60) }
  /// `VIRTIO_NET_F_RSC_EXT`
  @inlinable public static var netCoalescingInfo: FeatureBits { FeatureBits(bit: 61) }
  /// `VIRTIO_NET_F_SPEED_DUPLEX`
  @inlinable public static var netSpeedDuplex: FeatureBits { FeatureBits(bit: 63) }
  /// `VIRTIO_NET_F_RSS_CONTEXT`
  @inlinable public static var netScalingContext: FeatureBits { FeatureBits(bit: 64) }
  /// `VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO`
  @inlinable public static var netGuestTunnel: FeatureBits { FeatureBits(bit: 65) }
  /// `VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM`
  @inlinable public static var netGuestTunnelChecksum: FeatureBits { FeatureBits(bit: 66) }
  /// `VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO`
  @inlinable public static var netHostTunnel: FeatureBits { FeatureBits(bit: 67) }
  /// `VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM`
  @inlinable public static var netHostTunnelChecksum: FeatureBits { FeatureBits(bit: 68) }
  /// `VIRTIO_NET_F_OUT_NET_HEADER`
  @inlinable public static var netOuterHeader: FeatureBits { FeatureBits(bit: 69) }
  /// `VIRTIO_NET_F_IPSEC`
  @inlinable public static var netIPsec: FeatureBits { FeatureBits(bit: 70) }

  /// What `VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET` turns on and off, each by its own bit (section 5.1.6.5).
  public static let netGuestOffloads: FeatureBits = [
    .netGuestChecksum, .netGuestTSO4, .netGuestTSO6, .netGuestECN, .netGuestUFO, .netGuestUSO4, .netGuestUSO6,
  ]

  /// What lets frames come in that have to be cut yet.
  public static let netGuestSegmentation: FeatureBits = [
    .netGuestTSO4, .netGuestTSO6, .netGuestUFO, .netGuestUSO4, .netGuestUSO6,
  ]

  /// What lets frames go out that have to be cut yet.
  public static let netHostSegmentation: FeatureBits = [.netHostTSO4, .netHostTSO6, .netHostUFO, .netHostUSO]

  /// Features that change what comes in front of a frame, beyond what ``Network`` knows.
  public static let netLongHeaders: FeatureBits = [
    .netHashReport, .netGuestTunnel, .netHostTunnel, .netOuterHeader, .netIPsec,
  ]
}

/// A feature, and what it requires (section 5.1.3.1).
public struct FeatureRequirement: Sendable {
  public let feature: FeatureBits
  public let all: FeatureBits
  /// One of these at least, unless it is empty.
  public let any: FeatureBits

  init(_ feature: FeatureBits, all: FeatureBits = [], any: FeatureBits = []) {
    self.feature = feature
    self.all = all
    self.any = any
  }

  /// The features without those that lack what they require.
  public static func sound(_ features: FeatureBits) -> FeatureBits {
    var sound = features
    // What requires another one comes behind that.
    for requirement in ofNetwork where !requirement.holds(in: sound) { sound.subtract(requirement.feature) }
    return sound
  }

  public func holds(in features: FeatureBits) -> Bool {
    !features.contains(feature) || features.isSuperset(of: all) && (any.isEmpty || !features.isDisjoint(with: any))
  }

  public static let ofNetwork: [FeatureRequirement] = [
    FeatureRequirement(.netGuestTSO4, all: .netGuestChecksum),
    FeatureRequirement(.netGuestTSO6, all: .netGuestChecksum),
    FeatureRequirement(.netGuestECN, any: [.netGuestTSO4, .netGuestTSO6]),
    FeatureRequirement(.netGuestUFO, all: .netGuestChecksum),
    FeatureRequirement(.netGuestUSO4, all: .netGuestChecksum),
    FeatureRequirement(.netGuestUSO6, all: .netGuestChecksum),
    FeatureRequirement(.netGuestTunnel, all: [.netGuestTSO4, .netGuestTSO6, .netGuestUSO4, .netGuestUSO6]),
    FeatureRequirement(.netGuestTunnelChecksum, all: .netGuestTunnel),
    FeatureRequirement(.netHostTSO4, all: .netChecksum),
    FeatureRequirement(.netHostTSO6, all: .netChecksum),
    FeatureRequirement(.netHostECN, any: [.netHostTSO4, .netHostTSO6]),
    FeatureRequirement(.netHostUFO, all: .netChecksum),
    FeatureRequirement(.netHostUSO, all: .netChecksum),
    FeatureRequirement(.netHostTunnel, all: [.netHostTSO4, .netHostTSO6, .netHostUSO]),
    FeatureRequirement(.netHostTunnelChecksum, all: .netHostTunnel),
    FeatureRequirement(.netControlReceive, all: .netControlQueue),
    FeatureRequirement(.netControlVLAN, all: .netControlQueue),
    FeatureRequirement(.netGuestAnnounce, all: .netControlQueue),
    FeatureRequirement(.netMultiQueue, all: .netControlQueue),
    FeatureRequirement(.netControlAddress, all: .netControlQueue),
    FeatureRequirement(.netCoalescing, all: .netControlQueue),
    FeatureRequirement(.netCoalescingInfo, any: [.netHostTSO4, .netHostTSO6]),
    FeatureRequirement(.netReceiveScaling, all: .netControlQueue),
    FeatureRequirement(.netQueueCoalescing, all: .netControlQueue),
    FeatureRequirement(.netHashTunnel, all: .netControlQueue, any: [.netReceiveScaling, .netHashReport]),
    FeatureRequirement(.netScalingContext, all: [.netControlQueue, .netReceiveScaling]),
  ]
}

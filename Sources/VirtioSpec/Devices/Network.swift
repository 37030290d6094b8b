/// Facts of the network device (section 5.1).
public enum Network {
  /// `struct virtio_net_hdr` without what no feature here adds, in bytes.
  @inlinable public static var headerSize: Int { 12 }
  /// The same on the legacy interface without VIRTIO_NET_F_MRG_RXBUF, where there is no `num_buffers`.
  @inlinable public static var shortHeaderSize: Int { 10 }

  /// How many bytes come in front of each frame.
  @inlinable
  public static func headerSize(isLegacy: Bool, _ features: FeatureBits) -> Int {
    isLegacy && !features.contains(.netMergeableBuffers) ? shortHeaderSize : headerSize
  }

  // Offsets in `struct virtio_net_hdr` (section 5.1.6).
  @inlinable public static var flags: Int { 0 }
  @inlinable public static var gsoType: Int { 1 }
  @inlinable public static var checksumStart: Int { 6 }
  @inlinable public static var checksumOffset: Int { 8 }
  @inlinable public static var bufferCount: Int { 10 }

  /// `VIRTIO_NET_HDR_F_NEEDS_CSUM`
  @inlinable public static var needsChecksum: UInt8 { 1 }
  /// `VIRTIO_NET_HDR_F_DATA_VALID`
  @inlinable public static var dataValid: UInt8 { 2 }
  /// `VIRTIO_NET_HDR_F_RSC_INFO`
  @inlinable public static var coalescingInfo: UInt8 { 4 }
  /// `VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM`
  @inlinable public static var tunnelChecksum: UInt8 { 8 }
  /// The flag that nothing is said of.
  @inlinable public static var unknownFlag: UInt8 { 0x80 }
  /// `VIRTIO_NET_HDR_GSO_TCPV4`
  @inlinable public static var gsoTCP4: UInt8 { 1 }
  /// `VIRTIO_NET_HDR_GSO_UDP`
  @inlinable public static var gsoUDP: UInt8 { 3 }
  /// `VIRTIO_NET_HDR_GSO_TCPV6`
  @inlinable public static var gsoTCP6: UInt8 { 4 }
  /// `VIRTIO_NET_HDR_GSO_UDP_L4`
  @inlinable public static var gsoUDPSegments: UInt8 { 5 }
  /// `VIRTIO_NET_HDR_GSO_ECN`, beside one of the others
  @inlinable public static var gsoECN: UInt8 { 0x80 }
  /// `VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4` and `…_IPV6`
  @inlinable public static var tunnelTypes: UInt8 { 0x60 }

  /// `VIRTIO_NET_S_LINK_UP`, in `status`
  @inlinable public static var linkUp: UInt8 { 1 }
  /// `VIRTIO_NET_S_ANNOUNCE`, in `status`
  @inlinable public static var announce: UInt8 { 2 }

  /// The answer to a command: `VIRTIO_NET_OK`.
  @inlinable public static var ok: UInt8 { 0 }
  /// `VIRTIO_NET_ERR`
  @inlinable public static var error: UInt8 { 1 }

  /// `VIRTIO_NET_CTRL_MQ_RSS_CONFIG`, of which only is known that it says which queues are used.
  @inlinable public static var receiveScaling: UInt16 { 0x0104 }

  /// A command of the control queue: its class in the low byte, and the command in the high one, as they lie in memory.
  public enum Command: UInt16, Sendable {
    /// `VIRTIO_NET_CTRL_RX_PROMISC`
    case promiscuous = 0x0000
    /// `VIRTIO_NET_CTRL_RX_ALLMULTI`
    case allMulticast = 0x0100
    /// `VIRTIO_NET_CTRL_RX_ALLUNI`
    case allUnicast = 0x0200
    /// `VIRTIO_NET_CTRL_RX_NOMULTI`
    case noMulticast = 0x0300
    /// `VIRTIO_NET_CTRL_RX_NOUNI`
    case noUnicast = 0x0400
    /// `VIRTIO_NET_CTRL_RX_NOBCAST`
    case noBroadcast = 0x0500
    /// `VIRTIO_NET_CTRL_MAC_TABLE_SET`
    case setAddressTable = 0x0001
    /// `VIRTIO_NET_CTRL_MAC_ADDR_SET`
    case setAddress = 0x0101
    /// `VIRTIO_NET_CTRL_VLAN_ADD`
    case addVLAN = 0x0002
    /// `VIRTIO_NET_CTRL_VLAN_DEL`
    case deleteVLAN = 0x0102
    /// `VIRTIO_NET_CTRL_ANNOUNCE_ACK`
    case acknowledgeAnnouncement = 0x0003
    /// `VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET`
    case setQueuePairs = 0x0004
    /// `VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET`
    case setOffloads = 0x0005

    /// What has to be accepted for it.
    @inlinable public var feature: FeatureBits {
      switch self {
      case .promiscuous, .allMulticast, .setAddressTable: .netControlReceive
      case .allUnicast, .noMulticast, .noUnicast, .noBroadcast: .netControlReceiveExtra
      case .setAddress: .netControlAddress
      case .addVLAN, .deleteVLAN: .netControlVLAN
      case .acknowledgeAnnouncement: .netGuestAnnounce
      case .setQueuePairs: .netMultiQueue
      case .setOffloads: .netControlOffloads
      }
    }
  }

  /// The features whose commands have this class, of those that are no ``Command`` (section 5.1.6.5).
  public static func features(ofClass number: UInt8) -> FeatureBits {
    switch number {
    case 6: [.netCoalescing, .netQueueCoalescing]
    case 7: .netHashTunnel
    case 8: .netDeviceStatistics
    case 9: .netScalingContext
    default: []
    }
  }

  /// What a virtqueue is for (section 5.1.2).
  public enum Role: Equatable, Sendable {
    case receive(pair: Int)
    case transmit(pair: Int)
    case control

    /// `pairs` are those in front of the control queue: max_virtqueue_pairs with VIRTIO_NET_F_MQ or VIRTIO_NET_F_RSS accepted,
    /// else 1. Nil for a queue that is none of the device's.
    @inlinable
    public init?(ofQueue queue: Int, pairs: Int) {
      if queue < 2 * pairs {
        self = queue % 2 == 0 ? .receive(pair: queue / 2) : .transmit(pair: queue / 2)
      } else {
        guard queue == 2 * pairs else { return nil }
        self = .control
      }
    }
  }

  @inlinable public static func receiveQueue(ofPair pair: Int) -> Int { 2 * pair }
  @inlinable public static func transmitQueue(ofPair pair: Int) -> Int { 2 * pair + 1 }
}

/// Facts of the frames on its wire (IEEE 802.3 and 802.1Q): destination, source, an optional tag, and a type.
public enum Ethernet {
  /// Of a frame without a tag, in bytes.
  @inlinable public static var headerSize: Int { 14 }
  @inlinable public static var addressSize: Int { 6 }
  /// Of the tag behind the addresses, in bytes.
  @inlinable public static var tagSize: Int { 4 }
  /// The shortest frame, without its check sequence, in bytes.
  @inlinable public static var minFrame: Int { 60 }
  /// The type by which a tag shows, in the order of the wire.
  @inlinable public static var tagType: (UInt8, UInt8) { (0x81, 0x00) }
  /// Addresses are numbers whose lowest byte comes first on the wire.
  @inlinable public static var broadcast: UInt64 { 0xffff_ffff_ffff }

  @inlinable public static func isMulticast(_ address: UInt64) -> Bool { address & 1 != 0 }
}

/// Offsets in `struct virtio_net_config` (section 5.1.4).
public enum NetworkConfig {
  @inlinable public static var address: UInt32 { 0x00 }
  @inlinable public static var status: UInt32 { 0x06 }
  @inlinable public static var maxPairs: UInt32 { 0x08 }
  @inlinable public static var mtu: UInt32 { 0x0a }
  @inlinable public static var speed: UInt32 { 0x0c }
  @inlinable public static var duplex: UInt32 { 0x10 }
  /// Up to `duplex`.
  @inlinable public static var size: UInt32 { 0x11 }
  /// Up to the end of `supported_tunnel_types`, behind the limits of receive-side scaling.
  @inlinable public static var layoutSize: UInt32 { 0x1c }
}

extension ConfigField {
  /// `mac` is six fields of one byte, which always exist.
  static let network: [ConfigField] = [
    ConfigField("mac[0]", at: NetworkConfig.address, size: 1, feature: .netAddress, isAlwaysThere: true),
    ConfigField("mac[1]", at: NetworkConfig.address + 1, size: 1, feature: .netAddress, isAlwaysThere: true),
    ConfigField("mac[2]", at: NetworkConfig.address + 2, size: 1, feature: .netAddress, isAlwaysThere: true),
    ConfigField("mac[3]", at: NetworkConfig.address + 3, size: 1, feature: .netAddress, isAlwaysThere: true),
    ConfigField("mac[4]", at: NetworkConfig.address + 4, size: 1, feature: .netAddress, isAlwaysThere: true),
    ConfigField("mac[5]", at: NetworkConfig.address + 5, size: 1, feature: .netAddress, isAlwaysThere: true),
    ConfigField("status", at: NetworkConfig.status, size: 2, feature: .netStatus),
    ConfigField(
      "max_virtqueue_pairs", at: NetworkConfig.maxPairs, size: 2, feature: .netMultiQueue, or: .netReceiveScaling),
    ConfigField("mtu", at: NetworkConfig.mtu, size: 2, feature: .netMTU),
    ConfigField("speed", at: NetworkConfig.speed, size: 4, feature: .netSpeedDuplex),
    ConfigField("duplex", at: NetworkConfig.duplex, size: 1, feature: .netSpeedDuplex),
  ]
}

/// Which feature bits have a meaning, by the specification's 1.4 (sections 2.2, 6 and the device types).
extension FeatureBits {
  /// `VIRTIO_F_SR_IOV`: for PCI only.
  @inlinable public static var srIOV: FeatureBits { FeatureBits(bit: 37) }
  /// `VIRTIO_F_NOTIF_CONFIG_DATA`
  @inlinable public static var notifConfigData: FeatureBits { FeatureBits(bit: 39) }
  /// `VIRTIO_F_ADMIN_VQ`: not over MMIO (section 4.2.5). Of a network device, bit 41 is another feature.
  @inlinable public static var adminVQ: FeatureBits { FeatureBits(bit: 41) }

  /// Bits that only have a meaning on a legacy device of this type: section 6.3, and VIRTIO_BLK_F_BARRIER (0) and
  /// VIRTIO_BLK_F_SCSI (7) of section 5.2.3.1, VIRTIO_NET_F_GSO (6) of section 5.1.3.2.
  public static func ofLegacy(_ type: DeviceType) -> FeatureBits {
    let all: FeatureBits = [.notifyOnEmpty, .anyLayout]
    return switch type {
    case .block: all.union(bits(0...0)).union(bits(7...7))
    case .network: all.union(bits(6...6))
    default: all
    }
  }

  /// Bits that no device of this type offers over MMIO: 25, 26, 31, 37, 44 to 49, and 41 and 42 unless it is, or may be, a
  /// network device.
  public static func reserved(for type: DeviceType?) -> FeatureBits {
    type == nil || type == .network ? alwaysReserved : alwaysReserved.union(ofLegacyNetwork)
  }

  /// Bits that have a meaning for a modern device of this type. `VIRTIO_F_NOTIF_CONFIG_DATA` is among them, which
  /// FEAT-DEV-11 is about.
  public static func defined(for type: DeviceType) -> FeatureBits {
    switch type {
    case .block: common.union(ofBlock)
    case .console: common.union(ofConsole)
    case .entropy: common
    case .network: common.union(ofNetwork)
    default: common.union(ofAnyType)
    }
  }

  /// Bits of other device types than this one; none for a type whose own are not known here.
  public static func foreign(to type: DeviceType) -> FeatureBits {
    switch type {
    case .block: ofAnyType.subtracting(ofBlock)
    case .console: ofAnyType.subtracting(ofConsole)
    case .entropy: ofAnyType
    case .network: ofAnyType.subtracting(ofNetwork).subtracting(ofLegacyNetwork)
    default: []
    }
  }

  private static let alwaysReserved = bits(25...26).union(bits(31...31)).union(.srIOV).union(bits(44...49))
  private static let common = bits(28...29).union(bits(32...40)).union(.suspend)
  /// Of hypervisors' own making: `VIRTIO_NET_F_GUEST_RSC4` and `…6`.
  private static let ofLegacyNetwork = bits(41...42)
  private static let ofNetwork = bits(0...3).union(bits(5...5)).union(bits(7...23)).union(bits(50...57))
    .union(bits(59...70))
  private static let ofBlock = bits(1...2).union(bits(4...6)).union(bits(9...17))
  private static let ofConsole = bits(0...2)
  private static let ofAnyType = bits(0...23).union(bits(41...42)).union(bits(50...127))

  private static func bits(_ range: ClosedRange<Int>) -> FeatureBits {
    range.reduce(into: []) { $0.insert(FeatureBits(bit: $1)) }
  }
}

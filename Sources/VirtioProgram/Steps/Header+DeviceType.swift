import VirtioSpec

extension Header {
  /// How many ports a console has at most: there are virtqueues for no more.
  public static let maxPortCount: UInt8 = 3

  /// How many pairs of queues a network device has at most: there are virtqueues for no more.
  public static let maxPairCount: UInt8 = 3

  /// How many virtqueues a device has that is as wished.
  public var virtqueueCount: UInt32 {
    let withheld = FeatureBits(rawValue: UInt128(withheldFeatures))
    switch device {
    // Without MQ there is one (BLK-DEV-31).
    case .block: return withheld.contains(.blkMultiQueue) ? 1 : UInt32(queueCount)
    case .entropy: return 1
    case .console:
      return Console.queueCount(ports: UInt32(portCount), isMultiport: !withheld.contains(.consoleMultiport))
    case .network: return 2 * UInt32(pairCount) + (withheld.contains(.netControlQueue) ? 0 : 1)
    }
  }

  /// How many pairs of queues a network device has.
  public var pairCount: UInt8 {
    let withheld = FeatureBits(rawValue: UInt128(withheldFeatures))
    return withheld.isDisjoint(with: [.netControlQueue, .netMultiQueue]) ? min(queueCount, Self.maxPairCount) : 1
  }

  /// How many ports a console has.
  public var portCount: UInt8 {
    let withheld = FeatureBits(rawValue: UInt128(withheldFeatures))
    return withheld.contains(.consoleMultiport) ? 1 : min(queueCount, Self.maxPortCount)
  }
}

extension Header.Device {
  /// What its DeviceID reads.
  public var type: DeviceType {
    switch self {
    case .block: .block
    case .console: .console
    case .entropy: .entropy
    case .network: .network
    }
  }
}

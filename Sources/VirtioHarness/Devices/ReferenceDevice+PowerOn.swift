import VirtioDevice
import VirtioProgram
import VirtioSpec

// How the device becomes what a program wishes for.
extension ReferenceDevice {
  mutating func powerOnBlock(_ wish: Header) -> DeviceProfile {
    // Whatever is wished for, a disk can be flushed (BLK-DEV-02, BLK-DEV-15), and one that cannot be written says so.
    var options = TransportOptions.wished(wish)
    options.withheldFeatures.subtract([.blkFlush, .blkReadOnly])
    block.model.storage.rewind(size: UInt64(wish.capacity) * Block.sectorSize)
    // A disk that is not to tell how worn it is does not know.
    let hasLifetimeMetrics = !options.withheldFeatures.contains(.blkLifetime)
    block.model.storage.lifetime = hasLifetimeMetrics ? Self.diskLifetime : nil
    block.model.powerOn(options: .wished(wish))
    block.powerOn(options: options)
    var profile = DeviceProfile(.block, options, offers: block.offeredFeatures, config: .blockFixture(wish))
    profile.storage.hasLifetimeMetrics = hasLifetimeMetrics
    profile.storage.tellsOfPersistence = true
    return profile
  }

  mutating func powerOnEntropy(_ wish: Header) -> DeviceProfile {
    let options = TransportOptions.wished(wish)
    entropy.model.source = SeededEntropy(seed: Self.entropySeed)
    entropy.model.isFailing = false
    entropy.powerOn(options: options)
    return DeviceProfile(.entropy, options, offers: entropy.offeredFeatures, config: ConfigBytes(count: 0))
  }

  mutating func powerOnConsole(_ wish: Header) -> DeviceProfile {
    let options = TransportOptions.wished(wish)
    let portCount = Int(wish.portCount)
    console.model.powerOn(
      portCount: portCount, features: ConsoleModel.allFeatures.subtracting(options.withheldFeatures))
    console.powerOn(options: options)
    return DeviceProfile(
      .console, options, offers: console.offeredFeatures, config: .consoleFixture(portCount: portCount))
  }

  mutating func powerOnNetwork(_ wish: Header) -> DeviceProfile {
    var options = TransportOptions.wished(wish)
    let features = NetworkModel.allFeatures.subtracting(options.withheldFeatures)
    network.model.powerOn(
      address: NetworkAddress.unicast(0), pairs: Int(wish.pairCount), features: features,
      transport: options.transport)
    // What a withheld feature is required by is withheld, too.
    options.withheldFeatures.formUnion(NetworkModel.allFeatures.subtracting(network.model.features))
    network.powerOn(options: options)
    return DeviceProfile(
      .network, options, offers: network.offeredFeatures, config: .networkFixture(pairCount: wish.pairCount))
  }
}

extension Header {
  var transport: Transport { flags.contains(.legacy) ? .legacy : .modern }
}

extension TransportOptions {
  /// What a program wishes of any device.
  fileprivate static func wished(_ wish: Header) -> TransportOptions {
    var extra: FeatureBits = []
    if wish.flags.contains(.notificationData) { extra.insert(.notificationData) }
    if wish.flags.contains(.packed) { extra.insert(.ringPacked) }
    if wish.flags.contains(.inOrder) { extra.insert(.inOrder) }
    if wish.flags.contains(.platform) { extra.formUnion([.accessPlatform, .orderPlatform]) }
    var options = TransportOptions(
      transport: wish.transport, queueCount: wish.virtqueueCount,
      queueNumMax: 1 << UInt32(wish.sizeLog2),
      withheldFeatures: FeatureBits(rawValue: UInt128(wish.withheldFeatures)), extraFeatures: extra)
    if wish.flags.contains(.sharedMemory) { options.sharedMemory = ReferenceDevice.sharedMemory }
    return options
  }
}

extension DeviceProfile {
  /// A slot without a device, of the same transport.
  static func placeholder(like other: DeviceProfile) -> DeviceProfile {
    var profile = DeviceProfile(
      deviceType: .placeholder, vendorID: 0, offeredFeatures: [], queueCount: 0, queueNumMax: 0, memory: other.memory,
      config: ConfigBytes(count: 0), declaresHousePolicy: true)
    profile.transport = other.transport
    return profile
  }

  fileprivate init(_ type: DeviceType, _ options: TransportOptions, offers: FeatureBits, config: ConfigBytes) {
    self.init(
      deviceType: type, vendorID: options.vendorID, offeredFeatures: offers, queueCount: options.queueCount,
      queueNumMax: options.queueNumMax, memory: .standard, config: config, declaresHousePolicy: true)
    transport = options.transport
    sharedMemory = options.transport == .modern ? options.sharedMemory : nil
  }
}

extension ConfigBytes {
  /// What the configuration space of such a console has to read, byte by byte, written down here once more.
  fileprivate static func consoleFixture(portCount: Int) -> ConfigBytes {
    var config = ConfigBytes(count: Int(ConsoleConfig.size))
    config[0x00] = 80  // cols
    config[0x02] = 25  // rows
    config[0x04] = UInt8(portCount)  // max_nr_ports
    return config
  }

  /// The same of such a network device.
  fileprivate static func networkFixture(pairCount: UInt8) -> ConfigBytes {
    var config = ConfigBytes(count: Int(NetworkConfig.size))
    // mac
    (config[0x00], config[0x01], config[0x02]) = (0x52, 0x54, 0x00)
    (config[0x03], config[0x04], config[0x05]) = (0x12, 0x34, 0x56)
    config[0x06] = 1  // status: VIRTIO_NET_S_LINK_UP
    config[0x08] = pairCount  // max_virtqueue_pairs
    (config[0x0a], config[0x0b]) = (0xdc, 0x05)  // mtu: 1500
    (config[0x0c], config[0x0d]) = (0x10, 0x27)  // speed: 10000 Mbit/s
    config[0x10] = 1  // duplex: full
    return config
  }
}

import VirtioDevice
import VirtioProgram
import VirtioSpec

/// This package's own device model, as a block device on memory or as an entropy device on a seeded source, whichever a
/// program wishes for.
public struct ReferenceDevice: ~Copyable, DeviceUnderTest {
  /// How large the disk can become, in bytes.
  static let diskLimit: UInt64 = 4096 * Block.sectorSize
  static let entropySeed: UInt64 = 0x5eed

  @usableFromInline var block = BlockDevice(model: BlockModel(storage: MemoryStorage(size: 0, limit: Self.diskLimit)))
  @usableFromInline var entropy = EntropyDevice(model: EntropyModel(source: SeededEntropy(seed: Self.entropySeed)))
  @usableFromInline var isBlock = true

  public init() {}

  public mutating func powerOn(_ wish: Header) -> DeviceProfile {
    isBlock = wish.device == .block
    var withheld = FeatureBits(rawValue: UInt128(wish.withheldFeatures))
    // Whatever is wished for, a disk can be flushed (BLK-DEV-02, BLK-DEV-15), and one that cannot be written says so.
    withheld.subtract([.blkFlush, .blkReadOnly])
    // Without MQ there is one queue (BLK-DEV-31).
    let isSingle = !isBlock || withheld.contains(.blkMultiQueue)
    var extra: FeatureBits = []
    if wish.flags.contains(.notificationData) { extra.insert(.notificationData) }
    if wish.flags.contains(.packed) { extra.insert(.ringPacked) }
    if wish.flags.contains(.platform) { extra.formUnion([.accessPlatform, .orderPlatform]) }
    let options = TransportOptions(
      transport: wish.flags.contains(.legacy) ? .legacy : .modern, queueCount: isSingle ? 1 : UInt32(wish.queueCount),
      queueNumMax: 1 << UInt32(wish.sizeLog2),
      withheldFeatures: withheld, extraFeatures: extra)
    if isBlock {
      block.model.storage.rewind(size: UInt64(wish.capacity) * Block.sectorSize)
      block.model.powerOn(options: .wished(wish))
      block.powerOn(options: options)
    } else {
      entropy.model.source = SeededEntropy(seed: Self.entropySeed)
      entropy.model.isFailing = false
      entropy.powerOn(options: options)
    }
    var profile = DeviceProfile(
      deviceType: isBlock ? .block : .entropy, vendorID: options.vendorID,
      offeredFeatures: isBlock ? block.offeredFeatures : entropy.offeredFeatures, queueCount: options.queueCount,
      queueNumMax: options.queueNumMax, memory: .standard,
      config: isBlock ? .blockFixture(wish) : ConfigBytes(count: 0), declaresHousePolicy: true)
    profile.transport = options.transport
    return profile
  }

  public mutating func powerOff() { block.model.storage.rewind(size: 0) }

  @inlinable
  public mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64 {
    isBlock
      ? block.readRegister(offset, width: width, host: &host)
      : entropy.readRegister(offset, width: width, host: &host)
  }

  @inlinable
  public mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    if isBlock {
      block.writeRegister(offset, width: width, value: value, host: &host)
    } else {
      entropy.writeRegister(offset, width: width, value: value, host: &host)
    }
  }

  @inlinable
  public mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable) {
    switch stimulus {
    case .poll:
      if isBlock { block.poll(host: &host) } else { entropy.poll(host: &host) }
    case .resize(let sectors):
      if isBlock { _ = block.resize(sectors: sectors, host: &host) }
    case .backend(let mode):
      let (timing, fails) = mode.behaviour
      block.setBackend(timing)
      entropy.setBackend(timing)
      block.model.isFailing = fails
      entropy.model.isFailing = fails
    }
  }
}

extension VirtioProgram.BackendMode {
  /// When requests end, and whether they fail.
  @usableFromInline
  var behaviour: (VirtioDevice.BackendMode, Bool) {
    switch self {
    case .immediate: (.immediate, false)
    case .deferred: (.deferred, false)
    case .reversed: (.reversed, false)
    case .stalled: (.stalled, false)
    case .failing: (.immediate, true)
    }
  }
}

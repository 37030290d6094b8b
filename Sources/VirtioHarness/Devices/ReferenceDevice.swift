import VirtioDevice
import VirtioProgram
import VirtioSpec

/// This package's own device model, as the device that a program wishes for: a block device on memory, an entropy device
/// on a seeded source, a console, or a network device.
public struct ReferenceDevice: ~Copyable, DeviceUnderTest {
  /// How large the disk can become, in bytes.
  static let diskLimit: UInt64 = 4096 * Block.sectorSize
  static let diskLifetime = StorageLifetime(preEOLInfo: 1, deviceLifetimeEstTypA: 2, deviceLifetimeEstTypB: 11)
  static let entropySeed: UInt64 = 0x5eed
  /// What a device with shared memory shares: above all RAM, and no id or number with two equal halves.
  static let sharedMemory = SharedMemoryRegion(id: 3, base: 0x12_3450_0000, length: 0x3_0001_0000)

  @usableFromInline var block = BlockDevice(model: BlockModel(storage: MemoryStorage(size: 0, limit: Self.diskLimit)))
  @usableFromInline var entropy = EntropyDevice(model: EntropyModel(source: SeededEntropy(seed: Self.entropySeed)))
  @usableFromInline var console = ConsoleDevice(model: ConsoleModel())
  @usableFromInline var network = NetworkDevice(model: NetworkModel(address: NetworkAddress.unicast(0)))
  @usableFromInline var kind = Header.Device.block
  /// Nobody is there: the device reads as one, takes no writes, and is never polled.
  @usableFromInline var isPlaceholder = false

  public init() {}

  public mutating func powerOn(_ wish: Header) -> DeviceProfile {
    kind = wish.device
    isPlaceholder = wish.flags.contains(.placeholder)
    let profile =
      switch kind {
      case .block: powerOnBlock(wish)
      case .entropy: powerOnEntropy(wish)
      case .console: powerOnConsole(wish)
      case .network: powerOnNetwork(wish)
      }
    return isPlaceholder ? .placeholder(like: profile) : profile
  }

  public mutating func powerOff() {
    block.model.storage.rewind(size: 0)
    network.model.powerOff()
  }

  @inlinable
  public mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64 {
    if isPlaceholder, offset != Register.magicValue.rawValue, offset != Register.version.rawValue { return 0 }
    return switch kind {
    case .block: block.readRegister(offset, width: width, host: &host)
    case .entropy: entropy.readRegister(offset, width: width, host: &host)
    case .console: console.readRegister(offset, width: width, host: &host)
    case .network: network.readRegister(offset, width: width, host: &host)
    }
  }

  @inlinable
  public mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    if isPlaceholder { return }
    switch kind {
    case .block: block.writeRegister(offset, width: width, value: value, host: &host)
    case .entropy: entropy.writeRegister(offset, width: width, value: value, host: &host)
    case .console: console.writeRegister(offset, width: width, value: value, host: &host)
    case .network: network.writeRegister(offset, width: width, value: value, host: &host)
    }
  }

  @inlinable
  public mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable) {
    if isPlaceholder { return }
    switch stimulus {
    case .poll: poll(&host)
    case .resize(let size): resize(size, &host)
    case .backend(let mode): setBackend(mode)
    case .port(let port, let change):
      if kind == .console { console.model.change(port, change) }
    case .link(let change):
      if kind == .network { network.change(change, host: &host) }
    }
  }

  public mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int {
    if isPlaceholder { return 0 }
    switch kind {
    case .console: return console.deliver(bytes, to: port)
    case .network:
      network.deliver(bytes)
      return bytes.byteCount
    case .block, .entropy: return 0
    }
  }

  @inlinable
  mutating func poll(_ host: inout some DeviceHost & ~Copyable) {
    switch kind {
    case .block: block.poll(host: &host)
    case .entropy: entropy.poll(host: &host)
    case .console: console.poll(host: &host)
    case .network: network.poll(host: &host)
    }
  }

  @usableFromInline
  mutating func resize(_ size: UInt64, _ host: inout some DeviceHost & ~Copyable) {
    switch kind {
    case .block: _ = block.resize(sectors: size, host: &host)
    case .entropy, .network: break
    case .console: console.resize(columns: UInt16(size & 0xff), rows: UInt16(size >> 8 & 0xff), host: &host)
    }
  }

  @usableFromInline
  mutating func setBackend(_ mode: VirtioProgram.BackendMode) {
    let (timing, fails) = mode.behaviour
    switch kind {
    case .block:
      block.setBackend(timing)
      block.model.isFailing = fails
    case .entropy:
      entropy.setBackend(timing)
      entropy.model.isFailing = fails
    case .console: console.setBackend(timing)
    case .network: network.setBackend(timing)
    }
  }
}

extension ConsoleModel {
  @usableFromInline
  mutating func change(_ port: Int, _ change: PortChange) {
    switch change {
    case .add: setPresent(port, true)
    case .remove: setPresent(port, false)
    case .open: setHostOpen(port, true)
    case .close: setHostOpen(port, false)
    }
  }
}

extension NetworkDevice {
  @usableFromInline
  mutating func change(_ change: LinkChange, host: inout some DeviceHost & ~Copyable) {
    switch change {
    case .up: setLink(true, host: &host)
    case .down: setLink(false, host: &host)
    case .announce: announce(host: &host)
    // Of the wire, and not of the device.
    case .loop, .peer: break
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

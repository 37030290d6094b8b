import VirtioDevice
import VirtioMemory
import VirtioSpec

/// A model that does what a test tells it, and notes what it was asked for. It never writes anything.
struct ProbeModel: ~Copyable, DeviceModel {
  static var deviceType: DeviceType { .entropy }
  static var answersAlways: Bool { true }

  var features: FeatureBits { [] }
  /// Of six bytes, and with something behind them.
  var config = ConfigBytes(count: 6)
  var isAvailable: Bool { true }
  /// The first queue has room for what comes from outside.
  var isReceiving = false
  /// How much of that is there, and how many chains each of it takes.
  var input = 0
  var chainsNeeded = 1

  /// Offset, width and value of each write to the configuration space.
  var writes: [[UInt32]] = []
  /// How many segments each chain had.
  var served: [Int] = []

  init() {
    for byte: UInt8 in 0..<8 { config[UInt32(byte)] = byte + 1 }
  }

  func receives(_ queue: Int) -> Bool { isReceiving && queue == 0 }
  func hasInput(_ queue: Int) -> Bool { input > 0 }
  mutating func fit(_ queue: Int, chains: Int, room: UInt64) -> InputFit {
    chains >= chainsNeeded ? .fits : .needsMore
  }
  mutating func featuresChanged(to features: FeatureBits) {}
  mutating func reset() {}
  mutating func writeConfig(_ offset: UInt32, width: Int, value: UInt32, host: inout some DeviceHost & ~Copyable) {
    writes.append([offset, UInt32(width), value])
  }
  mutating func serve(_ chain: Chain, _ segments: Span<Segment>, host: inout some DeviceHost & ~Copyable) -> UInt32 {
    served.append(segments.count)
    if receives(Int(chain.queue)), served.count % chainsNeeded == 0 { input -= 1 }
    return 0
  }
}

/// A running device with queues of 32, and a driver that gives it writable buffers of a byte.
struct Bench<Model: DeviceModel & ~Copyable>: ~Copyable {
  var device: MMIODevice<Model>
  var host = PlainHost()
  private let isPacked: Bool
  /// How many buffers each queue was given.
  private var given = [Int](repeating: 0, count: 8)

  /// The device accepts these features and VERSION_1, as far as it offers them.
  init(_ model: consuming Model, _ features: FeatureBits = [], queues: UInt32 = 2) {
    let options = TransportOptions(queueCount: queues, queueNumMax: 32, extraFeatures: [.ringPacked, .inOrder])
    device = MMIODevice(model: model, options: options)
    let accepted = features.union(.version1).intersection(device.offeredFeatures)
    isPacked = accepted.contains(.ringPacked)
    write(.status, 3)
    for word: UInt32 in 0..<2 {
      write(.driverFeaturesSel, word)
      write(.driverFeatures, accepted.word(word))
    }
    write(.status, 11)
    for queue in 0..<queues {
      let ring = UInt32(Self.ring(Int(queue)))
      write(.queueSel, queue)
      write(.queueNum, 32)
      write(.queueDescLow, ring)
      write(.queueDriverLow, ring + 0x200)
      write(.queueDeviceLow, ring + 0x400)
      write(.queueReady, 1)
    }
    write(.queueSel, 0)
    write(.status, 15)
  }

  static func ring(_ queue: Int) -> UInt64 { 0x1000 + 0x800 * UInt64(queue) }

  mutating func write(_ register: Register, _ value: UInt32) {
    device.writeRegister(register.rawValue, width: 4, value: UInt64(value), host: &host)
  }

  mutating func read(_ register: Register) -> UInt64 { device.readRegister(register.rawValue, width: 4, host: &host) }

  mutating func poll() { device.poll(host: &host) }

  /// Makes so many buffers available, and says so; each with a number of its own, unless all have this one.
  mutating func give(_ count: Int = 1, to queue: Int = 0, id: UInt16? = nil, notifies: Bool = true) {
    for _ in 0..<count {
      let (index, ring) = (given[queue], Self.ring(queue))
      let slot = UInt64(index % 32)
      given[queue] += 1
      if isPacked {
        let flags: Descriptor.Flags = index / 32 % 2 == 0 ? [.write, .available] : [.write, .used]
        let descriptor = PackedDescriptor(address: 0x8000, length: 1, id: id ?? UInt16(slot), flags: flags)
        _ = host.store(descriptor.littleEndian, at: ring + 16 * slot)
      } else {
        _ = host.store(Descriptor(address: 0x8000, length: 1, flags: .write).littleEndian, at: ring + 16 * slot)
        _ = host.store(UInt16(slot), at: ring + 0x204 + 2 * slot)
        _ = host.store(UInt16(given[queue]), at: ring + 0x202)
      }
    }
    if notifies { write(.queueNotify, UInt32(queue)) }
  }

  /// How many came back, of a split queue.
  mutating func used(_ queue: Int = 0) -> Int { Int(host.load(Self.ring(queue) + 0x402, as: UInt16.self)!) }

  /// The flags of the first descriptor of a packed queue.
  mutating func firstFlags() -> Descriptor.Flags {
    Descriptor.Flags(rawValue: host.load(Self.ring(0) + PackedDescriptor.flagsOffset, as: UInt16.self)!)
  }

  var needsReset: Bool { device.status.contains(.deviceNeedsReset) }
}

import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("The state of a device")
struct DeviceStateTests {
  private typealias Device = MMIODevice<EntropyModel<SeededEntropy>>

  private static let options = TransportOptions(queueCount: 2, queueNumMax: 8)

  private func device(_ options: TransportOptions = options) -> Device {
    Device(model: EntropyModel(source: SeededEntropy(seed: 1)), options: options)
  }

  /// With something in every place that is of one driver.
  private func disturb(_ device: inout Device) {
    device.status = [.acknowledge, .driver]
    device.interruptStatus = [.usedBuffer, .configurationChange]
    device.driverFeatures = .eventIdx
    device.hasUnknownFeatures = true
    device.acceptedFeatures = .indirectDesc
    device.deviceFeaturesSel = 1
    device.driverFeaturesSel = 2
    device.queueSel = 3
    device.shmSel = 4
    device.guestPageSize = 5
    device.configGeneration = 6
    for queue in 0..<2 {
      device.queues[queue].size = 4
      device.pool.chains[device.pool.nextSlot].queue = UInt8(queue)
      device.pending.append(UInt8(device.pool.nextSlot))
      device.pool.take()
      device.gathered.append(device.pool.nextSlot, queue)
      device.pool.take()
    }
  }

  /// What a driver left behind.
  private func left(_ device: inout Device) -> [UInt64] {
    var numbers = [device.status.rawValue, device.interruptStatus.rawValue].map { UInt64($0) }
    numbers += [device.driverFeatures, device.acceptedFeatures].map { UInt64(truncatingIfNeeded: $0.rawValue) }
    numbers += [device.deviceFeaturesSel, device.driverFeaturesSel, device.queueSel, device.shmSel].map { UInt64($0) }
    numbers += [device.hasUnknownFeatures ? 1 : 0, UInt64(device.pending.count)]
    for queue in 0..<2 { numbers += [UInt64(device.queues[queue].size), UInt64(device.gathered.count(queue))] }
    return numbers
  }

  /// How many chains it has room for.
  private func room(_ device: inout Device) -> Int {
    var count = 0
    while device.pool.hasRoom {
      device.pool.take()
      count += 1
    }
    return count
  }

  @Test("is nothing of a driver's when it has power, but for the options")
  func powersOn() {
    var device = device()
    let new = left(&device)
    expectEqual(Set(new), [0])
    disturb(&device)
    expectEqual(left(&device).contains(0), false)
    var options = Self.options
    options.queueCount = 1
    options.extraFeatures = .inOrder
    device.queues[0].format = .packed
    device.powerOn(options: options)
    expectEqual(left(&device), new)
    expectEqual(device.queues[0].format, .split)
    expectEqual([device.guestPageSize, device.configGeneration], [0, 0])
    expectEqual(device.options.queueCount, 1)
    expectEqual(device.offeredFeatures.contains(.inOrder), true)
    expectEqual(room(&device), ChainPool.capacity)
  }

  @Test("has room for all chains that it may hold before it has any, so that nothing allocates when it does")
  func isRoomy() {
    var device = device()
    expectEqual(device.pending.capacity >= ChainPool.capacity, true)
    device.powerOn(options: Self.options)
    expectEqual(device.pending.capacity >= ChainPool.capacity, true)
  }

  @Test("is left by a reset with nothing but how often it changed, and the page size")
  func resets() {
    var host = PlainHost()
    var device = device()
    let new = left(&device)
    disturb(&device)
    host.line = true
    device.writeRegister(Register.status.rawValue, width: 4, value: 0, host: &host)
    expectEqual(left(&device), new)
    expectEqual([device.guestPageSize, device.configGeneration], [5, 6])
    expectEqual(host.line, false)
    expectEqual(room(&device), ChainPool.capacity)
  }

  @Test("has nothing of a queue that stops, and all of the others", arguments: [0, 1])
  func stops(_ queue: Int) {
    var device = device()
    disturb(&device)
    device.stopQueue(queue)
    expectEqual(device.pending.count, 1)
    expectEqual(device.isPending(queue), false)
    expectEqual(device.isPending(1 - queue), true)
    expectEqual([device.gathered.count(queue), device.gathered.count(1 - queue)], [0, 1])
    expectEqual(room(&device), ChainPool.capacity - 2)
  }

  @Test("has a line that is active while there is an event, and changes only then")
  func line() {
    var host = LineHost()
    var device = device()
    device.raise(.usedBuffer, host: &host)
    device.raise(.usedBuffer, host: &host)
    device.raise(.configurationChange, host: &host)
    for bits: UInt64 in [1, 1, 4, 2, 3] {
      device.writeRegister(Register.interruptACK.rawValue, width: 4, value: bits, host: &host)
    }
    expectEqual(host.levels, [true, false])
    device.raise(.configurationChange, host: &host)
    device.writeRegister(Register.status.rawValue, width: 4, value: 0, host: &host)
    device.writeRegister(Register.status.rawValue, width: 4, value: 0, host: &host)
    expectEqual(host.levels, [true, false, true, false])
  }

  @Test("runs from DRIVER_OK on, or from DRIVER on where it is a legacy one", arguments: [Transport.modern, .legacy])
  func runs(_ transport: Transport) {
    var device = device(TransportOptions(transport: transport, queueCount: 2, queueNumMax: 8))
    let cases: [(status: DeviceStatus, runs: Bool)] = [
      ([], false), (.acknowledge, false), (.driver, transport == .legacy), ([.driverOK, .driver], true),
      ([.driver, .driverOK, .failed], false), ([.driver, .driverOK, .deviceNeedsReset], false),
    ]
    for (status, runs) in cases {
      device.status = status
      expectEqual(device.isRunning, runs)
    }
  }

  @Test("tells a driver once that it needs a reset, if that has said DRIVER_OK", arguments: [false, true])
  func needsReset(_ isRunning: Bool) {
    var host = LineHost()
    var device = device()
    disturb(&device)
    device.interruptStatus = []
    device.status = isRunning ? [.driver, .driverOK] : [.driver]
    device.needReset(host: &host)
    expectEqual(device.status.contains(.deviceNeedsReset), true)
    expectEqual(device.interruptStatus, isRunning ? .configurationChange : [])
    expectEqual(device.pending.count, 0)
    device.interruptStatus = []
    device.needReset(host: &host)
    expectEqual(device.interruptStatus, [])
  }

  @Test("takes features until they are accepted, and none that are not offered")
  func negotiates() {
    var host = PlainHost()
    func status(_ words: [(selector: UInt32, word: UInt32)]) -> DeviceStatus {
      var device = device()
      for (selector, word) in words {
        device.writeRegister(Register.driverFeaturesSel.rawValue, width: 4, value: UInt64(selector), host: &host)
        device.writeRegister(Register.driverFeatures.rawValue, width: 4, value: UInt64(word), host: &host)
      }
      device.writeRegister(Register.status.rawValue, width: 4, value: 0xb, host: &host)
      return device.status
    }
    let offered = device().offeredFeatures
    expectEqual(status([(1, 1)]).contains(.featuresOK), true)
    expectEqual(status([(0, offered.word(0)), (1, offered.word(1))]).contains(.featuresOK), true)
    expectEqual(status([(0, offered.word(0))]).contains(.featuresOK), false)
    expectEqual(status([(1, 1), (0, 1 << 31)]).contains(.featuresOK), false)
    for selector in [2, 3, FeatureBits.wordCount, .max] as [UInt32] {
      expectEqual(status([(1, 1), (selector, 0)]).contains(.featuresOK), true)
      expectEqual(status([(1, 1), (selector, 1)]).contains(.featuresOK), false)
    }
    // What no word can hold is not forgotten; any other word is replaced.
    expectEqual(status([(1, 1), (.max, 1), (.max, 0)]).contains(.featuresOK), false)
    expectEqual(status([(1, 1), (0, 1 << 31), (0, 0)]).contains(.featuresOK), true)
  }

  @Test("has the features of a legacy driver at once, until it runs or has a queue")
  func negotiatesLegacy() {
    var host = PlainHost()
    for (isRunning, liveQueue) in [(false, nil), (true, nil), (false, 0), (false, 1)] as [(Bool, Int?)] {
      var device = device(TransportOptions(transport: .legacy, queueCount: 2, queueNumMax: 8))
      device.status = isRunning ? [.driver, .driverOK] : [.driver]
      if let liveQueue { device.queues[liveQueue].isReady = true }
      let all = UInt64(UInt32.max)
      device.writeRegister(Register.driverFeatures.rawValue, width: 4, value: all, host: &host)
      let expected = isRunning || liveQueue != nil ? [] : device.offeredFeatures
      expectEqual(device.acceptedFeatures, expected)
    }
  }

  @Test("has no driver that is running before its features are accepted")
  func needsFeatures() {
    var host = PlainHost()
    var device = device()
    device.writeRegister(Register.status.rawValue, width: 4, value: 7, host: &host)
    expectEqual(device.status, [.acknowledge, .driver])
  }

  @Test("counts its changes together with its model's, around the end of the register")
  func countsChanges() {
    var host = PlainHost()
    var network = MMIODevice(model: NetworkModel(address: 2), options: TransportOptions(queueCount: 3))
    for (own, models, sum) in [(1, 2, 3), (.max, 2, 1)] as [(UInt32, UInt32, UInt64)] {
      network.configGeneration = own
      network.model.configRevision = models
      expectEqual(network.readRegister(Register.configGeneration.rawValue, width: 4, host: &host), sum)
    }
    network.setLink(false, host: &host)
    expectEqual(network.configGeneration, 0)
  }

  @Test("changes with the size of its disk, which it may refuse to change")
  func resizes() {
    var host = PlainHost()
    var disk = MMIODevice(model: BlockModel(storage: MemoryStorage(size: 512, limit: 1024)))
    for (sectors, isResized) in [(2, true), (2, false), (3, false), (1, true)] as [(UInt64, Bool)] {
      let generation = disk.configGeneration
      expectEqual(disk.resize(sectors: sectors, host: &host), isResized)
      expectEqual(disk.configGeneration, generation + (isResized ? 1 : 0))
    }
  }

  @Test("takes frames in while it is running, for the pairs that can receive")
  func receives() {
    let options = TransportOptions(queueCount: 7)
    let frame = [UInt8](repeating: 0xff, count: NetworkHeader.size + 60)
    for (isRunning, pair) in [(false, 0), (true, 0), (true, 1), (true, 2)] {
      var network = MMIODevice(model: NetworkModel(address: 2, pairs: 3), options: options)
      network.model.featuresChanged(to: [.version1, .netMultiQueue, .netControlQueue])
      network.model.activePairs = 3
      network.status = isRunning ? [.driver, .driverOK] : [.driver]
      network.queues[2 * pair].isReady = true
      var header = NetworkHeader().littleEndian
      let bytes = withUnsafeBytes(of: &header) { Array($0) }.prefix(NetworkHeader.size)
      let all = Array(bytes) + frame.dropFirst(NetworkHeader.size)
      network.deliver(all.span.bytes)
      expectEqual((0..<3).map { network.model.frames[$0].count }, (0..<3).map { isRunning && $0 == pair ? 1 : 0 })
    }
  }

  @Test("does work until a budget is spent, at one descriptor more than a chain has")
  func spends() {
    var chain = Chain()
    chain.readableCount = 2
    chain.writableCount = 1
    (chain.readableBytes, chain.writableBytes) = (3, 5)
    var budget = Device.Budget()
    let (descriptors, bytes) = (budget.descriptors, budget.bytes)
    expectEqual([descriptors, Int(bytes)], [4096, 1 << 20])
    budget.spend(chain)
    expectEqual([budget.descriptors, Int(budget.bytes)], [descriptors - 4, Int(bytes) - 8])
    (budget.descriptors, budget.bytes) = (4, 9)
    expectEqual(budget.isSpent, false)
    budget.spend(chain)
    expectEqual([budget.descriptors, Int(budget.bytes)], [0, 1])
    expectEqual(budget.isSpent, true)
    for left: UInt64 in [7, 8] {
      (budget.descriptors, budget.bytes) = (5, left)
      budget.spend(chain)
      expectEqual([budget.descriptors, Int(budget.bytes)], [1, 0])
      expectEqual(budget.isSpent, true)
    }
  }
}

/// A host that notes each level of the line.
private struct LineHost: ~Copyable, DeviceHost {
  var base = PlainHost()
  var levels: [Bool] = []

  mutating func setInterrupt(_ asserted: Bool) { levels.append(asserted) }
  mutating func emit(_ bytes: RawSpan, from port: Int) {}
  mutating func persist(_ firstSector: UInt64, count: UInt64) {}
  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { base.contains(address, length) }
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    base.load(address, as: type)
  }
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    base.store(value, at: address)
  }
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool { base.read(address, into: &bytes) }
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool { base.write(bytes, at: address) }
}

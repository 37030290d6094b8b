import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("A block model")
struct BlockModelTests {
  private static let options = BlockModel<MemoryStorage>.Options(queueCount: 2, identifier: "a disk")

  private static let lifetime = StorageLifetime(preEOLInfo: 1, deviceLifetimeEstTypA: 2, deviceLifetimeEstTypB: 3)

  @Test("describes itself in its configuration space")
  func describesItself() {
    let model = BlockModel(storage: MemoryStorage(size: 0x12345 * 512, limit: 0x12345 * 512), options: Self.options)
    let config = (0..<model.config.count).map { model.config[UInt32($0)] }
    func number(_ offset: UInt32, _ width: Int) -> UInt64 {
      (0..<width).reduce(0) { $0 | UInt64(config[Int(offset) + $1]) << UInt64(8 * $1) }
    }
    expectEqual(number(BlockConfig.capacity, 8), 0x12345)
    expectEqual(number(BlockConfig.cylinders, 2), 0x12345 / (16 * 63))
    expectEqual(number(BlockConfig.heads, 1), 16)
    expectEqual(number(BlockConfig.sectors, 1), 63)
    expectEqual(number(BlockConfig.blockSize, 4), 512)
    expectEqual(number(BlockConfig.minIOSize, 2), 1)
    expectEqual(number(BlockConfig.optIOSize, 4), 8)
    expectEqual(number(BlockConfig.writeback, 1), 1)
    expectEqual(number(BlockConfig.numQueues, 2), 2)
    expectEqual(number(BlockConfig.maxDiscardSectors, 4), number(BlockConfig.maxWriteZeroesSectors, 4))
    expectEqual(number(BlockConfig.maxDiscardSeg, 4), 16)
    expectEqual(number(BlockConfig.maxWriteZeroesSeg, 4), 16)
    expectEqual(number(BlockConfig.discardSectorAlignment, 4), 1)
    expectEqual(number(BlockConfig.writeZeroesMayUnmap, 1), 1)
  }

  @Test("gives its identifier, with zeroes behind it")
  func identifiesItself() {
    var host = PlainHost()
    var model = BlockModel(storage: MemoryStorage(size: 512, limit: 512), options: Self.options)
    let header: [UInt8] = [UInt8(Block.RequestType.getID.rawValue)] + [UInt8](repeating: 0, count: 15)
    let answer = model.serve([header], room: 21, &host)
    expectEqual(answer, Array("a disk".utf8) + [UInt8](repeating: 0, count: 14) + [0])
  }

  @Test("gives the lifetime of its storage, little-endian")
  func tellsLifetime() {
    let lifetime = StorageLifetime(preEOLInfo: 0x0102, deviceLifetimeEstTypA: 0x0304, deviceLifetimeEstTypB: 0x0506)
    expectEqual((0..<6).map { lifetime.bytes[$0] }, [2, 1, 4, 3, 6, 5])
  }

  @Test("does not look at a cache mode that was not agreed upon")
  func ignoresCacheMode() {
    var host = PlainHost()
    var model = BlockModel(storage: MemoryStorage(size: 512, limit: 512), options: Self.options)
    model.featuresChanged(to: .blkFlush)
    model.writeConfig(BlockConfig.writeback, width: 1, value: 0, host: &host)
    expectEqual(model.config[BlockConfig.writeback], 1)
    model.featuresChanged(to: [.blkFlush, .blkConfigWCE])
    model.writeConfig(BlockConfig.writeback, width: 2, value: 0, host: &host)
    expectEqual(model.config[BlockConfig.writeback], 1)
    model.writeConfig(BlockConfig.writeback, width: 1, value: 0, host: &host)
    expectEqual(model.config[BlockConfig.writeback], 0)
    model.reset()
    expectEqual(model.config[BlockConfig.writeback], 1)
  }

  @Test("has changes on the disk before it answers, unless they may wait for a flush", arguments: [false, true])
  func persists(_ hasCache: Bool) {
    var host = PlainHost()
    var model = BlockModel(storage: MemoryStorage(size: 8 * 512, limit: 8 * 512), options: Self.options)
    model.featuresChanged(to: hasCache ? [.blkFlush, .blkWriteZeroes] : .blkWriteZeroes)
    func header(_ type: Block.RequestType, sector: UInt8 = 0) -> [UInt8] {
      [UInt8(type.rawValue), 0, 0, 0, 0, 0, 0, 0, sector, 0, 0, 0, 0, 0, 0, 0]
    }
    expectEqual(model.serve([header(.write, sector: 3), [UInt8](repeating: 7, count: 512)], room: 1, &host), [0])
    expectEqual(host.persisted, hasCache ? [] : [3..<4])
    let range: [UInt8] = [5, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]
    expectEqual(model.serve([header(.writeZeroes), range], room: 1, &host), [0])
    expectEqual(host.persisted, hasCache ? [] : [3..<4, 5..<7])
    let isFlushed = model.serve([header(.flush)], room: 1, &host)
    expectEqual(isFlushed, [hasCache ? 0 : Block.RequestStatus.unsupported.rawValue])
    expectEqual(host.persisted, [3..<4, 5..<7])
  }

  @Test("answers each request by what it is, and changes nothing where that is an error")
  func answers() {
    var host = PlainHost()
    var model = BlockModel(storage: MemoryStorage(size: 8 * 512, limit: 8 * 512), options: Self.options)
    model.featuresChanged(to: [.blkFlush, .blkDiscard, .blkWriteZeroes])
    func ask(_ type: UInt32, sector: UInt8 = 0, _ data: [UInt8] = [], room: UInt32 = 1) -> UInt8? {
      let header = [UInt8(truncatingIfNeeded: type), UInt8(truncatingIfNeeded: type >> 8), 0, 0, 0, 0, 0, 0, sector]
      _ = model.serve([header + [UInt8](repeating: 0, count: 7)] + (data.isEmpty ? [] : [data]), room: room, &host)
      return host.load(0x8000 + UInt64(room) - 1, as: UInt8.self)
    }
    func segment(_ sector: UInt8, _ count: UInt8, flags: UInt8 = 0) -> [UInt8] {
      [sector, 0, 0, 0, 0, 0, 0, 0, count, 0, 0, 0, flags, 0, 0, 0]
    }
    let sector = [UInt8](repeating: 7, count: 512)
    expectEqual(ask(1, sector: 7, sector), 0)
    expectEqual(ask(1, sector: 7, sector + sector), 1)
    expectEqual(ask(1, sector: 8, sector), 1)
    expectEqual(ask(1, sector: 0, Array(sector.dropLast())), 1)
    expectEqual(ask(0, sector: 7, room: 513), 0)
    expectEqual(host.load(0x8000 + 511, as: UInt8.self), 7)
    expectEqual(ask(0, sector: 7, room: 1025), 1)
    expectEqual(ask(0, sector: 0, room: 512), 1)
    expectEqual(ask(11, segment(7, 1)), 0)
    expectEqual(ask(11, segment(7, 2)), 1)
    expectEqual(ask(11, segment(0, 1, flags: 1)), 2)
    expectEqual(ask(13, segment(0, 1, flags: 1)), 0)
    expectEqual(ask(13, segment(0, 1, flags: 2)), 2)
    let sixteen = (0..<16).flatMap { segment($0 % 8, 1) }
    expectEqual(ask(13, sixteen), 0)
    expectEqual(ask(13, sixteen + segment(0, 1)), 1)
    expectEqual(ask(13, Array(sixteen.dropLast())), 1)
    expectEqual(ask(10, room: 7), 2)
    expectEqual(ask(0x7fff), 2)
    model.isFailing = true
    for type: UInt32 in [0, 1, 4] { expectEqual(ask(type, type == 1 ? sector : [], room: type == 0 ? 513 : 1), 1) }
    expectEqual(ask(13, segment(0, 1, flags: 2)), 2)
    expectEqual(ask(13, segment(0, 1)), 1)
    expectEqual(ask(8, room: 21), 0)
  }

  @Test("moves 4 MiB at a time, and no more")
  func limitsTransfers() {
    let limit = BlockModel<MemoryStorage>.maxTransfer
    let model = BlockModel(storage: MemoryStorage(size: 2 * limit, limit: 2 * limit))
    expectEqual(model.range(1, bytes: limit), 512..<limit + 512)
    expectEqual(model.range(1, bytes: limit + 512), nil)
    expectEqual(model.range(limit / 512, bytes: limit), limit..<2 * limit)
    expectEqual(model.range(limit / 512 + 1, bytes: limit), nil)
  }

  @Test("says of a storage that fails that it failed")
  func fails() {
    var host = PlainHost()
    var model = BlockModel(storage: FailingStorage())
    model.featuresChanged(to: [.blkFlush, .blkDiscard, .blkWriteZeroes])
    let sector = [UInt8](repeating: 7, count: 512)
    let range: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    func ask(_ type: Block.RequestType, _ data: [UInt8] = [], room: UInt32 = 1) -> UInt8? {
      let header = [UInt8(type.rawValue)] + [UInt8](repeating: 0, count: 15)
      _ = model.serve([header] + (data.isEmpty ? [] : [data]), room: room, &host)
      return host.load(0x8000 + UInt64(room) - 1, as: UInt8.self)
    }
    let error = Block.RequestStatus.ioError.rawValue
    expectEqual(ask(.read, room: 513), error)
    expectEqual(ask(.write, sector), error)
    expectEqual(ask(.flush), error)
    expectEqual(ask(.discard, range), error)
    expectEqual(ask(.writeZeroes, range), error)
    model.featuresChanged(to: .version1)
    expectEqual(ask(.write, sector), error)
  }

  @Test("has a feature for what it has: queues, a storage that wears out, and no way to write")
  func offers() {
    for (queueCount, lifetime, readOnly) in [(1, nil, true), (2, Self.lifetime, false)]
      as [(UInt16, StorageLifetime?, Bool)]
    {
      var storage = WatchedStorage()
      storage.lifetime = lifetime
      let model = BlockModel(storage: storage, options: .init(readOnly: readOnly, queueCount: queueCount))
      expectEqual(model.features.contains(.blkMultiQueue), queueCount > 1)
      expectEqual(model.features.contains(.blkLifetime), lifetime != nil)
      expectEqual(model.features.contains(.blkReadOnly), readOnly)
    }
  }

  @Test("is as new when it is switched on again")
  func powersOn() {
    var host = PlainHost()
    var model = BlockModel(storage: MemoryStorage(size: 8 * 512, limit: 8 * 512), options: Self.options)
    model.featuresChanged(to: [.blkFlush, .blkConfigWCE])
    model.writeConfig(BlockConfig.writeback, width: 1, value: 0, host: &host)
    model.isFailing = true
    model.powerOn(options: .init(identifier: "b"))
    expectEqual(model.isFailing, false)
    expectEqual(model.config[BlockConfig.writeback], 1)
    model.writeConfig(BlockConfig.writeback, width: 1, value: 0, host: &host)
    expectEqual(model.config[BlockConfig.writeback], 1)
    let header: [UInt8] = [UInt8(Block.RequestType.getID.rawValue)] + [UInt8](repeating: 0, count: 15)
    expectEqual(model.serve([header], room: 21, &host), Array("b".utf8) + [UInt8](repeating: 0, count: 20))
  }

  @Test("forgets with a reset what the driver has accepted")
  func resets() {
    var host = PlainHost()
    var model = BlockModel(storage: WatchedStorage())
    model.featuresChanged(to: [.blkFlush, .blkConfigWCE])
    expectEqual(model.isWriteThrough, false)
    model.reset()
    expectEqual(model.isWriteThrough, true)
    model.writeConfig(BlockConfig.writeback, width: 1, value: 0, host: &host)
    expectEqual(model.config[BlockConfig.writeback], 1)
  }

  @Test("takes the lowest bit of a cache mode, and nothing that is written elsewhere")
  func takesCacheMode() {
    var host = PlainHost()
    var model = BlockModel(storage: WatchedStorage())
    model.featuresChanged(to: [.blkFlush, .blkConfigWCE])
    for (value, mode) in [(0, 0), (1, 1), (2, 0), (3, 1)] as [(UInt32, UInt8)] {
      model.writeConfig(BlockConfig.writeback, width: 1, value: value, host: &host)
      expectEqual(model.config[BlockConfig.writeback], mode)
    }
    model.writeConfig(BlockConfig.writeback - 1, width: 1, value: 0, host: &host)
    model.writeConfig(BlockConfig.writeback + 1, width: 1, value: 0, host: &host)
    expectEqual(model.config[BlockConfig.writeback], 1)
  }

  @Test("is as large as its storage becomes")
  func resizes() {
    var model = BlockModel(storage: WatchedStorage())
    let limit = UInt64.max / 512
    for (sectors, changes) in [(8, false), (9, true), (9, false), (limit + 1, false), (limit, true)] as [(UInt64, Bool)]
    {
      expectEqual(model.resize(sectors: sectors), changes)
      expectEqual(model.capacity == sectors, sectors <= limit)
    }
    var fixed = BlockModel(storage: FailingStorage())
    expectEqual(fixed.resize(sectors: 9), false)
    expectEqual(fixed.config[BlockConfig.capacity], 8)
  }

  /// A driver that asks for something, with a header and data, and room for an answer.
  private func ask<Storage: BlockStorage & ~Copyable>(
    _ model: inout BlockModel<Storage>, _ type: Block.RequestType, sector: UInt8 = 0, _ data: [UInt8] = [],
    room: UInt32 = 1
  ) -> (status: Block.RequestStatus?, written: Int) {
    var host = PlainHost()
    let header = [UInt8(type.rawValue), 0, 0, 0, 0, 0, 0, 0, sector] + [UInt8](repeating: 0, count: 7)
    let written = model.serve([header] + (data.isEmpty ? [] : [data]), room: room, &host)
    let status = host.load(0x8000 + UInt64(room) - 1, as: UInt8.self)
    return (Block.RequestStatus(rawValue: status!), written.count)
  }

  @Test("says how much it wrote, counted from the start")
  func counts() {
    var storage = WatchedStorage()
    storage.lifetime = Self.lifetime
    var model = BlockModel(storage: storage)
    model.featuresChanged(to: [.blkFlush, .blkDiscard, .blkWriteZeroes, .blkLifetime])
    let range: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    for (type, data) in [
      (.write, [UInt8](repeating: 0, count: 512)), (.flush, []), (.discard, range), (.writeZeroes, range),
    ] as [(Block.RequestType, [UInt8])] {
      expectEqual(ask(&model, type, data).written, 1)
      // The status is behind bytes that nobody wrote.
      for room: UInt32 in 2...3 { expectEqual(ask(&model, type, data, room: room).written, 0) }
      expectEqual(ask(&model, type, data, room: 3).status, .ok)
    }
    for (type, size) in [(.getID, 20), (.getLifetime, 6)] as [(Block.RequestType, Int)] {
      expectEqual(ask(&model, type, room: UInt32(size)).status, .ioError)
      expectEqual(ask(&model, type, room: UInt32(size) + 1).status, .ok)
      expectEqual(ask(&model, type, room: UInt32(size) + 1).written, size + 1)
      expectEqual(ask(&model, type, room: UInt32(size) + 2).written, size)
    }
    model.isFailing = true
    expectEqual(ask(&model, .getLifetime, room: 30).status, .ioError)
  }

  @Test("has read what it could before its storage failed")
  func countsUntilItFails() {
    var host = PlainHost()
    var storage = WatchedStorage()
    storage.failsFrom = 1024
    var model = BlockModel(storage: storage)
    _ = host.store(UInt128(1) << 64, at: 0x2000)
    var segments = [Segment(address: 0x2000, length: 16)]
    for index: UInt64 in 0..<2 { segments.append(Segment(address: 0x4000 + 512 * index, length: 512)) }
    segments.append(Segment(address: 0x8000, length: 1))
    var chain = Chain()
    chain.readableCount = 1
    chain.readableBytes = 16
    chain.writableCount = 3
    chain.writableBytes = 1025
    expectEqual(model.serve(chain, segments.span, host: &host), 512)
    expectEqual(host.load(0x8000, as: UInt8.self), Block.RequestStatus.ioError.rawValue)
  }

  @Test("takes a request for what it is made of")
  func refuses() {
    var model = BlockModel(storage: WatchedStorage())
    model.featuresChanged(to: [.blkFlush, .blkDiscard, .blkWriteZeroes])
    expectEqual(ask(&model, .read, [1], room: 513).status, .ioError)
    expectEqual(ask(&model, .read, [1], room: 513).written, 0)
    for room: UInt32 in 2...3 { expectEqual(ask(&model, .write, [1], room: room).written, 0) }
    expectEqual(ask(&model, .read, room: 513).status, .ok)
    expectEqual(ask(&model, .discard).status, .ioError)
    let range: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    expectEqual(ask(&model, .discard, range + [1]).status, .ioError)
    var readOnly = BlockModel(storage: WatchedStorage(), options: .init(readOnly: true))
    readOnly.featuresChanged(to: [.blkFlush, .blkDiscard, .blkWriteZeroes])
    for type in [Block.RequestType.discard, .writeZeroes] {
      expectEqual(ask(&readOnly, type, range).status, .ioError)
    }
    expectEqual(ask(&readOnly, .write, [UInt8](repeating: 0, count: 512)).status, .ioError)
    expectEqual(readOnly.storage.zeroed.isEmpty, true)
  }

  @Test("gives space back where it is asked to, or may be")
  func deallocates() {
    var model = BlockModel(storage: WatchedStorage())
    model.featuresChanged(to: [.blkFlush, .blkDiscard, .blkWriteZeroes])
    func range(flags: UInt8) -> [UInt8] { [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, flags, 0, 0, 0] }
    expectEqual(ask(&model, .discard, range(flags: 0)).status, .ok)
    expectEqual(ask(&model, .writeZeroes, range(flags: 0)).status, .ok)
    expectEqual(ask(&model, .writeZeroes, range(flags: 1)).status, .ok)
    expectEqual(model.storage.zeroed, [true, false, true])
  }

  @Test("says of a flush that fails that what came before may be lost")
  func failsToFlush() {
    var storage = WatchedStorage()
    storage.canFlush = false
    var model = BlockModel(storage: storage)
    let sector = [UInt8](repeating: 7, count: 512)
    let range: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    for hasCache in [true, false] {
      model.featuresChanged(to: hasCache ? [.blkFlush, .blkWriteZeroes] : [.blkWriteZeroes])
      expectEqual(ask(&model, .write, sector).status, hasCache ? .ok : .ioError)
      expectEqual(ask(&model, .writeZeroes, range).status, hasCache ? .ok : .ioError)
    }
  }
}

/// Eight sectors that nobody can read or write.
private struct FailingStorage: BlockStorage {
  var size: UInt64 { 8 * 512 }

  mutating func resize(to size: UInt64) -> Bool { false }
  mutating func load(
    _ offset: UInt64, _ length: UInt64, to address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool { false }
  mutating func store(
    _ offset: UInt64, _ length: UInt64, from address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool { false }
  mutating func zero(_ offset: UInt64, _ length: UInt64, deallocate: Bool) -> Bool { false }
  mutating func flush(host: inout some DeviceHost & ~Copyable) -> Bool { false }
}

/// A storage of any size, with nothing in it, that notes what it is asked for.
private struct WatchedStorage: BlockStorage {
  var size: UInt64 = 8 * 512
  var lifetime: StorageLifetime?
  /// What is behind this byte cannot be read.
  var failsFrom = UInt64.max
  var canFlush = true
  /// Of each range that was made zero: whether its space may be given back.
  var zeroed: [Bool] = []

  mutating func resize(to size: UInt64) -> Bool {
    self.size = size
    return true
  }
  mutating func load(
    _ offset: UInt64, _ length: UInt64, to address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool { offset < failsFrom }
  mutating func store(
    _ offset: UInt64, _ length: UInt64, from address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool { true }
  mutating func zero(_ offset: UInt64, _ length: UInt64, deallocate: Bool) -> Bool {
    zeroed.append(deallocate)
    return true
  }
  mutating func flush(host: inout some DeviceHost & ~Copyable) -> Bool { canFlush }
}

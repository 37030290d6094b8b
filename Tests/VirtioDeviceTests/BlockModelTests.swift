import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("A block model")
struct BlockModelTests {
  private static let options = BlockModel<MemoryStorage>.Options(queueCount: 2, identifier: "a disk")

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
}

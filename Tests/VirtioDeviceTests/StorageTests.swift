import Foundation
import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("A storage")
struct StorageTests {
  private static let size: UInt64 = 512 * 512

  private func withFile(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)").path
    try Data(repeating: 0xaa, count: Int(Self.size)).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test("in a file zeroes what it is told to, however much that is, and nothing else")
  func zeroes() throws {
    try withFile { path in
      var storage = try FileStorage(path: path)
      // More than is written at a time, and no multiple of that.
      expectEqual(storage.zero(512, 65536 * 2 + 1024, deallocate: false), true)
      let image = try Data(contentsOf: URL(fileURLWithPath: path))
      let expected = Data(repeating: 0xaa, count: 512) + Data(count: 65536 * 2 + 1024)
      #expect(image.count == Int(Self.size))
      // As a truth value: what differs would take long to be printed.
      expectEqual(image.prefix(expected.count) == expected, true)
      #expect(image.dropFirst(expected.count).allSatisfy { $0 == 0xaa })
    }
  }

  @Test("in a file that lost its end says so, and gives nothing")
  func missesItsEnd() throws {
    try withFile { path in
      var host = PlainHost()
      var storage = try FileStorage(path: path)
      #expect(truncate(path, 1024) == 0)
      expectEqual(storage.load(512, 512, to: 0x2000, of: &host), true)
      expectEqual(host.load(0x2000, as: UInt8.self), 0xaa)
      expectEqual(storage.load(1024, 512, to: 0x3000, of: &host), false)
      expectEqual(host.load(0x3000, as: UInt8.self), 0)
    }
  }

  @Test("in a file goes on where a system call does less than it was asked for, or is interrupted")
  func goesOn() throws {
    try withFile { path in
      let storage = try FileStorage(path: path)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 10, alignment: 1)
      defer { buffer.deallocate() }
      // What it asks for: from where in the buffer, how much, and where in the file.
      var asked: [[Int]] = []
      func transfer(_ results: [(result: Int, error: Int32)]) -> Bool {
        asked = []
        return storage.transfer(buffer, 512) { _, place, count, offset in
          asked.append([place - buffer.baseAddress!, count, Int(offset)])
          // One that would ask for ever.
          guard asked.count < 9 else { return 10 }
          errno = results[min(asked.count, results.count) - 1].error
          return results[min(asked.count, results.count) - 1].result
        }
      }
      // An error of before means nothing where something was done.
      expectEqual(transfer([(3, EIO), (-1, EINTR), (1, 0), (6, 0)]), true)
      #expect(asked == [[0, 10, 512], [3, 7, 515], [3, 7, 515], [4, 6, 516]])
      for (result, error) in [(-1, EIO), (0, EINTR), (0, 0)] {
        expectEqual(transfer([(3, 0), (result, error)]), false)
        #expect(asked.count == 2)
      }
    }
  }

  @Test("in a file has another size when the file could be given it")
  func resizes() throws {
    try withFile { path in
      var storage = try FileStorage(path: path)
      expectEqual(storage.resize(to: 1024), true)
      expectEqual(storage.size, 1024)
      expectEqual(try Data(contentsOf: URL(fileURLWithPath: path)).count, 1024)
      expectEqual(storage.resize(to: .max), false)
      var readOnly = try FileStorage(path: path, readOnly: true)
      expectEqual(readOnly.resize(to: 2048), false)
      expectEqual(readOnly.size, 1024)
      var host = PlainHost()
      expectEqual(readOnly.store(0, 512, from: 0x2000, of: &host), false)
      expectEqual(readOnly.zero(0, 512, deallocate: false), false)
    }
  }

  @Test("in memory is as large as it is told to, up to its limit, and what it loses is gone")
  func hasLimit() {
    var host = PlainHost()
    var storage = MemoryStorage(size: 4096, limit: 1024)
    expectEqual(storage.size, 1024)
    expectEqual(storage.resize(to: 2048), false)
    expectEqual(host.store(UInt8(7), at: 0x2000), true)
    expectEqual(storage.store(512, 512, from: 0x2000, of: &host), true)
    expectEqual(storage.load(512, 512, to: 0x3000, of: &host), true)
    expectEqual(host.load(0x3000, as: UInt8.self), 7)
    expectEqual(storage.resize(to: 512), true)
    expectEqual(storage.resize(to: 1024), true)
    expectEqual(storage.load(512, 512, to: 0x3000, of: &host), true)
    expectEqual(host.load(0x3000, as: UInt8.self), 0)
    expectEqual(storage.zero(0, 1024, deallocate: true), true)
  }

  @Test("looks for written sectors no further than it has to")
  func looksInStretch() {
    var sectors = SectorSet(count: 16)
    sectors.insert(9..<9)
    expectEqual(sectors.stretch.isEmpty, true)
    sectors.insert(4..<6)
    sectors.insert(12..<12)
    sectors.insert(2..<2)
    expectEqual(sectors.stretch, 4..<6)
    sectors.insert(2..<3)
    sectors.insert(9..<10)
    expectEqual(sectors.stretch, 2..<10)
    for (sector, stretch) in [(10, 2..<10), (9, 2..<9), (3, 2..<3), (1, 2..<2)] {
      sectors.remove(from: sector)
      expectEqual(sectors.stretch, stretch)
    }
    sectors.insert(4..<6)
    sectors.insert(8..<9)
    expectEqual(sectors.takeRun(), 4..<6)
    expectEqual(sectors.stretch, 6..<9)
  }

  @Test("in memory tells nobody of what it lost, and of all sectors that it wrote to")
  func flushes() {
    var host = PlainHost()
    var storage = MemoryStorage(size: 4096, limit: 4096)
    expectEqual(storage.store(512, 3584, from: 0x2000, of: &host), true)
    expectEqual(storage.resize(to: 1024), true)
    expectEqual(storage.flush(host: &host), true)
    expectEqual(host.persisted, [1..<2])
    expectEqual(MemoryStorage.sectors(1024, 512), 2..<3)
    expectEqual(MemoryStorage.sectors(1023, 1), 1..<2)
    expectEqual(MemoryStorage.sectors(1023, 2), 1..<3)
  }

  @Test("knows which sectors were written and not flushed")
  func knowsItsCache() {
    var sectors = SectorSet(count: 16)
    expectEqual(sectors.takeRun(), nil)
    sectors.insert(3..<5)
    sectors.insert(8..<9)
    sectors.insert(5..<5)
    sectors.insert(4..<6)
    sectors.insert(15..<16)
    sectors.remove(from: 15)
    expectEqual(sectors.takeRun(), 3..<6)
    expectEqual(sectors.takeRun(), 8..<9)
    expectEqual(sectors.takeRun(), nil)
    sectors.insert(0..<16)
    sectors.remove(from: 0)
    expectEqual(sectors.takeRun(), nil)
    sectors.insert(0..<16)
    expectEqual(sectors.takeRun(), 0..<16)
    var none = SectorSet(count: 0)
    expectEqual(none.takeRun(), nil)
  }
}

import Foundation
import Testing
import VirtioDevice
import VirtioMemory
import VirtioSpec

@Suite("A disk image in a file")
struct FileStorageTests {
  /// Serves one request whose header, data and status are at 0x1000, 0x2000 and 0x3000.
  private func serve(
    _ device: inout BlockModel<FileStorage>, _ type: Block.RequestType, sector: UInt64, length: UInt32,
    _ host: inout PlainHost
  ) -> (status: UInt8, used: UInt32) {
    _ = host.store(UInt128(type.rawValue) | UInt128(sector) << 64, at: 0x1000)
    var chain = Chain()
    let writes = type == .read || type == .getID
    chain.readableCount = writes ? 1 : 2
    chain.writableCount = writes ? 2 : 1
    chain.readableBytes = 16 + (writes ? 0 : UInt64(length))
    chain.writableBytes = 1 + (writes ? UInt64(length) : 0)
    let segments = [
      Segment(address: 0x1000, length: 16), Segment(address: 0x2000, length: length),
      Segment(address: 0x3000, length: 1),
    ]
    let used = device.serve(chain, segments.span, host: &host)
    return (host.load(0x3000, as: UInt8.self)!, used)
  }

  private func withImage(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)").path
    try Data(count: 8 * 512).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test("keeps what is written, sector by sector")
  func keeps() throws {
    try withImage { path in
      var host = PlainHost()
      do {
        var device = BlockModel(storage: try FileStorage(path: path))
        device.featuresChanged(to: [.blkFlush])
        for offset in 0..<UInt64(1024) { _ = host.store(UInt8(truncatingIfNeeded: offset &* 7), at: 0x2000 + offset) }
        #expect(serve(&device, .write, sector: 3, length: 1024, &host) == (0, 1))
        #expect(serve(&device, .flush, sector: 0, length: 0, &host).status == 0)
        for offset in 0..<UInt64(1024) { _ = host.store(UInt8(0), at: 0x2000 + offset) }
        #expect(serve(&device, .read, sector: 4, length: 512, &host) == (0, 513))
        #expect(host.load(0x2000, as: UInt8.self) == UInt8(truncatingIfNeeded: 512 &* 7))
        #expect(serve(&device, .read, sector: 8, length: 512, &host).status == Block.RequestStatus.ioError.rawValue)
      }
      let image = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(image.count == 8 * 512)
      #expect(image[3 * 512 + 1] == 7 && image[2 * 512 + 1] == 0)
    }
  }

  @Test("that is read-only refuses writes and stays what it was")
  func refusesWrites() throws {
    try withImage { path in
      var host = PlainHost()
      var device = BlockModel(
        storage: try FileStorage(path: path, readOnly: true), options: .init(readOnly: true))
      _ = host.store(UInt64.max, at: 0x2000)
      #expect(serve(&device, .write, sector: 0, length: 512, &host).status == Block.RequestStatus.ioError.rawValue)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).allSatisfy { $0 == 0 })
    }
  }

  /// For each of this process's files that is this one, whether a program that it becomes has it, too.
  private func inherited(_ path: String) -> [Bool] {
    var (wanted, status) = (stat(), stat())
    guard stat(path, &wanted) == 0 else { return [] }
    return (0..<Int32(1024)).compactMap { descriptor in
      guard fstat(descriptor, &status) == 0, (status.st_dev, status.st_ino) == (wanted.st_dev, wanted.st_ino) else {
        return nil
      }
      return fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0
    }
  }

  @Test("is open as long as it is used, by nobody else, and may be empty", arguments: [false, true])
  func isOpen(_ readOnly: Bool) throws {
    try withImage { path in
      for (size, isOpen) in [(0, true), (512, true), (513, false)] {
        try Data(count: size).write(to: URL(fileURLWithPath: path))
        if let storage = try? FileStorage(path: path, readOnly: readOnly) {
          expectEqual(storage.size, UInt64(size))
          expectEqual(inherited(path), [false])
          #expect(isOpen)
        } else {
          #expect(!isOpen)
        }
        #expect(inherited(path).isEmpty)
      }
    }
  }

  @Test("moves more at a time than fits into its own memory, to where it is asked to")
  func movesMuch() throws {
    try withImage { path in
      let bytes = (0..<180 * 512).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8 ^ $0 >> 16) }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var host = PlainHost()
      host.memory = GuestRAM(regions: [(0x1000, 0x40000)])
      var storage = try FileStorage(path: path)
      let length: UInt64 = 65536 + 1024
      expectEqual(storage.load(512, length, to: 0x1000, of: &host), true)
      expectEqual((0..<length).allSatisfy { host.load(0x1000 + $0, as: UInt8.self) == bytes[512 + Int($0)] }, true)
      expectEqual(storage.store(1024, length, from: 0x1000, of: &host), true)
      let image = try Data(contentsOf: URL(fileURLWithPath: path))
      var expected = Data(bytes)
      expected.replaceSubrange(1024..<1024 + Int(length), with: bytes[512..<512 + Int(length)])
      expectEqual(image == expected, true)
      // What lies behind the first part is not there.
      host.gone = 0x1000 + 65536..<0x40000
      expectEqual(storage.load(0, length, to: 0x1000, of: &host), false)
      expectEqual(storage.store(0, length, from: 0x1000, of: &host), false)
    }
  }

  @Test("that is not there, or is ragged, is an error that names it")
  func tellsErrors() throws {
    let missing = #expect(throws: FileStorage.OpenError.self) { _ = try FileStorage(path: "/nowhere/disk") }
    #expect(missing?.description == "disk image /nowhere/disk: No such file or directory")
    try withImage { path in
      try Data(count: 100).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: FileStorage.OpenError.self) { _ = try FileStorage(path: path) }
      let text = error?.description ?? ""
      #expect(text.contains(path) && text.contains("512"))
    }
  }
}

import Testing
import VirtioDevice
import VirtioMemory

/// A host without an observer.
struct PlainHost: ~Copyable, DeviceHost {
  var memory = GuestRAM(regions: [(0x1000, 0x10000)])
  var line = false
  /// What left the device, with the port that it left by.
  var emitted: [(bytes: [UInt8], port: Int)] = []
  /// The sectors that were said to be persistent.
  var persisted: [Range<UInt64>] = []
  /// RAM that is there when it is looked for, but is gone when it is accessed.
  var gone: Range<UInt64> = 0..<0
  /// How often a number was loaded.
  var loads = 0

  mutating func setInterrupt(_ asserted: Bool) { line = asserted }
  mutating func emit(_ bytes: RawSpan, from port: Int) {
    emitted.append((bytes.withUnsafeBytes { Array($0) }, port))
  }
  mutating func persist(_ firstSector: UInt64, count: UInt64) {
    persisted.append(firstSector..<firstSector + count)
  }
  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { memory.contains(address, length) }
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    loads += 1
    return isGone(address, MemoryLayout<T>.size) ? nil : memory.load(address, as: type)
  }
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    !isGone(address, MemoryLayout<T>.size) && memory.store(value, at: address)
  }
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool {
    !isGone(address, bytes.byteCount) && memory.read(address, into: &bytes)
  }
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool {
    !isGone(address, bytes.byteCount) && memory.write(bytes, at: address)
  }

  private func isGone(_ address: UInt64, _ count: Int) -> Bool {
    !gone.isEmpty && gone.overlaps(address..<address + UInt64(count))
  }
}

extension DeviceModel where Self: ~Copyable {
  /// Serves a chain of a readable part at 0x2000, one buffer for each of `parts`, and a writable buffer of `room` bytes at
  /// 0x8000.
  ///
  /// - Returns: what the device put there, as far as it says so.
  mutating func serve(
    _ parts: [[UInt8]] = [], room: UInt32 = 0, queue: UInt8 = 0, _ host: inout PlainHost
  ) -> [UInt8] {
    var segments: [Segment] = []
    var chain = Chain()
    chain.queue = queue
    var address: UInt64 = 0x2000
    for part in parts {
      for (index, byte) in part.enumerated() { _ = host.store(byte, at: address + UInt64(index)) }
      segments.append(Segment(address: address, length: UInt32(part.count)))
      chain.readableBytes += UInt64(part.count)
      address += UInt64(part.count)
    }
    chain.readableCount = parts.count
    if room > 0 {
      segments.append(Segment(address: 0x8000, length: room))
      chain.writableCount = 1
      chain.writableBytes = UInt64(room)
    }
    let count = serve(chain, segments.span, host: &host)
    return (0..<UInt64(count)).map { host.load(0x8000 + $0, as: UInt8.self)! }
  }
}

/// Compares values that a device which cannot be copied gives while it changes: `#expect` would have to copy it.
func expectEqual<T: Equatable>(_ value: T, _ expected: T, at location: SourceLocation = #_sourceLocation) {
  #expect(value == expected, sourceLocation: location)
}

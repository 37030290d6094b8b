import Foundation
import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

/// Memory that is everywhere, up to the last address and around. What is read is what was put there, or 0.
private struct EndlessMemory: ~Copyable, GuestMemory {
  var numbers: [UInt64: UInt128] = [:]
  /// Where numbers were stored, in order.
  var stores: [UInt64] = []

  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { true }
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    T(truncatingIfNeeded: numbers[address] ?? 0)
  }
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    stores.append(address)
    return true
  }
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool { true }
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool { true }
}

/// No number traps: not one that was checked elsewhere either, since that may change.
@Suite("A number that wraps")
struct WrappingTests {
  /// The last addresses: what lies behind is at the first ones.
  private static let last: [UInt64] = [.max, .max - 1, .max - 3, .max - 7, .max - 15]

  private static func queue(_ format: RingFormat, at area: UInt64) -> VirtQueue {
    var queue = VirtQueue()
    queue.format = format
    queue.size = 4
    (queue.descriptorArea, queue.driverArea, queue.deviceArea) = (area, area, area)
    queue.start()
    return queue
  }

  @Test("leads a split queue around the end of memory", arguments: last)
  func split(_ area: UInt64) throws {
    for index: UInt16 in [0, 3] {
      var memory = EndlessMemory()
      var queue = Self.queue(.split, at: area)
      var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
      (queue.nextAvailable, queue.nextUsed, queue.signalledUsed) = (index, index, index)
      memory.numbers[area &+ SplitRing.availIdx] = UInt128(index &+ 1)
      memory.numbers[area &+ SplitRing.availEntry(UInt32(index))] = 2
      memory.numbers[area &+ 2 * Descriptor.size] =
        Descriptor(address: area, length: 8, flags: .write).littleEndian
      expectEqual(try queue.availableCount(&memory), 1)
      let chain = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
      expectEqual(chain.head, 2)
      try queue.complete(chain, length: 1, isWritten: true, memory: &memory)
      expectEqual(try queue.announce(memory: &memory), true)
      let places = [SplitRing.usedElement(UInt32(index)), SplitRing.usedIdx, SplitRing.availEvent(4)]
      expectEqual(memory.stores, places.map { area &+ $0 })
      memory.numbers[area &+ SplitRing.usedEvent(4)] = UInt128(index)
      expectEqual(try queue.wantsNotification(eventIdx: true, onEmpty: false, memory: &memory), true)
      queue.nextUsed &+= 1
      expectEqual(try queue.wantsNotification(eventIdx: false, onEmpty: false, memory: &memory), true)
    }
  }

  @Test("leads a packed queue around the end of memory", arguments: last)
  func packed(_ area: UInt64) throws {
    for slot: UInt32 in [0, 3] {
      var memory = EndlessMemory()
      var queue = Self.queue(.packed, at: area)
      var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
      (queue.nextTaken.slot, queue.nextReturned.slot, queue.announcedEvent) = (slot, slot, 9)
      let place = area &+ PackedRing.descriptor(slot)
      memory.numbers[place] =
        PackedDescriptor(address: area &- 8, length: 32, id: 2, flags: [.indirect, .available]).littleEndian
      memory.numbers[place &+ PackedDescriptor.flagsOffset] = UInt128(Descriptor.Flags.available.rawValue)
      expectEqual(try queue.availableCount(&memory), 1)
      let chain = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
      expectEqual(chain.head, 2)
      try queue.complete(chain, length: 1, isWritten: true, isShown: false, memory: &memory)
      expectEqual(queue.heldBackPlace, place &+ PackedDescriptor.flagsOffset)
      try queue.complete(chain, length: 1, isWritten: true, memory: &memory)
      expectEqual(try queue.announce(memory: &memory), true)
      let next = area &+ PackedRing.descriptor((slot + 1) % 4)
      let offsets = [PackedDescriptor.lengthOffset, PackedDescriptor.idOffset, PackedDescriptor.flagsOffset]
      expectEqual(
        memory.stores,
        offsets.prefix(2).map { place &+ $0 } + offsets.map { next &+ $0 }
          + [place &+ PackedDescriptor.flagsOffset, area])
    }
  }

  @Test("counts around the end of its type in a packed queue")
  func counts() throws {
    var memory = EndlessMemory()
    var queue = Self.queue(.packed, at: 0x1000)
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    (queue.takenCount, queue.unsignalledCount) = (.max, .max)
    let chain = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
    expectEqual(queue.takenCount, 0)
    try queue.complete(chain, length: 1, isWritten: true, memory: &memory)
    expectEqual([queue.takenCount, queue.unsignalledCount], [.max, 0])
  }

  @Test("leads what is moved between a file and memory around the end of that")
  func files() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)").path
    try Data(count: 1 << 18).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var memory = EndlessMemory()
    var storage = try FileStorage(path: path)
    expectEqual(storage.load(0, 1 << 18, to: .max - 1, of: &memory), true)
    expectEqual(storage.store(0, 1 << 18, from: .max - 1, of: &memory), true)
  }

  @Test("is what is left behind the last chain that is available")
  func available() throws {
    var memory = EndlessMemory()
    expectEqual(try Self.queue(.split, at: 0x1000).availableCount(behind: 0, &memory), .max)
  }

  @Test("is any number of a position in a ring")
  func positions() {
    let numbers: [UInt32] = [0, 1, 7, 1 << 31, .max]
    var sum: UInt32 = 0
    for slot in numbers {
      for size in numbers {
        for count in numbers {
          var position = RingPosition()
          var other = RingPosition()
          (position.slot, other.slot) = (slot, count)
          sum |= position.distance(to: other, in: size)
          other.wrapCounter = false
          sum |= position.distance(to: other, in: size)
          position.advance(by: count, in: size)
          sum |= position.slot
        }
      }
    }
    expectEqual(sum, .max)
  }

  @Test("is any size of a chain, and any place of its segments")
  func chains() throws {
    var memory = EndlessMemory()
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    var chain = Chain()
    (chain.readableBytes, chain.writableBytes) = (.max, .max)
    for isWritable in [false, true] {
      try chain.append(.max, 8, isWritable: isWritable, to: &segments, from: 0, memory: &memory)
    }
    expectEqual([chain.readableBytes, chain.writableBytes], [7, 7])
    (chain.readableCount, chain.writableCount) = (.max, 1)
    expectEqual(chain.segmentCount, .min)
    var cursor = SegmentCursor(0..<1)
    let segment = [Segment(address: .max - 1, length: 8)]
    _ = cursor.next(segment.span, atMost: 4)
    expectEqual(cursor.next(segment.span, atMost: 4)?.address, 2)
  }

  @Test("is the place of a disk's status, or of a legacy queue")
  func places() {
    var host = PlainHost()
    var model = BlockModel(storage: MemoryStorage(size: 512, limit: 512))
    var chain = Chain()
    (chain.writableCount, chain.writableBytes) = (1, 8)
    expectEqual(model.serve(chain, [Segment(address: .max, length: 8)].span, host: &host), 0)
    var queue = VirtQueue()
    (queue.size, queue.align) = (.max, 1 << 31)
    expectEqual(queue.place(atPage: .max, of: .max), true)
  }
}

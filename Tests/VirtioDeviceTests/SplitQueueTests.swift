import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("A split queue")
struct SplitQueueTests {
  private static let size: UInt32 = 4
  private static let table: UInt64 = 0x1000
  private static let driverArea: UInt64 = 0x2000
  private static let deviceArea: UInt64 = 0x3000
  private static let buffer: UInt64 = 0x8000
  private static let indirectTable: UInt64 = 0x7000

  private static func started(_ memory: inout GuestRAM) -> VirtQueue {
    var queue = VirtQueue()
    queue.size = size
    queue.descriptorArea = table
    queue.driverArea = driverArea
    queue.deviceArea = deviceArea
    expectEqual(queue.isUsable(sizeLimit: 1024, memory: &memory), true)
    queue.start()
    return queue
  }

  @Test("goes on when its indices wrap at 65536")
  func wraps() throws {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    for head: UInt16 in 0..<UInt16(Self.size) {
      let descriptor = Descriptor(address: Self.buffer + UInt64(head), length: 1, flags: .write, next: 0)
      _ = memory.store(descriptor.littleEndian, at: Self.table + UInt64(head) * Descriptor.size)
    }
    for count in 0..<70_000 {
      // Another one in each slot whenever that comes round.
      let head = UInt16(count % 3)
      let index = UInt16(truncatingIfNeeded: count)
      let slot = UInt32(index) % Self.size
      _ = memory.store(head, at: Self.driverArea + SplitRing.availEntry(slot))
      _ = memory.store(index &+ 1, at: Self.driverArea + SplitRing.availIdx)
      guard try queue.availableCount(&memory) == 1 else {
        Issue.record("chain \(count) is not seen")
        return
      }
      let chain = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
      guard chain.head == head, segments[0].address == Self.buffer + UInt64(head) else {
        Issue.record("chain \(count) is taken for another one")
        return
      }
      try queue.complete(chain, length: 1, isWritten: true, memory: &memory)
      let element = memory.load(Self.deviceArea + SplitRing.usedElement(slot), as: UInt64.self)
      guard element == UInt64(head) | 1 << 32,
        memory.load(Self.deviceArea + SplitRing.usedIdx, as: UInt16.self) == index &+ 1
      else {
        Issue.record("chain \(count) does not come back")
        return
      }
    }
  }

  @Test("asks for a notification of what comes behind the last chain that it took, also in another life")
  func announces() throws {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    for _ in 0..<2 {
      let place = Self.deviceArea + SplitRing.availEvent(Self.size)
      _ = memory.store(0 as UInt16, at: place)
      _ = memory.store(0 as UInt16, at: Self.driverArea + SplitRing.availEntry(0))
      _ = memory.store(1 as UInt16, at: Self.driverArea + SplitRing.availIdx)
      _ = memory.store(Descriptor(address: Self.buffer, length: 1, flags: .write, next: 0).littleEndian, at: Self.table)
      let chain = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
      let isNew = try queue.announceInSplitRing(memory: &memory)
      expectEqual(isNew, true)
      expectEqual(memory.load(place, as: UInt16.self), 1)
      let isNewAgain = try queue.announceInSplitRing(memory: &memory)
      expectEqual(isNewAgain, false)
      try queue.complete(chain, length: 1, isWritten: true, memory: &memory)
      queue.stop()
      queue.start()
    }
  }

  @Test("is nothing before it is told something, and so is a chain")
  func isNew() {
    let queue = VirtQueue()
    expectEqual(queue.size, 0)
    expectEqual([queue.descriptorArea, queue.driverArea, queue.deviceArea, queue.heldBackPlace], [0, 0, 0, 0])
    expectEqual([queue.align, queue.pageNumber, queue.takenCount, queue.unsignalledCount], [0, 0, 0, 0])
    expectEqual([queue.isReady, queue.isResetting, queue.needsService], [false, false, false])
    expectEqual([queue.nextAvailable, queue.nextUsed, queue.signalledUsed, queue.announcedEvent], [0, 0, 0, 0])
    expectEqual(queue.heldBackFlags, 0)
    var started = VirtQueue()
    started.nextAvailable = 5
    started.start()
    expectEqual(started.nextAvailable, 0)
    let chain = Chain()
    expectEqual([Int(chain.head), Int(chain.slotCount), Int(chain.queue)], [0, 0, 0])
    expectEqual([chain.readableCount, chain.writableCount], [0, 0])
    expectEqual([chain.readableBytes, chain.writableBytes], [0, 0])
    expectEqual(chain.sawWritable, false)
  }

  @Test("is as new when it is switched on again")
  func powersOn() {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    queue.align = 4096
    queue.pageNumber = 1
    queue.isResetting = true
    queue.needsService = true
    (queue.nextAvailable, queue.nextUsed, queue.signalledUsed, queue.announcedEvent) = (1, 2, 3, 4)
    (queue.takenCount, queue.unsignalledCount, queue.heldBackPlace) = (1, 2, 3)
    queue.nextTaken.advance(by: 1, in: 8)
    queue.nextReturned.advance(by: 2, in: 8)
    queue.firstUnsignalled.advance(by: 3, in: 8)
    queue.held.insert(3)
    queue.powerOn()
    expectEqual(queue.size, 0)
    expectEqual([queue.descriptorArea, queue.driverArea, queue.deviceArea, queue.heldBackPlace], [0, 0, 0, 0])
    expectEqual([queue.align, queue.pageNumber, queue.takenCount, queue.unsignalledCount], [0, 0, 0, 0])
    expectEqual(
      [queue.isReady, queue.isResetting, queue.needsService, queue.held.contains(3)], [false, false, false, false])
    expectEqual([queue.nextAvailable, queue.nextUsed, queue.signalledUsed, queue.announcedEvent], [0, 0, 0, 0])
    expectEqual(
      [queue.nextTaken.word, queue.nextReturned.word, queue.firstUnsignalled.word], [0x8000, 0x8000, 0x8000])
  }

  /// Makes chains available that begin at these descriptors.
  private func offer(_ heads: [UInt16], from index: UInt16 = 0, _ memory: inout GuestRAM) {
    for (offset, head) in heads.enumerated() {
      let slot = (UInt32(index) + UInt32(offset)) % Self.size
      _ = memory.store(head, at: Self.driverArea + SplitRing.availEntry(slot))
    }
    _ = memory.store(index &+ UInt16(heads.count), at: Self.driverArea + SplitRing.availIdx)
  }

  private func put(_ descriptors: [Descriptor], at table: UInt64 = table, _ memory: inout GuestRAM) {
    for (index, descriptor) in descriptors.enumerated() {
      _ = memory.store(descriptor.littleEndian, at: table + UInt64(index) * Descriptor.size)
    }
  }

  /// What comes of a chain that begins at `head`: its fault, or where its buffers are and how many of them are readable.
  private enum Outcome: Equatable {
    case fault(RingFault)
    case chain([UInt64], readable: Int)
  }

  private func outcome(
    _ descriptors: [Descriptor], table: [Descriptor] = [], head: UInt16 = 0, indirect: Bool = true
  ) -> Outcome {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    put(descriptors, &memory)
    put(table, at: Self.indirectTable, &memory)
    offer([head], &memory)
    do throws(RingFault) {
      let chain = try queue.take(&segments, from: 0, indirectAllowed: indirect, memory: &memory)
      return .chain((0..<chain.segmentCount).map { segments[$0].address }, readable: chain.readableCount)
    } catch {
      return .fault(error)
    }
  }

  private func buffer(
    _ number: UInt64, length: UInt32 = 8, _ flags: Descriptor.Flags = [], next: UInt16 = 0
  ) -> Descriptor { Descriptor(address: Self.buffer + number * 8, length: length, flags: flags, next: next) }

  private func table(entries: UInt32, _ flags: Descriptor.Flags = .indirect) -> Descriptor {
    Descriptor(address: Self.indirectTable, length: entries * UInt32(Descriptor.size), flags: flags, next: 0)
  }

  /// Where so many buffers are, counted from 0.
  private func places(_ numbers: [UInt64]) -> [UInt64] { numbers.map { Self.buffer + $0 * 8 } }

  @Test("takes the descriptors of a chain in their order, without the empty ones")
  func takesChains() {
    #expect(outcome([buffer(0)]) == .chain(places([0]), readable: 1))
    #expect(
      outcome([buffer(0, .write), buffer(1), buffer(2, .next, next: 3), buffer(3, .next, next: 0)], head: 2)
        == .chain(places([2, 3, 0]), readable: 2))
    #expect(
      outcome([buffer(0, .next, next: 1), buffer(1, length: 0, .next, next: 2), buffer(2, length: 0, .write)])
        == .chain(places([0]), readable: 1))
    let whole = [buffer(0, .next, next: 1), buffer(1, .next, next: 2), buffer(2, .next, next: 3), buffer(3)]
    #expect(outcome(whole) == .chain(places([0, 1, 2, 3]), readable: 4))
    // Through a table, behind a descriptor of the ring as well; WRITE means nothing for the table itself.
    for entries in 1...4 {
      let list = (0..<entries).map { buffer(UInt64($0), $0 + 1 < entries ? .next : [], next: UInt16($0 + 1)) }
      let all = places((0..<UInt64(entries)).map { $0 })
      #expect(outcome([table(entries: UInt32(entries))], table: list) == .chain(all, readable: entries))
      #expect(
        outcome([table(entries: UInt32(entries), [.indirect, .write])], table: list) == .chain(all, readable: entries))
      let behindOne = outcome([buffer(7, .next, next: 1), table(entries: UInt32(entries))], table: list)
      #expect(behindOne == (entries < 4 ? .chain(places([7]) + all, readable: entries + 1) : .fault(.badIndirectTable)))
    }
  }

  @Test("refuses what no driver may write")
  func faults() {
    #expect(outcome([], head: 4) == .fault(.headOutOfRange))
    #expect(outcome([buffer(0, .next, next: 4)]) == .fault(.nextOutOfRange))
    #expect(outcome([buffer(0, .next, next: 1), buffer(1, .next, next: 0)]) == .fault(.chainTooLong))
    #expect(outcome([buffer(0, [.write, .next], next: 1), buffer(1)]) == .fault(.readableAfterWritable))
    #expect(outcome([buffer(0, length: 0, [.write, .next], next: 1), buffer(1)]) == .fault(.readableAfterWritable))
    #expect(outcome([Descriptor(address: 0x10ff9, length: 8, flags: [], next: 0)]) == .fault(.outsideRAM))
    #expect(outcome([Descriptor(address: 0x10ff8, length: 8, flags: [], next: 0)]) == .chain([0x10ff8], readable: 1))
    let list = [buffer(0, .next, next: 1), buffer(1, .next, next: 2)]
    #expect(outcome([table(entries: 2)], table: list) == .fault(.nextOutOfRange))
    #expect(
      outcome([table(entries: 2)], table: [buffer(0, .next, next: 1), buffer(1)], indirect: false)
        == .fault(.badIndirectTable))
    #expect(outcome([table(entries: 1, [.indirect, .next])], table: [buffer(0)]) == .fault(.badIndirectTable))
    #expect(outcome([table(entries: 1)], table: [table(entries: 1)]) == .fault(.badIndirectTable))
    for length: UInt32 in [0, 1, 8, 17, 24, 80, 0xffff_fff0] {
      let reference = Descriptor(address: Self.indirectTable, length: length, flags: .indirect, next: 0)
      #expect(outcome([reference]) == .fault(.badIndirectTable))
    }
    let outside = Descriptor(address: 0x10ff8, length: 16, flags: .indirect, next: 0)
    #expect(outcome([outside]) == .fault(.outsideRAM))
  }

  @Test("takes 256 descriptors of one chain at most, however large it is", arguments: [256, 257] as [UInt16])
  func limitsChains(_ count: UInt16) throws {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = VirtQueue()
    queue.size = 512
    (queue.descriptorArea, queue.driverArea, queue.deviceArea) = (0x1000, 0x4000, 0x5000)
    queue.start()
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    put((0..<count).map { buffer(0, $0 + 1 < count ? .next : [], next: $0 + 1) }, &memory)
    _ = memory.store(1 as UInt16, at: 0x4000 + SplitRing.availIdx)
    if count == 256 {
      expectEqual(try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory).readableBytes, 256 * 8)
    } else {
      #expect(throws: RingFault.chainTooLong) {
        _ = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
      }
    }
  }

  @Test("takes no more chains than it has descriptors, and none that it holds")
  func counts() throws {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    put((0..<4).map { buffer($0) }, &memory)
    offer([0, 1, 1, 3], &memory)
    expectEqual(try queue.availableCount(&memory), 4)
    _ = memory.store(5 as UInt16, at: Self.driverArea + SplitRing.availIdx)
    #expect(throws: RingFault.availableIndexJumped) { _ = try queue.availableCount(&memory) }
    _ = memory.store(4 as UInt16, at: Self.driverArea + SplitRing.availIdx)
    _ = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
    let second = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
    #expect(throws: RingFault.headHeld) {
      _ = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
    }
    try queue.complete(second, length: 0, isWritten: false, memory: &memory)
    let third = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
    expectEqual(third.head, 1)
    expectEqual(try queue.availableCount(&memory), 1)
    // Behind a start, it holds nothing.
    queue.stop()
    queue.start()
    offer([1], &memory)
    expectEqual(try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory).head, 1)
  }

  @Test("shows chains that belong together at once")
  func holdsBack() throws {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    var chain = Chain()
    for head: UInt16 in [2, 1] {
      chain.head = head
      try queue.complete(chain, length: UInt32(head), isWritten: true, isShown: head == 1, memory: &memory)
      let index = memory.load(Self.deviceArea + SplitRing.usedIdx, as: UInt16.self)
      expectEqual(index, head == 1 ? 2 : 0)
    }
    let elements = (0..<2).map { memory.load(Self.deviceArea + SplitRing.usedElement($0), as: UInt64.self) }
    expectEqual(elements, [0x2_0000_0002, 0x1_0000_0001])
  }

  @Test("notifies as the driver asks for it, once for what came back", arguments: [0, 1, 65_533, 65_535] as [UInt16])
  func notifies(_ start: UInt16) throws {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    func wants(_ count: UInt16, eventIdx: Bool = true, onEmpty: Bool = false) throws -> Bool {
      queue.signalledUsed = start
      queue.nextUsed = start &+ count
      let wants = try queue.wantsNotification(eventIdx: eventIdx, onEmpty: onEmpty, memory: &memory)
      expectEqual(queue.signalledUsed, queue.nextUsed)
      expectEqual(try queue.wantsNotification(eventIdx: eventIdx, onEmpty: onEmpty, memory: &memory), false)
      return wants
    }
    for event: UInt16 in 0..<4 {
      _ = memory.store(start &+ event, at: Self.driverArea + SplitRing.usedEvent(Self.size))
      for count: UInt16 in 0..<5 { expectEqual(try wants(count), event < count) }
    }
    _ = memory.store(start &- 1, at: Self.driverArea + SplitRing.usedEvent(Self.size))
    expectEqual(try wants(3), false)
    // Without event indices, flags say so; and NOTIFY_ON_EMPTY, where nothing is left.
    for flags: UInt16 in 0..<4 {
      _ = memory.store(flags, at: Self.driverArea + SplitRing.availFlags)
      queue.nextAvailable = start &+ 3
      for (available, onEmpty) in [(3, false), (3, true), (4, true)] as [(UInt16, Bool)] {
        _ = memory.store(start &+ available, at: Self.driverArea + SplitRing.availIdx)
        let isEmptied = onEmpty && available == 3
        expectEqual(try wants(0, eventIdx: false, onEmpty: onEmpty), false)
        expectEqual(try wants(2, eventIdx: false, onEmpty: onEmpty), flags & 1 == 0)
        expectEqual(try wants(3, eventIdx: false, onEmpty: onEmpty), flags & 1 == 0 || isEmptied)
      }
    }
  }

  @Test("is usable where its size is a power of two, and its areas are aligned and in RAM")
  func usability() {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    func isUsable(_ size: UInt32, _ areas: [UInt64], limit: UInt32 = 64) -> Bool {
      var queue = VirtQueue()
      queue.size = size
      (queue.descriptorArea, queue.driverArea, queue.deviceArea) = (areas[0], areas[1], areas[2])
      return queue.isUsable(sizeLimit: limit, memory: &memory)
    }
    let areas: [UInt64] = [0x1000, 0x2000, 0x3000]
    for size: UInt32 in [1, 2, 32, 64] { expectEqual(isUsable(size, areas), true) }
    for size: UInt32 in [0, 3, 48, 65, 128] { expectEqual(isUsable(size, areas), false) }
    for (index, alignment) in [16, 2, 4].enumerated() {
      for offset in [alignment, alignment / 2] {
        var moved = areas
        moved[index] += UInt64(offset)
        expectEqual(isUsable(4, moved), offset == alignment)
      }
    }
    let end: UInt64 = 0x11000
    let last = [
      end - SplitRing.descriptorAreaSize(4), end - SplitRing.driverAreaSize(4), end - SplitRing.deviceAreaSize(4),
    ]
    for (index, alignment) in [16, 2, 4].enumerated() {
      var moved = areas
      moved[index] = last[index] & ~UInt64(alignment - 1)
      expectEqual(isUsable(4, moved), true)
      moved[index] += UInt64(alignment)
      expectEqual(isUsable(4, moved), false)
    }
  }

  @Test("of the legacy interface lies behind its page, as it is aligned")
  func places() {
    var queue = VirtQueue()
    queue.size = 64
    for align: UInt32 in [0, 3, 0x1001] {
      queue.align = align
      expectEqual(queue.place(atPage: 2, of: 0x1000), false)
      expectEqual(queue.pageNumber, 0)
    }
    queue.align = 0x1000
    expectEqual(queue.place(atPage: 3, of: 0x800), true)
    expectEqual(queue.pageNumber, 3)
    expectEqual([queue.descriptorArea, queue.driverArea, queue.deviceArea], [0x1800, 0x1c00, 0x2800])
    expectEqual(queue.place(atPage: .max, of: .max), true)
    expectEqual(queue.descriptorArea, 0xffff_fffe_0000_0001)
  }

  @Test("forgets what it was told when it is cleared, and what it did when it stops")
  func clears() {
    var memory = GuestRAM(regions: [(0x1000, 0x10000)])
    var queue = Self.started(&memory)
    queue.align = 4
    queue.pageNumber = 5
    queue.needsService = true
    queue.beginReset()
    expectEqual([queue.isReady, queue.isResetting, queue.needsService], [false, true, false])
    queue.stop()
    expectEqual([queue.isReady, queue.isResetting], [false, false])
    expectEqual([queue.size, queue.align, queue.pageNumber], [Self.size, 4, 0])
    expectEqual(
      [queue.descriptorArea, queue.driverArea, queue.deviceArea], [Self.table, Self.driverArea, Self.deviceArea])
    queue.start()
    queue.pageNumber = 5
    queue.needsService = true
    (queue.nextAvailable, queue.nextUsed, queue.signalledUsed, queue.announcedEvent) = (1, 2, 3, 4)
    (queue.takenCount, queue.unsignalledCount, queue.heldBackPlace) = (1, 2, 3)
    queue.clear()
    expectEqual(
      [queue.size, queue.align, queue.pageNumber, queue.takenCount, queue.unsignalledCount], [0, 0, 0, 0, 0])
    expectEqual([queue.descriptorArea, queue.driverArea, queue.deviceArea, queue.heldBackPlace], [0, 0, 0, 0])
    expectEqual([queue.nextAvailable, queue.nextUsed, queue.signalledUsed, queue.announcedEvent], [0, 0, 0, 0])
    expectEqual([queue.isReady, queue.needsService], [false, false])
  }
}

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
}

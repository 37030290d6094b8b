import Testing

@testable import VirtioDevice

@Suite("A pool of chains")
struct ChainPoolTests {
  @Test("has room for 64, each in a slot of its own, and again when they are released")
  func capacity() {
    var pool = ChainPool()
    for _ in 0..<2 {
      var slots: Set<Int> = []
      while pool.hasRoom, slots.count <= ChainPool.capacity {
        slots.insert(pool.nextSlot)
        pool.take()
      }
      expectEqual(slots, Set(0..<64))
      for slot in slots { pool.release(slot) }
    }
    for _ in 0..<9 { pool.take() }
    pool.releaseAll()
    for slot in 0..<64 {
      expectEqual(pool.nextSlot, slot)
      pool.take()
    }
    expectEqual(pool.hasRoom, false)
  }
}

import Testing

@testable import VirtioDevice

@Suite("Gathered chains")
struct GatheredChainsTests {
  @Test("are given back in order, by each queue for itself")
  func order() {
    var gathered = GatheredChains()
    for queue in 0..<8 {
      expectEqual(gathered.count(queue), 0)
      for slot in 0..<16 {
        expectEqual(gathered.isFull(queue), false)
        gathered.append(100 + slot, queue)
        expectEqual(gathered.slot(slot, queue), 100 + slot)
      }
      expectEqual(gathered.isFull(queue), true)
    }
    for queue in 0..<8 {
      for slot in 0..<16 {
        expectEqual(gathered.count(queue), 16 - slot)
        expectEqual(gathered.removeFirst(queue), 100 + slot)
      }
    }
    gathered.append(1, 3)
    gathered.removeAll()
    expectEqual(gathered.count(3), 0)
  }
}

import Testing

@testable import VirtioDevice

@Suite("A set of heads")
struct HeadSetTests {
  @Test(
    "has what was put into it, and not its neighbours", arguments: [0, 1, 62, 63, 64, 65, 511, 1022, 1023] as [UInt16])
  func isSet(_ head: UInt16) {
    var set = HeadSet()
    func all(_ set: borrowing HeadSet) -> [UInt16] { (0..<UInt16(HeadSet.capacity)).filter { set.contains($0) } }
    expectEqual(all(set), [])
    set.insert(head)
    set.insert(head)
    expectEqual(all(set), [head])
    let other = head ^ 1
    set.insert(other)
    set.insert(head ^ 64)
    set.remove(head ^ 64)
    set.remove(head ^ 128)
    expectEqual(all(set), [min(head, other), max(head, other)])
    set.remove(head)
    expectEqual(all(set), [other])
    set.removeAll()
    expectEqual(all(set), [])
  }
}

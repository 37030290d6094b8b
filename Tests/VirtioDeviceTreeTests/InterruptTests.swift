import Testing

@testable import VirtioDeviceTree

@Suite("The interrupt of a node")
struct InterruptTests {
  private func device(_ properties: [(name: PropertyName, value: TreeNode.Value)]) -> TreeNode {
    TreeNode(
      name: "virtio@0",
      properties: [(name: .compatible, value: .string("virtio,mmio")), (name: .reg, value: .addresses([0, 0x200]))]
        + properties)
  }

  private func interrupts(in root: TreeNode) throws -> [Interrupt]? {
    let found = try onlyDevice(in: root)
    #expect(found?.problems == [])
    return found?.interrupts
  }

  private func root(
    _ child: TreeNode, _ others: TreeNode..., parent: UInt32? = nil
  ) -> TreeNode {
    TreeNode(
      name: "",
      properties: [(name: .addressCells, value: .numbers([1]))]
        + (parent.map { [(name: .interruptParent, value: .numbers([$0]))] } ?? []), children: [child] + others)
  }

  @Test(
    "has as many cells as its controller says", arguments: [[42], [9, 4], [0, 16, 1], [1, 2, 3, 4]] as [[UInt32]])
  func cells(cells: [UInt32]) throws {
    let node = device([(.interruptParent, .numbers([1])), (.interrupts, .numbers(cells))])
    #expect(try interrupts(in: root(node, controller(cells: UInt32(cells.count))))?.map(\.cells) == [cells])
  }

  @Test("is that of the nearest interrupt-parent around the node")
  func inherited() throws {
    let node = device([(.interrupts, .numbers([5]))])
    let near = TreeNode.node("near", [.interruptCells: .numbers([1]), .phandle: .numbers([2])])
    let bus = TreeNode.node(
      "bus", [.addressCells: .numbers([1]), .ranges: .flag, .interruptParent: .numbers([2])], node)
    #expect(try interrupts(in: root(bus, controller(cells: 3), near, parent: 1)) == [Interrupt(line: 5)])
  }

  @Test("is that of a node around it with cells of its own")
  func nexus() throws {
    let node = device([(.interrupts, .numbers([5]))])
    let bus = TreeNode.node(
      "bus", [.addressCells: .numbers([1]), .ranges: .flag, .interruptCells: .numbers([1])], node)
    #expect(try interrupts(in: root(bus, controller(cells: 3), parent: 1)) == [Interrupt(line: 5)])
  }

  @Test("goes on to the parent of an interrupt parent without cells")
  func passedOn() throws {
    let node = device([(.interruptParent, .numbers([2])), (.interrupts, .numbers([0, 5, 4]))])
    let router = TreeNode.node("router", [.phandle: .numbers([2]), .interruptParent: .numbers([1])])
    #expect(
      try interrupts(in: root(node, router, controller(cells: 3))) == [Interrupt(type: 0, number: 5, flags: 4)])
  }

  @Test("names its controller itself in interrupts-extended, which goes before interrupts")
  func extended() throws {
    let node = device([(.interrupts, .numbers([1, 2])), (.interruptsExtended, .numbers([1, 0, 5, 4]))])
    #expect(try interrupts(in: root(node, controller(cells: 3))) == [Interrupt(type: 0, number: 5, flags: 4)])
  }

  @Test("is described in words where it is that of a GIC, else by its cells")
  func descriptions() throws {
    #expect("\(Interrupt(line: 42))" == "42")
    #expect("\(Interrupt(type: 0, number: 16, flags: 1))" == "SPI 16 rising")
    #expect("\(Interrupt(type: 1, number: 7, flags: 8))" == "PPI 7 low")
    #expect("\(Interrupt(type: 2, number: 7, flags: 8))" == "2 7 8")
    #expect("\(Interrupt(type: 0, number: 7, flags: 0xf04))" == "0 7 3844")
    #expect(Interrupt(type: 0, number: 16, flags: 1).number == 16)
    #expect(Interrupt(line: 42).number == 42)
    #expect(Interrupt(cells: [9, 4])?.number == 9)
  }
}

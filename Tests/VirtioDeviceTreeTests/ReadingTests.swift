import Testing

@testable import VirtioDeviceTree

@Suite("Reading a tree")
struct ReadingTests {
  /// A device with this `reg`, on an interrupt line.
  private func device(at unit: String, _ reg: [UInt32]) -> TreeNode {
    .node(
      "virtio@\(unit)",
      [
        .compatible: .string("virtio,mmio"), .reg: .addresses(reg), .interruptParent: .numbers([1]),
        .interrupts: .numbers([7]),
      ])
  }

  private func cells(_ address: UInt32, _ size: UInt32) -> KeyValuePairs<PropertyName, TreeNode.Value> {
    [.addressCells: .numbers([address]), .sizeCells: .numbers([size])]
  }

  private func bus(
    _ address: UInt32, _ size: UInt32, ranges: [UInt32], _ child: TreeNode
  ) -> TreeNode {
    .node(
      "bus", [.addressCells: .numbers([address]), .sizeCells: .numbers([size]), .ranges: .addresses(ranges)], child)
  }

  private func root(_ address: UInt32, _ size: UInt32, _ child: TreeNode) -> TreeNode {
    .node("", cells(address, size), child, controller(cells: 1))
  }

  @Test(
    "takes base and size by the cells of the bus",
    arguments: [
      (1, 1, [0x1000, 0x200]), (2, 1, [0, 0x1000, 0x200]), (1, 2, [0x1000, 0, 0x200]), (2, 2, [0, 0x1000, 0, 0x200]),
      (3, 3, [0, 0, 0x1000, 0, 0, 0x200]),
    ] as [(UInt32, UInt32, [UInt32])])
  func busCells(address: UInt32, size: UInt32, reg: [UInt32]) throws {
    let found = try onlyDevice(in: root(address, size, device(at: "1000", reg)))
    #expect(found?.window == RegisterWindow(base: 0x1000, size: 0x200))
    #expect(found?.problems == [])
  }

  @Test("takes two cells for an address and one for a size where the bus does not say")
  func defaultCells() throws {
    let tree = TreeNode.node("", [:], device(at: "100000000", [1, 0, 0x200]), controller(cells: 1))
    #expect(try onlyDevice(in: tree)?.window == RegisterWindow(base: 0x1_0000_0000, size: 0x200))
  }

  @Test("takes the first register window of several")
  func severalWindows() throws {
    let found = try onlyDevice(in: root(1, 1, device(at: "1000", [0x1000, 0x200, 0x8000, 0x10])))
    #expect(found?.window == RegisterWindow(base: 0x1000, size: 0x200))
  }

  @Test("leaves an address as it is on a bus with empty ranges, and translates it on one with others, bus by bus")
  func ranges() throws {
    let inner = bus(1, 1, ranges: [], device(at: "2100", [0x2100, 0x200]))
    // From 0x2000 on to 0x1_0000_5000, and from there to 0x9_0000_0000.
    let middle = bus(1, 1, ranges: [0x0, 0, 0x100, 0x1000, 0x2000, 1, 0x5000, 0x1000], inner)
    let outer = TreeNode.node(
      "soc",
      [.addressCells: .numbers([2]), .sizeCells: .numbers([1]), .ranges: .addresses([1, 0x5000, 9, 0, 0x1000])],
      middle)
    let found = try onlyDevice(in: root(2, 2, outer))
    #expect(found?.path == "/soc/bus/bus/virtio@2100")
    #expect(found?.window == RegisterWindow(base: 0x9_0000_0100, size: 0x200))
    #expect(found?.problems == [])
  }

  @Test("translates a window that fills a range to its last byte")
  func wholeRange() throws {
    let child = bus(1, 1, ranges: [0x1000, 0xffff_fe00, 0x200], device(at: "1000", [0x1000, 0x200]))
    #expect(
      try onlyDevice(in: root(1, 1, child))?.window == RegisterWindow(base: 0xffff_fe00, size: 0x200))
  }

  @Test("finds the word among those of compatible, and leaves other devices of virtio alone")
  func compatible() throws {
    func found(_ compatible: String) throws -> Int {
      let node = TreeNode.node("virtio_mmio@0", [.compatible: .string(compatible), .reg: .addresses([0, 0x200])])
      return try DeviceTree(blob: root(1, 1, node).blob).devices.count
    }
    #expect(try found("virtio,mmio") == 1)
    #expect(try found("acme,disk\0virtio,mmio") == 1)
    #expect(try found("virtio,mmio\0acme,disk") == 1)
    #expect(try found("acme,disk") == 0)
    #expect(try found("virtio,pci-iommu") == 0)
    #expect(try found("virtio,mmio-bridge") == 0)
  }

  @Test(
    "tells whether a device is used",
    arguments: [
      ("okay", .okay), ("ok", .okay), ("disabled", .disabled), ("reserved", .reserved), ("fail", .fail),
      ("fail-fuse", .fail), ("off", .unknown), ("", .unknown),
      ("okay, but with a long word of no meaning that nobody reads", .unknown),
    ] as [(String, DiscoveredDevice.Status)])
  func status(text: String, status: DiscoveredDevice.Status) throws {
    func tree(device: String, bus: String) throws -> DiscoveredDevice? {
      let child = TreeNode.node(
        "virtio@0", [.compatible: .string("virtio,mmio"), .reg: .addresses([0, 0x200]), .status: .string(device)])
      let bus = TreeNode.node(
        "bus", [.addressCells: .numbers([1]), .ranges: .flag, .status: .string(bus)], child)
      return try onlyDevice(in: root(1, 1, bus))
    }
    #expect(try tree(device: text, bus: "okay")?.status == status)
    #expect(try tree(device: "okay", bus: text)?.status == status)
    // A device is still where it is.
    #expect(try tree(device: text, bus: "okay")?.window == RegisterWindow(base: 0, size: 0x200))
  }

  @Test("skips what says nothing, and lets the first of two properties count")
  func tolerance() throws {
    // FDT_NOP in the place of the root's FDT_END_NODE, which moves by a word.
    var blob = VirtioMMIOTree([VirtioMMIONode(base: 0x1000, interrupt: Interrupt(line: 1))]).blob
    let structureEnd = Int(blob.word(at: 8) + blob.word(at: 36))
    blob.insert(contentsOf: [0, 0, 0, 4], at: structureEnd - 8)
    for field in [4, 12, 36] { blob.setWord(blob.word(at: field) + 4, at: field) }
    #expect(try DeviceTree(blob: blob).devices.count == 1)

    let twice = TreeNode.node(
      "virtio@1000",
      [.compatible: .string("virtio,mmio"), .reg: .addresses([0x1000, 0x200]), .reg: .addresses([0x2000, 0x400])])
    #expect(
      try onlyDevice(in: root(1, 1, twice))?.window == RegisterWindow(base: 0x1000, size: 0x200))
  }
}

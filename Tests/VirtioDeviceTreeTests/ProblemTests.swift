import Testing
import VirtioSpec

@testable import VirtioDeviceTree

/// A node or a bus that is wrong in one way, and what is said of it.
struct ProblemCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let clause: ClauseID
  let problem: DiscoveryProblem.Kind
  /// In the root with its interrupt controller, phandle 1.
  let node: TreeNode

  init(
    _ description: String, _ clause: ClauseID, _ problem: DiscoveryProblem.Kind, _ node: TreeNode
  ) {
    (testDescription, self.clause, self.problem, self.node) = (description, clause, problem, node)
  }
}

@Suite("A virtio-mmio node is told to break")
struct ProblemTests {
  private typealias Properties = [PropertyName: TreeNode.Value]

  /// A node without a problem, but for these properties.
  private static func node(
    _ name: String = "virtio_block@1000", without absent: PropertyName? = nil, with changed: Properties = [:]
  ) -> TreeNode {
    let right: [(name: PropertyName, value: TreeNode.Value)] = [
      (.compatible, .string("virtio,mmio")), (.reg, .addresses([0x1000, 0x200])), (.interruptParent, .numbers([1])),
      (.interrupts, .numbers([7])),
    ]
    let kept = right.filter { $0.name != absent && changed[$0.name] == nil }
    return TreeNode(name: name, properties: kept + changed.map { (name: $0.key, value: $0.value) })
  }

  /// A node without a problem on a bus, with these properties besides #address-cells, which is 1.
  private static func bus(_ properties: Properties) -> TreeNode {
    TreeNode(
      name: "bus",
      properties: [(name: .addressCells, value: .numbers([1]))] + properties.map { (name: $0.key, value: $0.value) },
      children: [node()])
  }

  /// What is wrong with the only device of a tree with this node.
  private static func problems(_ node: TreeNode) throws -> [DiscoveryProblem]? {
    let root = TreeNode.node("", [.addressCells: .numbers([1])], node, controller(cells: 1))
    return try onlyDevice(in: root)?.problems
  }

  static let cases: [ProblemCase] = [
    // How a guest comes to know the address.
    ProblemCase("a bus without ranges", .mmioDt01, .busWithoutRanges(path: "/bus"), bus([:])),
    ProblemCase(
      "a window that begins behind the bus's ranges", .mmioDt01, .outsideRanges(path: "/bus"),
      bus([.ranges: .addresses([0, 0, 0x1000])])),
    ProblemCase(
      "a window that ends behind the bus's ranges", .mmioDt01, .outsideRanges(path: "/bus"),
      bus([.ranges: .addresses([0, 0, 0x11ff])])),
    ProblemCase(
      "ranges that are no entries", .mmioDt01, .raggedRanges(path: "/bus", size: 8, entry: 12),
      bus([.ranges: .addresses([0, 0])])),
    ProblemCase(
      "ranges that lead beyond 64 bits", .mmioDt01, .translationTooWide(path: "/bus/bus"),
      .node(
        "bus", [.addressCells: .numbers([2]), .ranges: .flag],
        bus([.ranges: .addresses([0, 0xffff_ffff, 0xffff_ff00, 0x2000])]))),
    ProblemCase(
      "ranges that lead the window's end beyond 64 bits", .mmioDt01, .translationTooWide(path: "/bus/bus"),
      .node(
        "bus", [.addressCells: .numbers([2]), .ranges: .flag],
        bus([.ranges: .addresses([0, 0xffff_ffff, 0xffff_ee01, 0x2000])]))),
    // compatible
    ProblemCase("no compatible", .mmioDt02, .notCompatible(nil), node(without: .compatible)),
    ProblemCase(
      "no compatible in a node of no type", .mmioDt02, .notCompatible(nil), node("virtio@1000", without: .compatible)),
    ProblemCase(
      "the kernel's name of the driver", .mmioDt02, .notCompatible("virtio-mmio"),
      node(with: [.compatible: .string("virtio-mmio")])),
    ProblemCase(
      "capital letters", .mmioDt02, .notCompatible("Virtio,MMIO"), node(with: [.compatible: .string("a\0Virtio,MMIO")])),
    ProblemCase(
      "a compatible that does not end", .mmioDt02, .notCompatible("virtio,mmio"),
      // A text without its zero byte, behind another one.
      node(with: [.compatible: .numbers(Array("disk\0virtio,mmio".utf8).words)])),
    // reg
    ProblemCase("no reg", .mmioDt03, .noReg, node(without: .reg)),
    ProblemCase("an empty reg", .mmioDt03, .raggedReg(size: 0, entry: 8), node(with: [.reg: .flag])),
    ProblemCase(
      "half a reg", .mmioDt03, .raggedReg(size: 12, entry: 8), node(with: [.reg: .addresses([0x1000, 0x200, 0])])),
    ProblemCase(
      "a window without room for the configuration space", .mmioDt03, .windowTooSmall(0x15f, minimum: 0x160),
      node(with: [.reg: .addresses([0x1000, 0x15f])])),
    ProblemCase(
      "a window without room for the registers", .mmioDt03, .windowTooSmall(0xff, minimum: 0x100),
      node("virtio@1000", with: [.reg: .addresses([0x1000, 0xff])])),
    ProblemCase(
      "a name that says another address", .mmioDt03, .wrongUnitAddress("2000", base: 0x1000),
      node("virtio_block@2000")),
    ProblemCase(
      "a name that says no address", .mmioDt03, .wrongUnitAddress("here", base: 0x1000), node("virtio_block@here")),
    ProblemCase(
      "a bus of no cells", .mmioDt03, .badBusCells(path: "/bus"),
      .node("bus", [.addressCells: .numbers([0]), .ranges: .flag], node())),
    ProblemCase(
      "a bus of too many cells", .mmioDt03, .badBusCells(path: "/bus"),
      .node("bus", [.addressCells: .numbers([1]), .sizeCells: .numbers([17]), .ranges: .flag], node())),
    ProblemCase(
      "a bus whose cells are no number", .mmioDt03, .badBusCells(path: "/bus"),
      .node("bus", [.addressCells: .string("1"), .ranges: .flag], node())),
    ProblemCase(
      "a base of more than 64 bits", .mmioDt03, .regTooWide,
      .node(
        "bus", [.addressCells: .numbers([3]), .sizeCells: .numbers([0]), .ranges: .flag],
        node(with: [.reg: .addresses([1, 0, 0x1000])]))),
    ProblemCase(
      "a window that wraps", .mmioDt03, .windowWraps,
      .node(
        "bus", [.addressCells: .numbers([2]), .ranges: .flag],
        node("virtio@ffffffffffffff00", with: [.reg: .addresses([0xffff_ffff, 0xffff_ff00, 0x101])]))),
    // interrupts
    ProblemCase("no interrupts", .mmioDt04, .noInterrupts, node(without: .interrupts)),
    ProblemCase("empty interrupts", .mmioDt04, .noInterrupts, node(with: [.interrupts: .flag])),
    ProblemCase("two interrupts", .mmioDt04, .severalInterrupts(2), node(with: [.interrupts: .numbers([7, 8])])),
    ProblemCase(
      "two interrupts of named controllers", .mmioDt04, .severalInterrupts(2),
      node(with: [.interruptsExtended: .numbers([1, 7, 1, 8])])),
    ProblemCase("half a cell", .mmioDt04, .raggedInterrupts, node(with: [.interrupts: .string("seven")])),
    ProblemCase(
      "half a cell behind a named controller", .mmioDt04, .raggedInterrupts,
      node(with: [.interruptsExtended: .string("seven")])),
    ProblemCase(
      "a named controller without a cell", .mmioDt04, .raggedInterrupts,
      node(with: [.interruptsExtended: .numbers([1])])),
    ProblemCase(
      "a named controller that is not there", .mmioDt04, .noNode(phandle: 9),
      node(with: [.interruptsExtended: .numbers([9, 7])])),
    ProblemCase("no controller", .mmioDt04, .noInterruptController, node(without: .interruptParent)),
    ProblemCase(
      "an interrupt parent that is not there", .mmioDt04, .noNode(phandle: 9),
      node(with: [.interruptParent: .numbers([9])])),
    ProblemCase(
      "an interrupt parent that is no phandle", .mmioDt04, .badInterruptParent,
      node(with: [.interruptParent: .string("intc")])),
    ProblemCase(
      "an interrupt parent that is the node itself", .mmioDt04, .endlessInterruptParents,
      node(with: [.phandle: .numbers([5]), .interruptParent: .numbers([5])])),
    ProblemCase(
      "a controller of no cells", .mmioDt04, .badInterruptCells(path: "/bus"),
      .node(
        "bus",
        [.addressCells: .numbers([1]), .ranges: .flag, .interruptCells: .numbers([0]), .phandle: .numbers([5])],
        node(with: [.interruptParent: .numbers([5])]))),
    ProblemCase(
      "a controller of too many cells", .mmioDt04, .badInterruptCells(path: "/bus"),
      .node(
        "bus",
        [.addressCells: .numbers([1]), .ranges: .flag, .interruptCells: .numbers([17]), .phandle: .numbers([5])],
        node(with: [.interruptParent: .numbers([5])]))),
  ]

  @Test("the clause, by", arguments: cases)
  func problem(of wrong: ProblemCase) throws {
    let problems = try Self.problems(wrong.node)
    #expect(problems?.map(\.kind) == [wrong.problem])
    #expect(problems?.map(\.clause) == [wrong.clause])
    #expect(problems?.first?.description.contains(": \(wrong.clause.name): ") == true)
  }

  @Test("none, where it is right")
  func right() throws {
    #expect(try Self.problems(Self.node()) == [])
    #expect(try Self.problems(Self.bus([.ranges: .flag])) == [])
    // Up to the last address.
    let last = TreeNode.node(
      "bus", [.addressCells: .numbers([2]), .ranges: .flag],
      Self.bus([.ranges: .addresses([0, 0xffff_ffff, 0xffff_ee00, 0x2000])]))
    #expect(try Self.problems(last) == [])
    // As much as a block device has, and no byte more.
    #expect(try Self.problems(Self.node(with: [.reg: .addresses([0x1000, 0x160])])) == [])
    #expect(try Self.problems(Self.node("disk", with: [:])) == [])
  }

  @Test("a clause at the byte where the property's value is, or else the node")
  func offsets() throws {
    let root = TreeNode.node(
      "", [.addressCells: .numbers([1])], Self.node(without: .interrupts, with: [.reg: .addresses([0x1000, 0x10])]),
      controller(cells: 1))
    let blob = root.blob
    let problems = try #require(try onlyDevice(in: root)?.problems)
    let name = try #require(blob.offset(of: "virtio_block@1000"))
    #expect(problems.map(\.kind) == [.windowTooSmall(0x10, minimum: 0x160), .noInterrupts])
    #expect(blob.word(at: problems[0].offset) == 0x1000)
    // In front of the name is the token.
    #expect(problems[1].offset == name - 4)
    #expect(try onlyDevice(in: root)?.offset == name - 4)
  }

  @Test("and others of the same tree are read all the same")
  func others() throws {
    let root = TreeNode.node(
      "", [.addressCells: .numbers([1])], Self.node("virtio@1000", without: .reg),
      Self.node("virtio@2000", with: [.reg: .addresses([0x2000, 0x200])]), controller(cells: 1))
    let devices = try DeviceTree(blob: root.blob).devices
    #expect(devices.map(\.window) == [nil, RegisterWindow(base: 0x2000, size: 0x200)])
    #expect(devices.map(\.problems.isEmpty) == [false, true])
  }
}

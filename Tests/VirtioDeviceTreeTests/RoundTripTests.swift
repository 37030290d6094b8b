import Testing
import VirtioDeviceTree

@Suite("What is written")
struct RoundTripTests {
  /// Trees of all widths of addresses and interrupts, and of both kinds of interrupts at once.
  static let trees: [[VirtioMMIONode]] = [
    [],
    [VirtioMMIONode(.block, base: 0x1e000, interrupt: Interrupt(line: 42))],
    [VirtioMMIONode(base: 0, size: 0x100, interrupt: Interrupt(line: .max))],
    [VirtioMMIONode(.entropy, base: 0xffff_ffff_ffff_fe00, interrupt: Interrupt(type: 1, number: 7, flags: 8))],
    (0..<32).map { slot in
      VirtioMMIONode(
        base: 0xa00_0000 + 0x200 * UInt64(slot), interrupt: Interrupt(type: 0, number: UInt32(16 + slot), flags: 1))
    },
    [
      VirtioMMIONode(.network, base: 0x1000, interrupt: Interrupt(line: 1)),
      VirtioMMIONode(.block, base: 0x2000, size: 0x1_0000_0000, interrupt: Interrupt(type: 0, number: 2, flags: 4)),
      VirtioMMIONode(.block, base: 0x8000_0000_0000, interrupt: Interrupt(line: 3)),
    ],
  ]

  @Test("is found again, without a problem", arguments: trees)
  func roundTrip(nodes: [VirtioMMIONode]) throws {
    try expectFound(nodes, in: DeviceTree(blob: VirtioMMIOTree(nodes).blob))
  }

  @Test("is found again with bytes behind it, which are none of it")
  func padding() throws {
    let nodes = Self.trees[1]
    try expectFound(nodes, in: DeviceTree(blob: VirtioMMIOTree(nodes).blob + [UInt8](repeating: 0xff, count: 99)))
  }
}

/// Expects these devices and no others.
func expectFound(_ nodes: [VirtioMMIONode], in tree: DeviceTree) throws {
  #expect(tree.devices.map(\.window) == nodes.map(\.window))
  #expect(tree.devices.map(\.interrupts) == nodes.map { [$0.interrupt] })
  #expect(tree.devices.map { "\($0.path.dropFirst())" } == nodes.map { "\($0.source.prefix { $0 != " " })" })
  #expect(tree.devices.allSatisfy { $0.status == .okay && $0.problems.isEmpty })
}

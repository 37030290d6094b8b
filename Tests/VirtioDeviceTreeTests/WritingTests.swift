import Testing

@testable import VirtioDeviceTree

@Suite("A virtio-mmio node")
struct WritingTests {
  private let example = VirtioMMIONode(.block, base: 0x1e000, interrupt: Interrupt(line: 42))

  @Test("of the specification's example has its source")
  func exampleSource() {
    #expect(
      example.source == """
        virtio_block@1e000 {
        \tcompatible = "virtio,mmio";
        \treg = <0x1e000 0x200>;
        \tinterrupts = <42>;
        };

        """)
  }

  @Test("is named after its device")
  func names() {
    func name(_ node: VirtioMMIONode) -> Substring { node.source.prefix { $0 != "@" } }
    #expect(name(VirtioMMIONode(base: 0, interrupt: Interrupt(line: 1))) == "virtio_mmio")
    #expect(name(VirtioMMIONode(.entropy, base: 0, interrupt: Interrupt(line: 1))) == "virtio_entropy")
    #expect(name(VirtioMMIONode(.network, base: 0, interrupt: Interrupt(line: 1))) == "virtio_network")
    #expect(name(VirtioMMIONode(.placeholder, base: 0, interrupt: Interrupt(line: 1))) == "virtio_mmio")
  }

  @Test("has two cells for a base or a size that needs them, and three for an interrupt of a GIC")
  func wide() {
    let interrupt = Interrupt(type: 0, number: 16, flags: 4)
    let far = VirtioMMIONode(base: 0x12_3456_7000, interrupt: interrupt)
    #expect(far.source.contains("virtio_mmio@1234567000 {"))
    #expect(far.source.contains("\treg = <0x12 0x34567000 0x0 0x200>;\n\tinterrupts = <0 16 4>;\n"))
    let large = VirtioMMIONode(base: 0x1000, size: 0x1_0000_0000, interrupt: interrupt)
    #expect(large.source.contains("\treg = <0x0 0x1000 0x1 0x0>;\n"))
  }

  @Test("stands in a tree with its interrupt controller")
  func treeSource() {
    #expect(
      VirtioMMIOTree([example]).source == """
        /dts-v1/;

        / {
        \t#address-cells = <1>;
        \t#size-cells = <1>;
        \tinterrupt-parent = <1>;

        \tvirtio_block@1e000 {
        \t\tcompatible = "virtio,mmio";
        \t\treg = <0x1e000 0x200>;
        \t\tinterrupts = <42>;
        \t};

        \tinterrupt-controller-1 {
        \t\tinterrupt-controller;
        \t\t#address-cells = <0>;
        \t\t#interrupt-cells = <1>;
        \t\tphandle = <1>;
        \t};
        };

        """)
  }

  @Test("is flattened behind a header of version 17 and no reservations, in blocks that lie side by side")
  func header() {
    let blob = VirtioMMIOTree([example]).blob
    let words = Array(blob.prefix(56)).words
    let (structure, strings) = (words[9], words[8])
    #expect(words[0] == 0xd00d_feed)
    #expect(Int(words[1]) == blob.count)
    #expect(words[2...7] == [56, 56 + structure, 40, 17, 16, 0])
    #expect(Int(56 + structure + strings) == blob.count)
    #expect(words[10...] == [0, 0, 0, 0])
    // FDT_BEGIN_NODE and the root's name, and FDT_END.
    #expect(blob.word(at: 56) == 1 && blob.word(at: 60) == 0)
    #expect(blob.word(at: Int(56 + structure) - 4) == 9)
    // Each name of a property once.
    let names = blob[Int(56 + structure)...].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    #expect(Set(names).count == names.count)
    #expect(names.contains("#address-cells") && names.contains("interrupts"))
  }
}

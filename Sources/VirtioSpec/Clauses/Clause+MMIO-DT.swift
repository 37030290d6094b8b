extension Clause {
  static let mmioDt: [Clause] = [
    Clause(
      .mmioDt01, "MMIO-DT-01", .device, .prose,
      source: "mmio:Device Discovery",
      says: """
        MMIO has no enumeration; base address, window size and interrupt have to come from outside (platform \
        description).
        """,
      observed: "harness configuration: window base/size and irq number are inputs, not discovered."),
    Clause(
      .mmioDt02, "MMIO-DT-02", .device, .prose,
      source: "mmio:Device Discovery",
      says: "The suggested device-tree node carries compatible = \"virtio,mmio\".",
      observed: "parse the node emitted by a VMM fixture; string must match exactly."),
    Clause(
      .mmioDt03, "MMIO-DT-03", .device, .prose,
      source: "mmio:Device Discovery",
      says: "The node's reg property gives base and length of the register window (0x200 bytes in the example).",
      observed: """
        reg length covers 0x100 control bytes plus the whole config layout of the device; base matches the unit \
        address.
        """),
    Clause(
      .mmioDt04, "MMIO-DT-04", .device, .prose,
      source: "mmio:Device Discovery",
      says: "The node's interrupts property names the single interrupt of the device.",
      observed: "exactly one interrupt specifier; trigger type (edge/level) is not fixed by the chapter (A2)."),
  ]
}

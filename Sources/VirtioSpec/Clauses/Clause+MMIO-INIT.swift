extension Clause {
  static let mmioInit: [Clause] = [
    Clause(
      .mmioInit01, "MMIO-INIT-01", .driver, .must,
      source: "mmio:Device Initialization",
      says: "Initialization begins with reading and checking MagicValue and Version.",
      observed: "trace rule: first two accesses to a fresh device are reads of 0x000 and 0x004."),
    Clause(
      .mmioInit02, "MMIO-INIT-02", .driver, .must,
      source: "mmio:Device Initialization",
      says: "If both check out, the driver reads DeviceID before it goes on.",
      observed: """
        trace rule: a write, or a read other than of 0x000/0x004/0x00c, before 0x008 was read on a fresh device \
        with valid magic/version (the text wants the read, not that it is the very next access).
        """),
    Clause(
      .mmioInit03, "MMIO-INIT-03", .driver, .must,
      source: "mmio:Device Initialization",
      says: "A DeviceID of 0 makes the driver abort initialization.",
      observed: "trace rule: Status write after DeviceID 0."),
    Clause(
      .mmioInit04, "MMIO-INIT-04", .driver, .mustNot,
      source: "mmio:Device Initialization",
      says: "After reading DeviceID 0 the driver accesses no other register.",
      observed: "trace rule: any access after DeviceID 0."),
    Clause(
      .mmioInit05, "MMIO-INIT-05", .driver, .mustNot,
      source: "mmio:Device Initialization",
      says: "A driver that expects no shared memory leaves 0x0ac-0x0bc alone.",
      observed: "trace rule: SHM register access by a driver for a type without regions (blk, rng, console, net)."),
    Clause(
      .mmioInit06, "MMIO-INIT-06", .driver, .must,
      source: "mmio:Device Initialization",
      says: "The rest of initialization follows the general Device Initialization sequence.",
      observed: "trace rule: see INIT-DRV rules; device must come up under exactly this sequence."),
  ]
}

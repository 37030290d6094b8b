extension Clause {
  static let cfgDev: [Clause] = [
    Clause(
      .cfgDev01, "CFG-DEV-01", .device, .must,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: """
        Every configuration field of the device can be read before FEATURES_OK, including fields of offered \
        optional features.
        """,
      observed: """
        read each offered field at Status 0,1,3 with conforming width: readable, no fault, no effect on the \
        device. Equality with the value after DRIVER_OK is derived (warn) and excludes fields that negotiation \
        sets: blk writeback (which drivers MUST NOT read yet), blk zoned, net speed/duplex/status.
        """),
    Clause(
      .cfgDev02, "CFG-DEV-02", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: "Modern interface: multi-byte configuration fields are little-endian.",
      observed: """
        32-bit reads of both words of capacity (low word first) and 16-bit reads of le16 fields, taken as bus \
        bytes, equal the fixture; no byte reads of wide fields (MMIO-DRV-06/07).
        """),
    Clause(
      .cfgDev03, "CFG-DEV-03", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: "The generation count changes whenever two accesses could see different versions of the configuration.",
      observed: """
        modern: inject a visible change of a field at any time, also before DRIVER_OK: generation differs \
        before/after (A14). Changes made by driver writes and unchanged values are not judged.
        """),
    Clause(
      .cfgDev04, "CFG-DEV-04", .device, .prose,
      source: """
        content.tex:sec:General Initialization And Device Operation / Device Operation / Notification of Device \
        Configuration Changes
        """,
      says: "A device-made configuration change is followed by a configuration change notification.",
      observed: """
        inject change with DRIVER_OK (not suspended): InterruptStatus bit 1 becomes 1. Where the device chapter \
        says SHOULD (blk capacity, write_zeroes_may_unmap) only a warning. Changes caused by the driver (config \
        write, net MAC_ADDR_SET, ANNOUNCE_ACK) owe none.
        """),
  ]
}

extension Clause {
  static let statDev: [Clause] = [
    Clause(
      .statDev01, "STAT-DEV-01", .device, .mustNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "Modern interface: no buffer is consumed before DRIVER_OK is set.",
      observed: """
        Set up queue and publish a buffer (even notify) before DRIVER_OK: used.idx stays 0, data buffers untouched \
        (reading the ring is allowed). Never suspended by a broken INIT-DRV-07. Legacy target: opposite rule \
        LEG-06.
        """),
    Clause(
      .statDev02, "STAT-DEV-02", .device, .mustNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "Modern interface: no used-buffer notification is sent before DRIVER_OK is set.",
      observed: """
        Same stimulus: InterruptStatus bit 0 stays 0 and the line inactive. Never suspended by a broken \
        INIT-DRV-07. Legacy target: not judged (LEG-06).
        """),
    Clause(
      .statDev03, "STAT-DEV-03", .device, .should,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "When the device enters an error only a reset can cure, it sets DEVICE_NEEDS_RESET (64).",
      observed: """
        Feed an unrecoverable ring (looped chain, head out of range): Status gains bit 6, or the device recovers; \
        silent hang is a finding (A22).
        """),
    Clause(
      .statDev04, "STAT-DEV-04", .device, .must,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "If DRIVER_OK is set when DEVICE_NEEDS_RESET gets set, a configuration change notification follows.",
      observed: """
        Bit 6 turns on while DRIVER_OK is already set: InterruptStatus bit 1 and the line must become active from \
        then on (an ack later may clear it). Bit 6 set before DRIVER_OK owes nothing when DRIVER_OK follows (A27).
        """),
    Clause(
      .statDev05, "STAT-DEV-05", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Device Status Field",
      says: "The status field is 0 at power-on.",
      observed: "first read of 0x070 on a fresh device."),
    Clause(
      .statDev06, "STAT-DEV-06", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Device Status Field",
      says: """
        Status bits are ACKNOWLEDGE 1, DRIVER 2, DRIVER_OK 4, FEATURES_OK 8, SUSPEND 16 (HEAD only), \
        DEVICE_NEEDS_RESET 64, FAILED 128.
        """,
      observed: """
        Device never turns on by itself a bit that the driver did not write, except 64 (and with bit 43 accepted \
        its moves of 16 and 4). Bits 16/32 seen only after the driver wrote them are not judged (A10: QEMU stores \
        the byte).
        """),
  ]
}

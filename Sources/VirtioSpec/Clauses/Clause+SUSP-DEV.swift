extension Clause {
  static let suspDev: [Clause] = [
    Clause(
      .suspDev01, "SUSP-DEV-01", .device, .must,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "SUSPEND writes are ignored until the device is fully initialized.",
      observed: """
        bit 43 offered: write Status with SUSPEND (16) added before DRIVER_OK: SUSPEND does not show, device does \
        not stop, init can be finished. Not in the chapter era.
        """),
    Clause(
      .suspDev02, "SUSP-DEV-02", .device, .must,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: """
        With VIRTIO_F_SUSPEND accepted, on SUSPEND the device either suspends (SUSPEND=1, DRIVER_OK=0) or sets \
        DEVICE_NEEDS_RESET.
        """,
      observed: """
        bit 43 accepted, running: poll 0x070 after adding 16: one of the two end states; the deadline starts when \
        started requests can end (SUSP-DEV-07).
        """),
    Clause(
      .suspDev03, "SUSP-DEV-03", .device, .mustNot,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "While suspended the device accesses no virtqueue.",
      observed: """
        bit 43 accepted, suspended: publish and notify: no ring/buffer access in the memory log. The stimulus \
        breaks SUSP-DRV-03/04; that must not suspend this clause.
        """),
    Clause(
      .suspDev04, "SUSP-DEV-04", .device, .mustNot,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "While suspended the device sends no virtqueue notification.",
      observed: """
        bit 43 accepted: InterruptStatus bit 0 not raised while suspended (a bit pending from before stays).
        """),
    Clause(
      .suspDev05, "SUSP-DEV-05", .device, .must,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "A config change that came up while suspended is notified after resuming, not before.",
      observed: """
        bit 43 accepted: inject change while suspended: bit 1 is not raised; after SUSPEND reads 0 again it \
        becomes 1.
        """),
    Clause(
      .suspDev06, "SUSP-DEV-06", .device, .must,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "Setting DRIVER_OK on a suspended device resumes it or yields DEVICE_NEEDS_RESET.",
      observed: """
        bit 43 accepted, suspended: write DRIVER_OK: SUSPEND goes 0 and DRIVER_OK 1, traffic continues from old \
        indices, or bit 6 set.
        """),
    Clause(
      .suspDev07, "SUSP-DEV-07", .device, .should,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "Before showing SUSPEND the device finishes started buffers and sends their used notifications.",
      observed: """
        bit 43 accepted: start slow requests, suspend: all consumed ones are used and notified before SUSPEND \
        reads 1 (warn only).
        """),
    Clause(
      .suspDev08, "SUSP-DEV-08", .device, .should,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "While suspended the device ignores writes to its configuration space, Status excepted.",
      observed: """
        bit 43 accepted, suspended: write a writable field (blk writeback): value and behaviour unchanged after \
        resume (warn).
        """),
    Clause(
      .suspDev09, "SUSP-DEV-09", .device, .mustNot,
      source: "content.tex:devicenormative:General Initialization And Device Operation / Device Suspend",
      says: "While suspended the device changes no field of its configuration space.",
      observed: """
        bit 43 accepted: config reads before and during suspension are equal. The next sentence of the text speaks \
        of changes during suspension, so a change injected by the harness is a warning only.
        """),
  ]
}

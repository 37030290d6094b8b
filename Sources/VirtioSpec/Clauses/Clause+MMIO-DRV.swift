extension Clause {
  static let mmioDrv: [Clause] = [
    Clause(
      .mmioDrv01, "MMIO-DRV-01", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: """
        The driver touches no offset that is not listed in the register table or the device's configuration \
        layout.
        """,
      observed: """
        trace rule: access to a gap (e.g. 0x018, 0x028 on modern, 0x0c4) or beyond the config layout. Device \
        reaction undefined (A24); harness may only demand survival.
        """),
    Clause(
      .mmioDrv02, "MMIO-DRV-02", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: "The driver never writes a register marked R.",
      observed: """
        trace rule: write to 0x000/004/008/00c/010/034/060/0b0-0bc/0fc. Adversarial mode: value must not change \
        (robustness only, A24).
        """),
    Clause(
      .mmioDrv03, "MMIO-DRV-03", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: "The driver never reads a register marked W.",
      observed: "trace rule: read of 0x014/020/024/030/038/050/064/080-0a4/0ac. Result undefined (A24)."),
    Clause(
      .mmioDrv04, "MMIO-DRV-04", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "Control registers are only accessed with aligned 32-bit reads and writes.",
      observed: """
        trace rule: any access below 0x100 with width!=4 or offset%4!=0. Adversarial mode: no crash, no state \
        change expected (robustness).
        """),
    Clause(
      .mmioDrv05, "MMIO-DRV-05", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "Modern interface: 8-bit configuration fields are accessed with 8-bit accesses.",
      observed: """
        trace rule: wider access covering a u8 field (e.g. blk writeback at 0x120). Version 2 only: the legacy \
        driver of Linux reads every field byte by byte (A15).
        """),
    Clause(
      .mmioDrv06, "MMIO-DRV-06", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "Modern interface: 16-bit configuration fields are accessed with aligned 16-bit accesses.",
      observed: """
        trace rule: width!=2 or odd offset on a le16 field (e.g. blk num_queues). Version 2 only: the legacy \
        driver of Linux reads every field byte by byte (A15).
        """),
    Clause(
      .mmioDrv07, "MMIO-DRV-07", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: """
        Modern interface: 32-bit and 64-bit configuration fields are accessed with aligned 32-bit accesses, a \
        64-bit field as two of them.
        """,
      observed: """
        trace rule: width!=4 or misaligned on le32/le64 field (e.g. blk capacity as one 8-byte access). Version 2 \
        only: the legacy driver of Linux reads every field byte by byte (A15).
        """),
    Clause(
      .mmioDrv08, "MMIO-DRV-08", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "A device with a wrong MagicValue is left alone.",
      observed: "trace rule: any register access other than 0x000/0x004 after a bad magic was read."),
    Clause(
      .mmioDrv09, "MMIO-DRV-09", .driver, .may,
      source: "mmio:Driver normative/Register Layout",
      says: "The driver is allowed to report an error for a wrong MagicValue.",
      observed: "not observable on the bus (permission)."),
    Clause(
      .mmioDrv10, "MMIO-DRV-10", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "A device whose Version is not 2 is left alone (by a driver without legacy support).",
      observed: """
        trace rule: access other than a read of 0x000/0x004 after Version!=2 was read; transitional drivers accept \
        1 (A26).
        """),
    Clause(
      .mmioDrv11, "MMIO-DRV-11", .driver, .may,
      source: "mmio:Driver normative/Register Layout",
      says: "The driver is allowed to report an error for an unsupported Version.",
      observed: "not observable on the bus (permission)."),
    Clause(
      .mmioDrv12, "MMIO-DRV-12", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "A device with DeviceID 0 is left alone.",
      observed: "trace rule: any access after 0 was read at 0x008."),
    Clause(
      .mmioDrv13, "MMIO-DRV-13", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: "DeviceID 0 is not reported as an error.",
      observed: "not observable on the bus; visible only in driver logs."),
    Clause(
      .mmioDrv14, "MMIO-DRV-14", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "DeviceFeaturesSel is written before DeviceFeatures is read.",
      observed: """
        trace rule: read of 0x010 with no write to 0x014 ever before. Written only before the last reset: no \
        driver fault by the text, but the device answer is not judged (A11).
        """),
    Clause(
      .mmioDrv15, "MMIO-DRV-15", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "DriverFeaturesSel is written before DriverFeatures is written.",
      observed: """
        trace rule: write to 0x020 with no write to 0x024 ever before. Written only before the last reset: no \
        driver fault by the text, but which word was meant is unknown (A11).
        """),
    Clause(
      .mmioDrv16, "MMIO-DRV-16", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "The value written to QueueNum does not exceed QueueNumMax of that queue.",
      observed: """
        trace rule: write to 0x038 greater than the last 0x034 value for that queue. Adversarial mode: device must \
        not run a ring larger than its maximum out of bounds (A7).
        """),
    Clause(
      .mmioDrv17, "MMIO-DRV-17", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: """
        While QueueReady is non-zero the driver leaves QueueNum and the six address registers of that queue alone.
        """,
      observed: "trace rule: write to 0x038/080/084/090/094/0a0/0a4 with the selected queue ready."),
    Clause(
      .mmioDrv18, "MMIO-DRV-18", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "To stop a queue the driver writes 0 to QueueReady.",
      observed: """
        trace rule: ring memory reused/freed with QueueReady still 1, no device reset and no completed queue reset \
        (QueueReset).
        """),
    Clause(
      .mmioDrv19, "MMIO-DRV-19", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "After that write the driver reads QueueReady back to synchronise.",
      observed: """
        trace rule: QueueReady=0 written to a queue that was ready, not followed by a read of 0x044 with the same \
        QueueSel (a device reset right after it ends the duty). A 0 write to a queue that is not ready is no stop.
        """),
    Clause(
      .mmioDrv20, "MMIO-DRV-20", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "Undefined bits found in InterruptStatus are ignored.",
      observed: "fake-device mode: set bit 31 in 0x060 together with bit 0; driver must behave as for bit 0 alone."),
    Clause(
      .mmioDrv21, "MMIO-DRV-21", .driver, .must,
      source: "mmio:Driver normative/Register Layout",
      says: "After handling an interrupt the driver writes the mask of handled events to InterruptACK.",
      observed: """
        trace rule: interrupt handled (status read non-zero) with no write to 0x064 covering the bits before the \
        next device reset; ack before or after the ring scan both pass (A1). Same event as MMIO-NOTIF-08: report \
        one finding.
        """),
    Clause(
      .mmioDrv22, "MMIO-DRV-22", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: "The mask written to InterruptACK contains no undefined bits.",
      observed: "trace rule: write to 0x064 with any of bits 2-31 set."),
    Clause(
      .mmioDrv23, "MMIO-DRV-23", .driver, .mustNot,
      source: "mmio:Driver normative/Register Layout",
      says: "With RING_RESET accepted, a queue reset counts as done only when QueueReset has been read back as 0.",
      observed: """
        trace rule: queue memory touched or QueueReady=1 written after QueueReset=1 without a 0 read of 0x0c0 \
        between.
        """),
    Clause(
      .mmioDrv24, "MMIO-DRV-24", .driver, .may,
      source: "mmio:Driver normative/Register Layout",
      says: """
        After a queue reset the driver may enable the queue again by QueueReady=1 once its registers are set up.
        """,
      observed: "device side: after reset + full re-setup + QueueReady=1 traffic must flow again."),
    Clause(
      .mmioDrv25, "MMIO-DRV-25", .driver, .may,
      source: "mmio:Driver normative/Register Layout",
      says: "The setup after a queue reset may use other sizes and addresses than before.",
      observed: """
        device side: re-enable with a different QueueNum and different areas; only the new areas are accessed.
        """),
  ]
}

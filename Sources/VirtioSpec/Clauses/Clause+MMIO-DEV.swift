extension Clause {
  static let mmioDev: [Clause] = [
    Clause(
      .mmioDev01, "MMIO-DEV-01", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "MagicValue always reads 0x74726976.",
      observed: "Any 32-bit read at 0x000 giving another value."),
    Clause(
      .mmioDev02, "MMIO-DEV-02", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "Version always reads 2 (non-legacy interface).",
      observed: "Any 32-bit read at 0x004 giving another value while the target is declared modern."),
    Clause(
      .mmioDev03, "MMIO-DEV-03", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "As soon as an event happens its InterruptStatus bit becomes 1.",
      observed: """
        When the guest-memory log shows a used entry appearing with notification due, or a config change that owes \
        a notification (CFG-DEV-04) is injected with DRIVER_OK set, poll 0x060: bit set before or together with \
        the line going active. Changes between reset and DRIVER_OK owe no bit (RESET-DEV-02).
        """),
    Clause(
      .mmioDev04, "MMIO-DEV-04", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "A set InterruptStatus bit stays 1 until the driver acknowledges that very bit through InterruptACK.",
      observed: """
        Read 0x060 many times (no read-to-clear), touch other registers, ack the other bit: bit still set. Only \
        the ack or a reset may clear it.
        """),
    Clause(
      .mmioDev05, "MMIO-DEV-05", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "InterruptStatus bits with no event behind them read 0.",
      observed: """
        Bits 2-31 always 0; bit 1 not raised by used buffers alone (DEVICE_NEEDS_RESET raises it lawfully); bit 0 \
        not raised by a pure config change (A3) nor with no newly used buffer at all. Bit 0 after a used buffer \
        with suppressed notification is only SHOULD NOT (SPLIT-DEV-19, EVENTIDX-DEV-03).
        """),
    Clause(
      .mmioDev06, "MMIO-DEV-06", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "A reset clears every InterruptStatus bit.",
      observed: """
        Leave bit 0 and/or 1 pending, write Status=0, wait until Status reads 0: 0x060 reads 0 and the line is \
        inactive; no stale interrupt after re-init.
        """),
    Clause(
      .mmioDev07, "MMIO-DEV-07", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "A reset clears the QueueReady bit of every queue.",
      observed: """
        Enable all queues, write Status=0, wait until Status reads 0, select each existing queue: 0x044 reads 0 \
        for all, not only the selected one.
        """),
    Clause(
      .mmioDev08, "MMIO-DEV-08", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "ConfigGeneration changes whenever the driver could otherwise see a mixed configuration.",
      observed: """
        Inject config changes between the two generation reads and between the halves of a 64-bit field: torn data \
        together with equal generations is a violation (A14).
        """),
    Clause(
      .mmioDev09, "MMIO-DEV-09", .device, .mustNot,
      source: "mmio:Device normative/Register Layout",
      says: "While QueueReady is 0 for a never-enabled queue the device leaves the virtqueue memory alone.",
      observed: """
        Program size/addresses, publish a buffer, notify with QueueReady=0 (DRIVER_OK set): memory log shows no \
        read/write of the three areas, used.idx unchanged.
        """),
    Clause(
      .mmioDev10, "MMIO-DEV-10", .device, .mustNot,
      source: "mmio:Device normative/Register Layout",
      says: "After a live queue is switched off by QueueReady=0 the device no longer touches its virtqueue memory.",
      observed: """
        Run traffic, write QueueReady=0 and read back 0, publish and notify again: no access to ring memory, no \
        late completions (A5).
        """),
    Clause(
      .mmioDev11, "MMIO-DEV-11", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "With VIRTIO_F_RING_RESET accepted, QueueReset reads 0 after a device reset.",
      observed: """
        RING_RESET accepted: Status=0 while or after a queue reset; once Status reads 0, 0x0c0 reads 0 for every \
        existing queue.
        """),
    Clause(
      .mmioDev12, "MMIO-DEV-12", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: """
        With VIRTIO_F_RING_RESET accepted, QueueReset reads 0 once the queue has been enabled through QueueReady.
        """,
      observed: "Write QueueReady=1, read 0x0c0: 0."),
    Clause(
      .mmioDev13, "MMIO-DEV-13", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "With VIRTIO_F_RING_RESET accepted, writing 1 to QueueReset makes the device reset that queue.",
      observed: """
        Bit 40 accepted, write 1 on a live queue: QueueReady eventually reads 0, indices restart at 0 after \
        re-enable. The normative sentence names no feature, the register table does: without acceptance not judged \
        (A17).
        """),
    Clause(
      .mmioDev14, "MMIO-DEV-14", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "With VIRTIO_F_RING_RESET accepted, QueueReset reads 1 for as long as the queue reset is still running.",
      observed: """
        Poll 0x0c0 after the write while requests are held in flight by the fixture: sequence must be 1*0+ (an \
        immediate 0 is legal); once 0 was read, no ring or buffer access, used entry or notification of that queue \
        until it is enabled again.
        """),
    Clause(
      .mmioDev15, "MMIO-DEV-15", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "With VIRTIO_F_RING_RESET accepted, QueueReset reads 0 once the queue reset has finished.",
      observed: """
        Poll 0x0c0 with a deadline that starts when the fixture lets the in-flight requests end; must reach 0 (a \
        backend held stalled on purpose is no violation).
        """),
    Clause(
      .mmioDev16, "MMIO-DEV-16", .device, .must,
      source: "mmio:Device normative/Register Layout",
      says: "With VIRTIO_F_RING_RESET accepted, QueueReady reads 0 once the queue reset has finished.",
      observed: """
        When 0x0c0 reads 0 after a queue reset, 0x044 of the same queue must read 0 until the driver writes 1 to \
        it again.
        """),
  ]
}

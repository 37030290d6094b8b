extension Clause {
  static let mmioReg: [Clause] = [
    Clause(
      .mmioReg01, "MMIO-REG-01", .device, .table,
      source: "mmio:Register table/MagicValue",
      says: """
        MagicValue lives at offset 0x000, is read-only and 32 bits wide; read as little-endian bytes it spells \
        v,i,r,t.
        """,
      observed: """
        32-bit read at 0x000 in every state (power-on, running, after reset, after FAILED); bytes must be 76 69 72 \
        74.
        """),
    Clause(
      .mmioReg02, "MMIO-REG-02", .device, .table,
      source: "mmio:Register table/Version",
      says: """
        Version lives at offset 0x004, is read-only and 32 bits wide; a non-legacy device answers 2, a legacy one \
        answers 1.
        """,
      observed: """
        32-bit read at 0x004; selects modern or legacy rule set for the rest of the run; any third value is \
        outside the chapter (A26).
        """),
    Clause(
      .mmioReg03, "MMIO-REG-03", .device, .table,
      source: "mmio:Register table/DeviceID",
      says: """
        DeviceID lives at offset 0x008, is read-only and 32 bits wide, and carries the device-type number from the \
        Device Types chapter.
        """,
      observed: """
        32-bit read at 0x008 equals the type the harness was told to expect and does not change over the run.
        """),
    Clause(
      .mmioReg04, "MMIO-REG-04", .device, .table,
      source: "mmio:Register table/DeviceID",
      says: "A DeviceID of 0 marks a placeholder slot that has no function assigned.",
      observed: "Read 0 at 0x008: harness ends the run as \"placeholder\"; no other register may be judged (A26)."),
    Clause(
      .mmioReg05, "MMIO-REG-05", .device, .table,
      source: "mmio:Register table/VendorID",
      says: "VendorID lives at offset 0x00c, is read-only and 32 bits wide; no value is prescribed.",
      observed: "32-bit read at 0x00c; only stability across reads can be checked (heuristic), not the value."),
    Clause(
      .mmioReg06, "MMIO-REG-06", .device, .table,
      source: "mmio:Register table/DeviceFeatures",
      says: """
        DeviceFeatures lives at offset 0x010, is read-only, and returns the 32 feature bits starting at bit \
        32*DeviceFeaturesSel.
        """,
      observed: """
        Write Sel=0 then 1, read 0x010 each time; words must match the offered set, be repeatable, and VERSION_1 \
        must show up as bit 0 of word 1.
        """),
    Clause(
      .mmioReg07, "MMIO-REG-07", .device, .table,
      source: "mmio:Register table/DeviceFeatures",
      says: """
        The 32*Sel windowing rule holds for every selector value, so Sel=2 shows bits 64-95 and not a copy of a \
        lower word.
        """,
      observed: """
        Write Sel=2,3,4,0x08000000,0x80000000,0xffffffff and read 0x010 (0x08000000 catches a 32-bit wrap of \
        32*Sel). Fixture knows the offer: word must equal it. Otherwise only a NON-ZERO copy of word 0 or 1 is a \
        violation; 0 equal to a zero word (rng without ring features) is fine; non-zero words >= 4 are a warning \
        (A8, later spec versions).
        """),
    Clause(
      .mmioReg08, "MMIO-REG-08", .device, .table,
      source: "mmio:Register table/DeviceFeaturesSel",
      says: """
        DeviceFeaturesSel lives at offset 0x014, is write-only and 32 bits wide; the most recent write alone \
        decides which word DeviceFeatures shows.
        """,
      observed: """
        Write a random selector sequence, read DeviceFeatures several times between writes; value depends only on \
        the last selector and not on reads or on DriverFeaturesSel.
        """),
    Clause(
      .mmioReg09, "MMIO-REG-09", .device, .table,
      source: "mmio:Register table/DriverFeatures",
      says: """
        DriverFeatures lives at offset 0x020, is write-only, and stores the accepted bits for the word chosen by \
        DriverFeaturesSel.
        """,
      observed: """
        Indirect: negotiate with and without e.g. EVENT_IDX or INDIRECT_DESC and check that ring behaviour follows \
        the written word.
        """),
    Clause(
      .mmioReg10, "MMIO-REG-10", .device, .table,
      source: "mmio:Register table/DriverFeatures",
      says: "Writing one feature word leaves the other words of the accepted set untouched.",
      observed: """
        Write word 1 then word 0, and word 0 then word 1: both orders must give the same FEATURES_OK verdict and \
        the same ring behaviour.
        """),
    Clause(
      .mmioReg11, "MMIO-REG-11", .device, .table,
      source: "mmio:Register table/DriverFeatures",
      says: """
        A second write to the same feature word before FEATURES_OK determines that word together with or instead \
        of the first one (\"sets\": replace is the plain reading, OR is not excluded).
        """,
      observed: """
        Write word 0 with bit X, then without X, finish init: behaviour must match \"X not accepted\" (replace) or \
        \"X accepted\" (OR), the same way every time; only the strict profile demands replace (A9: Firecracker and \
        kvmtool OR).
        """),
    Clause(
      .mmioReg12, "MMIO-REG-12", .device, .table,
      source: "mmio:Register table/DriverFeaturesSel",
      says: """
        DriverFeaturesSel lives at offset 0x024, is write-only and 32 bits wide, and directs the next \
        DriverFeatures writes only.
        """,
      observed: """
        Interleave DeviceFeaturesSel and DriverFeaturesSel writes; neither may influence the other (DeviceFeatures \
        readback unaffected by 0x024).
        """),
    Clause(
      .mmioReg13, "MMIO-REG-13", .device, .table,
      source: "mmio:Register table/QueueSel",
      says: """
        QueueSel lives at offset 0x030, is write-only and 32 bits wide; index 0 is the first queue, and the choice \
        stays in force for all per-queue registers until the next write or a device reset.
        """,
      observed: """
        Write k of an existing queue, then many reads of QueueNumMax/QueueReady with unrelated register traffic \
        between: answers stay those of queue k. After Status=0 the selection is unknown until QueueSel is written \
        again (A11: Firecracker clears it, QEMU keeps it).
        """),
    Clause(
      .mmioReg14, "MMIO-REG-14", .device, .table,
      source: "mmio:Register table/QueueSel",
      says: "Per-queue registers act on the selected queue only; configuring one queue never alters another.",
      observed: """
        Give queues 0..n distinct sizes/addresses/ready bits; read back QueueReady/QueueReset per queue, and check \
        each used ring is written only in its own Device Area.
        """),
    Clause(
      .mmioReg15, "MMIO-REG-15", .device, .table,
      source: "mmio:Register table/QueueNumMax",
      says: """
        QueueNumMax (HEAD: QueueSizeMax) lives at offset 0x034, is read-only, and gives the largest number of \
        elements the device can handle for the selected queue.
        """,
      observed: """
        Read for each queue before setup; a queue of the largest usable size must work to full depth: packed ring \
        = the value itself, split ring = largest power of two not above it (the text does not make the maximum a \
        power of two, A7; other split sizes are a driver fault).
        """),
    Clause(
      .mmioReg16, "MMIO-REG-16", .device, .table,
      source: "mmio:Register table/QueueNumMax",
      says: "QueueNumMax reads 0 when the selected queue does not exist or cannot be used.",
      observed: """
        Before EACH probe select an existing queue again, then an absent index >= n (n, n+1, 0x3ff, 0x400, 5000, \
        0xffff) and read 0x034: must be 0. Without the step back a device that ignores the write passes (A6: QEMU \
        >= 1024). Values above 0xffff are no virtqueue index: aliasing there is a warning only.
        """),
    Clause(
      .mmioReg17, "MMIO-REG-17", .device, .table,
      source: "mmio:Register table/QueueNum",
      says: """
        QueueNum (HEAD: QueueSize) lives at offset 0x038, is write-only, and tells the device how many elements \
        the selected queue will have.
        """,
      observed: """
        Set size s below the maximum, run more than s requests: device must wrap avail/used indexing at s, never \
        touching ring slots beyond s (guest-memory write log, canaries after the ring).
        """),
    Clause(
      .mmioReg18, "MMIO-REG-18", .device, .table,
      source: "mmio:Register table/QueueReady",
      says: """
        QueueReady lives at offset 0x044, is read-write, and a written 1 permits the device to execute requests of \
        the selected queue: one that it is notified of is served.
        """,
      observed: """
        DRIVER_OK, QueueReady=1, publish a buffer that the device can finish by itself (blk request, rng, tx or \
        control buffer, backend not stalled; an rx buffer only after input was injected) and notify: a used \
        element must appear within the harness deadline. Empty rx queues owe nothing. Liveness is derived from the \
        table text.
        """),
    Clause(
      .mmioReg19, "MMIO-REG-19", .device, .table,
      source: "mmio:Register table/QueueReady",
      says: """
        Reading QueueReady gives back the value last written for the selected queue, until a device reset or a \
        completed queue reset turns it into 0.
        """,
      observed: """
        Existing queue, valid size and addresses, FEATURES_OK set: write 0/1 and read back at once and after \
        switching QueueSel; also during DRIVER_OK (A4: some devices ignore the write). Not judged: absent queue, \
        write before FEATURES_OK, other values than 0/1, and between QueueReset=1 and the next QueueReady write \
        (MMIO-DEV-16 demands 0 there).
        """),
    Clause(
      .mmioReg20, "MMIO-REG-20", .device, .table,
      source: "mmio:Register table/QueueNotify",
      says: """
        QueueNotify lives at offset 0x050, is write-only, and tells the device that the named queue holds new \
        buffers.
        """,
      observed: """
        Running device, queue i ready: write index i after publishing buffers that can be finished (see \
        MMIO-REG-18): queue i gets processed; no event needed on other queues. 32-bit write only.
        """),
    Clause(
      .mmioReg21, "MMIO-REG-21", .device, .table,
      source: "mmio:Register table/QueueNotify",
      says: "Without VIRTIO_F_NOTIFICATION_DATA the value written to QueueNotify is just the queue index.",
      observed: """
        Feature 38 not accepted: notify with the plain index for every queue; each is processed. Upper 16 bits \
        non-zero is undefined (A13).
        """),
    Clause(
      .mmioReg22, "MMIO-REG-22", .device, .table,
      source: "mmio:Register table/QueueNotify",
      says: """
        With VIRTIO_F_NOTIFICATION_DATA the 32-bit value holds the queue index in bits 0-15, next_off in bits \
        16-30 and next_wrap in bit 31.
        """,
      observed: """
        Feature 38 accepted: notify with the packed value; a device that treats the whole word as an index will \
        not process the queue (A19).
        """),
    Clause(
      .mmioReg23, "MMIO-REG-23", .device, .table,
      source: "mmio:Register table/InterruptStatus",
      says: """
        InterruptStatus lives at offset 0x060 (the table prints 0x60), is read-only, and reports pending causes: \
        bit 0 used buffer, bit 1 configuration change.
        """,
      observed: """
        Read after a used buffer whose notification is due (not suppressed through avail.flags, used_event or \
        event flags): bit 0 set. Read after a device-side config change that owes a notification (CFG-DEV-04), \
        DRIVER_OK set: bit 1 set. A change between reset and DRIVER_OK owes no bit (RESET-DEV-02 forbids it).
        """),
    Clause(
      .mmioReg24, "MMIO-REG-24", .device, .table,
      source: "mmio:Register table/InterruptACK",
      says: """
        InterruptACK lives at offset 0x064, is write-only, and a written mask declares exactly those causes as \
        handled.
        """,
      observed: """
        Nothing in flight and both causes pending: write 1, read InterruptStatus: must be 2; then write 2: must be \
        0. Writing 0 clears nothing. With traffic running an acked bit may be set again by a newer event (A1). \
        Some targets ignore acks before DRIVER_OK (A12).
        """),
    Clause(
      .mmioReg25, "MMIO-REG-25", .device, .table,
      source: "mmio:Register table/Status",
      says: "Status lives at offset 0x070, is read-write, and a read returns the current device status flags.",
      observed: """
        Read after each init step; equals the flags set so far (FEATURES_OK may be withheld) plus device-owned \
        bits; with bit 43 accepted the device also moves SUSPEND and DRIVER_OK.
        """),
    Clause(
      .mmioReg26, "MMIO-REG-26", .device, .table,
      source: "mmio:Register table/Status",
      says: "Writing a non-zero value to Status sets the named flags and has no reset effect.",
      observed: """
        Write growing flag sets; read back must contain them (FEATURES_OK may be withheld); queue and feature \
        state survive.
        """),
    Clause(
      .mmioReg27, "MMIO-REG-27", .device, .table,
      source: "mmio:Register table/Status",
      says: "Writing 0 to Status starts a device reset.",
      observed: """
        Write 0 from any state incl. FAILED and DEVICE_NEEDS_RESET; Status reads 0 within the reset deadline of \
        the profile (no text demands \"at once\": a delay alone is a warning, A11). Same event as RESET-DEV-01: \
        report one finding.
        """),
    Clause(
      .mmioReg28, "MMIO-REG-28", .device, .table,
      source: "mmio:Register table/QueueDescLow/High",
      says: """
        QueueDescLow 0x080 and QueueDescHigh 0x084, both write-only 32 bits, together give the 64-bit \
        guest-physical base of the selected queue's Descriptor Area.
        """,
      observed: """
        Place the area above 4 GiB; memory log shows descriptor fetches only at the combined address. Also write \
        High before Low (no order is prescribed).
        """),
    Clause(
      .mmioReg29, "MMIO-REG-29", .device, .table,
      source: "mmio:Register table/QueueDriverLow/High",
      says: """
        QueueDriverLow 0x090 and QueueDriverHigh 0x094, both write-only 32 bits, together give the 64-bit base of \
        the Driver Area (split: available ring).
        """,
      observed: "As above: avail.idx/flags reads happen at the combined address only."),
    Clause(
      .mmioReg30, "MMIO-REG-30", .device, .table,
      source: "mmio:Register table/QueueDeviceLow/High",
      says: """
        QueueDeviceLow 0x0a0 and QueueDeviceHigh 0x0a4, both write-only 32 bits, together give the 64-bit base of \
        the Device Area (split: used ring).
        """,
      observed: """
        As above: used ring writes land at the combined address only; poison at the low-32-bit alias stays intact.
        """),
    Clause(
      .mmioReg31, "MMIO-REG-31", .device, .table,
      source: "mmio:Register table/SHMSel",
      says: """
        SHMSel lives at offset 0x0ac, is write-only, and chooses the shared memory region that SHMLen*/SHMBase* \
        describe.
        """,
      observed: "Write different ids, read 0x0b0-0x0bc: answers depend on the last id written only."),
    Clause(
      .mmioReg32, "MMIO-REG-32", .device, .table,
      source: "mmio:Register table/SHMLenLow/High",
      says: """
        SHMLenLow 0x0b0 and SHMLenHigh 0x0b4, both read-only, give the 64-bit byte length of the selected region.
        """,
      observed: "For a configured region the pair equals the length known to the harness fixture."),
    Clause(
      .mmioReg33, "MMIO-REG-33", .device, .table,
      source: "mmio:Register table/SHMLenLow/High",
      says: "For an id with no region behind it the length reads as 64-bit -1 (both words 0xffffffff).",
      observed: """
        SHMSel=unused id (all ids, on a device without regions): 0x0b0 and 0x0b4 read 0xffffffff (A16). The probe \
        by the harness breaks MMIO-INIT-05; that must not suspend this clause.
        """),
    Clause(
      .mmioReg34, "MMIO-REG-34", .device, .table,
      source: "mmio:Register table/SHMBaseLow/High",
      says: """
        SHMBaseLow 0x0b8 and SHMBaseHigh 0x0bc, both read-only, give the 64-bit physical base of the selected \
        region, picked by the device side.
        """,
      observed: "For a configured region the pair equals the fixture address and memory there is backed."),
    Clause(
      .mmioReg35, "MMIO-REG-35", .device, .table,
      source: "mmio:Register table/SHMBaseLow/High",
      says: "For an id with no region behind it the base reads as 0xffffffffffffffff.",
      observed: """
        SHMSel=unused id: 0x0b8 and 0x0bc read 0xffffffff (A16: widely unimplemented, report as separate finding \
        class). Not suspended by MMIO-INIT-05.
        """),
    Clause(
      .mmioReg36, "MMIO-REG-36", .device, .table,
      source: "mmio:Register table/QueueReset",
      says: """
        QueueReset lives at offset 0x0c0, is read-write, and with VIRTIO_F_RING_RESET accepted a written 1 resets \
        only the selected queue.
        """,
      observed: """
        Accept bit 40, run two queues, write 1 for one: that queue restarts from scratch, the other keeps its \
        indices and in-flight work (A17).
        """),
    Clause(
      .mmioReg37, "MMIO-REG-37", .device, .table,
      source: "mmio:Register table/ConfigGeneration",
      says: """
        ConfigGeneration lives at offset 0x0fc, is read-only, and two reads with no configuration change between \
        them return the same value.
        """,
      observed: """
        Read twice with config reads, I/O, notifications and other register reads between, no device-side change \
        injected: equal. Not judged across a device reset, a FEATURES_OK write (blk writeback and zoned fields may \
        change), a driver-made config write, or a command that changes config (net MAC_ADDR_SET, ANNOUNCE_ACK) \
        (A11, A14).
        """),
    Clause(
      .mmioReg38, "MMIO-REG-38", .device, .table,
      source: "mmio:Register table/Config",
      says: """
        The device-specific configuration space starts at offset 0x100, is read-write, and its fields sit at plain \
        byte offsets, so that 8-bit fields are reachable at any offset.
        """,
      observed: """
        Read each field with its conforming width (u8 by 8-bit access, also at odd offsets such as blk 0x119 or \
        0x139; le16 by 16-bit; le32/le64 by 32-bit): equals the fixture. Byte reads of wider fields break \
        MMIO-DRV-06/07 on a modern device: a mismatch there is a warning only (A15; legacy Linux relies on them).
        """),
    Clause(
      .mmioReg39, "MMIO-REG-39", .device, .prose,
      source: "mmio:Register Layout",
      says: "Every control register value is little-endian irrespective of guest byte order.",
      observed: """
        Drive the bus with byte arrays on a modern target: value bytes must be LSB first (matters for big-endian \
        harness or models with native endianness). Legacy targets: not judged (A18).
        """),
  ]
}

extension Clause {
  static let mmioLeg: [Clause] = [
    Clause(
      .mmioLeg01, "MMIO-LEG-01", .device, .table,
      source: "mmio:Legacy table/MagicValue",
      says: "Legacy: MagicValue stays at 0x000, read-only, same value.",
      observed: "as MMIO-REG-01."),
    Clause(
      .mmioLeg02, "MMIO-LEG-02", .device, .table,
      source: "mmio:Legacy table/Version",
      says: "Legacy: Version at 0x004 reads 1.",
      observed: "32-bit read at 0x004 on a target declared legacy."),
    Clause(
      .mmioLeg03, "MMIO-LEG-03", .device, .table,
      source: "mmio:Legacy table/DeviceID",
      says: "Legacy: DeviceID stays at 0x008, read-only, same meaning.",
      observed: "32-bit read at 0x008."),
    Clause(
      .mmioLeg04, "MMIO-LEG-04", .device, .table,
      source: "mmio:Legacy table/VendorID",
      says: "Legacy: VendorID stays at 0x00c, read-only, same meaning.",
      observed: "32-bit read at 0x00c."),
    Clause(
      .mmioLeg05, "MMIO-LEG-05", .device, .table,
      source: "mmio:Legacy table/HostFeatures",
      says: "Legacy: HostFeatures at 0x010, read-only, windowed like the modern DeviceFeatures.",
      observed: "Sel=0 shows the 32 legacy bits; VERSION_1 (word 1 bit 0) must not be needed."),
    Clause(
      .mmioLeg06, "MMIO-LEG-06", .device, .table,
      source: "mmio:Legacy table/HostFeaturesSel",
      says: "Legacy: HostFeaturesSel at 0x014, write-only, selects the HostFeatures word.",
      observed: """
        0x010 shows word Sel of the offer; words may be equal (both 0), and 0 for Sel>0 is normal (QEMU, kvmtool): \
        only a non-zero copy of word 0 at Sel=1 is suspicious.
        """),
    Clause(
      .mmioLeg07, "MMIO-LEG-07", .device, .table,
      source: "mmio:Legacy table/GuestFeatures",
      says: "Legacy: GuestFeatures at 0x020, write-only, stores accepted bits of the selected word.",
      observed: "ring behaviour follows accepted bits (EVENT_IDX, INDIRECT_DESC) without any FEATURES_OK step."),
    Clause(
      .mmioLeg08, "MMIO-LEG-08", .device, .table,
      source: "mmio:Legacy table/GuestFeaturesSel",
      says: "Legacy: GuestFeaturesSel at 0x024, write-only, selects the GuestFeatures word.",
      observed: "as above."),
    Clause(
      .mmioLeg09, "MMIO-LEG-09", .device, .table,
      source: "mmio:Legacy table/GuestPageSize",
      says: """
        Legacy: GuestPageSize at 0x028, write-only, sets the unit in bytes that turns QueuePFN into an address.
        """,
      observed: "Set 4096 and 65536 with the same PFN: ring is looked up at PFN*size (memory log)."),
    Clause(
      .mmioLeg10, "MMIO-LEG-10", .driver, .table,
      source: "mmio:Legacy table/GuestPageSize",
      says: "Legacy: the page size written is a power of two.",
      observed: """
        trace rule (advice): 0x028 write with popcount!=1; lower-case should, no RFC 2119 level; device reaction \
        undefined (QEMU takes the lowest set bit), survival only.
        """),
    Clause(
      .mmioLeg11, "MMIO-LEG-11", .driver, .prose,
      source: "mmio:Legacy table/GuestPageSize",
      says: "Legacy: GuestPageSize is written during init before any queue is used.",
      observed: """
        trace rule: QueuePFN non-zero written with no 0x028 write since power-on; whether a reset forgets it is \
        undefined (A18: Linux writes it before its first reset and not again on re-init).
        """),
    Clause(
      .mmioLeg12, "MMIO-LEG-12", .device, .table,
      source: "mmio:Legacy table/QueueSel",
      says: """
        Legacy: QueueSel at 0x030, write-only, selects the queue for QueueNumMax, QueueNum, QueueAlign and \
        QueuePFN; first queue is 0.
        """,
      observed: "as MMIO-REG QueueSel rules on the legacy register set."),
    Clause(
      .mmioLeg13, "MMIO-LEG-13", .device, .table,
      source: "mmio:Legacy table/QueueNumMax",
      says: "Legacy: QueueNumMax at 0x034, read-only, gives the maximum size or 0 if the queue is unavailable.",
      observed: """
        select an existing queue, then the absent index, read before setup: out-of-range index reads 0 (A6); \
        in-range non-zero value, queue works at a power of two up to it.
        """),
    Clause(
      .mmioLeg14, "MMIO-LEG-14", .driver, .table,
      source: "mmio:Legacy table/QueueNumMax",
      says: "Legacy: QueueNumMax may only be read while QueuePFN of that queue is 0.",
      observed: "trace rule: 0x034 read with the selected queue in use; value then undefined."),
    Clause(
      .mmioLeg15, "MMIO-LEG-15", .device, .table,
      source: "mmio:Legacy table/QueueNum",
      says: "Legacy: QueueNum at 0x038, write-only, announces the queue size used.",
      observed: "ring layout (avail/used offsets) follows the written size."),
    Clause(
      .mmioLeg16, "MMIO-LEG-16", .device, .table,
      source: "mmio:Legacy table/QueueAlign",
      says: "Legacy: QueueAlign at 0x03c, write-only, sets the used-ring alignment in bytes for the selected queue.",
      observed: "Use 4096 and 256: used ring must appear at the next multiple after the avail ring (memory log)."),
    Clause(
      .mmioLeg17, "MMIO-LEG-17", .driver, .table,
      source: "mmio:Legacy table/QueueAlign",
      says: "Legacy: the alignment written is a power of two.",
      observed: """
        trace rule (advice): 0x03c write with popcount!=1; lower-case should, no RFC 2119 level; survival only.
        """),
    Clause(
      .mmioLeg18, "MMIO-LEG-18", .device, .table,
      source: "mmio:Legacy table/QueuePFN",
      says: """
        Legacy: QueuePFN at 0x040, read-write; a non-zero write places the descriptor table at that page number \
        and puts the queue in use.
        """,
      observed: "publish and notify: descriptors fetched at PFN*GuestPageSize."),
    Clause(
      .mmioLeg19, "MMIO-LEG-19", .device, .table,
      source: "mmio:Legacy table/QueuePFN",
      says: """
        Legacy: reading QueuePFN gives the page number in use for the selected queue, non-zero meaning \"in use\".
        """,
      observed: "read back equals the value written; 0 before setup."),
    Clause(
      .mmioLeg20, "MMIO-LEG-20", .driver, .table,
      source: "mmio:Legacy table/QueuePFN",
      says: "Legacy: the driver writes 0 to QueuePFN when it stops using the queue.",
      observed: """
        device side: after the 0 write no further ring access for that queue; other queues undisturbed (A18: QEMU \
        resets the whole device).
        """),
    Clause(
      .mmioLeg21, "MMIO-LEG-21", .driver, .table,
      source: "mmio:Legacy table/QueuePFN",
      says: "Legacy: 0 is never a legal location for a queue.",
      observed: """
        not separately observable: writing 0 is the stop command of MMIO-LEG-20. A page number whose product with \
        GuestPageSize wraps to 0 is survival only.
        """),
    Clause(
      .mmioLeg22, "MMIO-LEG-22", .device, .table,
      source: "mmio:Legacy table/QueueNotify",
      says: "Legacy: QueueNotify stays at 0x050, write-only.",
      observed: "index write triggers processing of the queue."),
    Clause(
      .mmioLeg23, "MMIO-LEG-23", .device, .table,
      source: "mmio:Legacy table/InterruptStatus",
      says: "Legacy: InterruptStatus stays at 0x060, read-only, same bits.",
      observed: "as MMIO-REG/MMIO-DEV status rules."),
    Clause(
      .mmioLeg24, "MMIO-LEG-24", .device, .table,
      source: "mmio:Legacy table/InterruptACK",
      says: "Legacy: InterruptACK stays at 0x064, write-only.",
      observed: "as MMIO-REG ack rule."),
    Clause(
      .mmioLeg25, "MMIO-LEG-25", .device, .table,
      source: "mmio:Legacy table/Status",
      says: "Legacy: Status at 0x070, read-write; non-zero writes set flags and reads return them.",
      observed: "read back after each write; FEATURES_OK has no meaning here."),
    Clause(
      .mmioLeg26, "MMIO-LEG-26", .device, .table,
      source: "mmio:Legacy table/Status",
      says: "Legacy: writing 0 to Status resets the device.",
      observed: "Status reads 0, interrupt causes gone."),
    Clause(
      .mmioLeg27, "MMIO-LEG-27", .device, .table,
      source: "mmio:Legacy table/Status",
      says: "Legacy: a reset sets QueuePFN to 0 for every queue.",
      observed: "configure all queues, write Status=0, select each: 0x040 reads 0."),
    Clause(
      .mmioLeg28, "MMIO-LEG-28", .device, .table,
      source: "mmio:Legacy table/Config",
      says: "Legacy: configuration space stays at 0x100 and up, read-write.",
      observed: "byte reads; field byte order is guest-native (see LEG group)."),
    Clause(
      .mmioLeg29, "MMIO-LEG-29", .device, .prose,
      source: "mmio:Legacy interface",
      says: """
        Legacy: the table has no QueueReady, QueueDesc*/QueueDriver*/QueueDevice*, SHM*, QueueReset or \
        ConfigGeneration registers.
        """,
      observed: """
        legacy driver model must not touch 0x044/080-0c0/0fc; adversarial reads may return anything (QEMU 0).
        """),
    Clause(
      .mmioLeg30, "MMIO-LEG-30", .device, .prose,
      source: "mmio:Legacy interface",
      says: """
        Legacy: descriptor table, avail ring and used ring form one block laid out by the legacy rule with \
        QueueAlign as alignment.
        """,
      observed: """
        compute used offset = align(16*n + 2*(3+n), QueueAlign); all used writes are there (A18: printed ALIGN \
        macro is off).
        """),
    Clause(
      .mmioLeg31, "MMIO-LEG-31", .driver, .prose,
      source: "mmio:Legacy interface",
      says: """
        Legacy: setup order is QueueSel, check QueuePFN is 0, read QueueNumMax, allocate zeroed contiguous pages, \
        QueueNum, QueueAlign, QueuePFN last.
        """,
      observed: "trace rule: QueuePFN non-zero written before QueueNum/QueueAlign in the same setup."),
    Clause(
      .mmioLeg32, "MMIO-LEG-32", .driver, .prose,
      source: "mmio:Legacy interface",
      says: "Legacy: the chosen size does not exceed QueueNumMax.",
      observed: "trace rule (advice, lower-case should): 0x038 value above last 0x034 value of that queue."),
    Clause(
      .mmioLeg33, "MMIO-LEG-33", .device, .prose,
      source: "mmio:Legacy interface",
      says: "Legacy: available and used notifications work as on the modern interface.",
      observed: "notify/interrupt/ack rules of MMIO-NOTIF apply unchanged."),
    Clause(
      .mmioLeg34, "MMIO-LEG-34", .device, .table,
      source: "mmio:Legacy table/QueuePFN",
      says: "Legacy: a queue whose QueuePFN is 0 is not in use, and the device leaves alone what it was made of.",
      observed: "as MMIO-DEV-09 and -10, with QueuePFN for QueueReady."),
  ]
}

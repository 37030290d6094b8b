extension Clause {
  static let blkDev: [Clause] = [
    Clause(
      .blkDev01, "BLK-DEV-01", .device, .prose,
      source: "device-types/blk/description.tex:sec:Device Types / Block Device / Device configuration layout",
      says: "capacity (le64 at config offset 0) is always present and counts 512-byte sectors.",
      observed: "compare with the backing image; readable before FEATURES_OK."),
    Clause(
      .blkDev02, "BLK-DEV-02", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "FLUSH is offered whenever CONFIG_WCE is offered.",
      observed: "offered set check."),
    Clause(
      .blkDev03, "BLK-DEV-03", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "With CONFIG_WCE accepted but FLUSH not, writeback starts as 0.",
      observed: "negotiate that subset, read config byte 0x20 after FEATURES_OK."),
    Clause(
      .blkDev04, "BLK-DEV-04", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "Padding bytes unused0 and unused1 read 0.",
      observed: """
        8-bit config reads: +0x21 when the layout reaches it (CONFIG_WCE or MQ offered), +0x39..0x3b with \
        WRITE_ZEROES or SECURE_ERASE offered; beyond the layout of the device not judged (A15).
        """),
    Clause(
      .blkDev05, "BLK-DEV-05", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "With RO offered a write request ends with status IOERR.",
      observed: "T_OUT on a read-only device: status byte 1."),
    Clause(
      .blkDev06, "BLK-DEV-06", .device, .mustNot,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "With RO offered a write request changes no data.",
      observed: "read back / hash the image after T_OUT."),
    Clause(
      .blkDev07, "BLK-DEV-07", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "Unknown flag bits in discard, secure erase or write-zeroes segments give status UNSUPP.",
      observed: """
        feature of the command accepted, device not RO, request otherwise valid (range, segment count): set \
        reserved flag bits: status 2. RO or out-of-range combinations: 1 or 2.
        """),
    Clause(
      .blkDev08, "BLK-DEV-08", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "A discard segment with the unmap flag gives status UNSUPP.",
      observed: "DISCARD accepted, device not RO, request otherwise valid: status 2."),
    Clause(
      .blkDev09, "BLK-DEV-09", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "After a successfully completed write-zeroes command the range reads as zeroes, unmap set or not.",
      observed: """
        WRITE_ZEROES accepted: write pattern, T_WRITE_ZEROES ends with OK, read back zeroes (after IOERR the \
        segments are indeterminate, after UNSUPP unchanged).
        """),
    Clause(
      .blkDev10, "BLK-DEV-10", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "Without ZONED accepted every zone request gives status UNSUPP.",
      observed: """
        types 15,16,18,20,22,24,26: status 2 (15 on an RO disk: 1 or 2, since BLK-DEV-05 wants IOERR for a write).
        """),
    Clause(
      .blkDev11, "BLK-DEV-11", .device, .should,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "A change of capacity is followed by a configuration change notification.",
      observed: "resize image with DRIVER_OK: bit 1 set, generation changed."),
    Clause(
      .blkDev12, "BLK-DEV-12", .device, .prose,
      source: "device-types/blk/description.tex:sec:Device Types / Block Device / Device Operation",
      says: "The last writable byte receives OK 0, IOERR 1 or UNSUPP 2.",
      observed: "poison with 0xff; value must be 0..2 (3..6 only with ZONED) for every well-formed request."),
    Clause(
      .blkDev13, "BLK-DEV-13", .device, .prose,
      source: "device-types/blk/description.tex:sec:Device Types / Block Device / Device Operation",
      says: "T_IN returns what T_OUT stored, sector addressing in 512-byte units.",
      observed: "model-based check against an in-memory disk with random sectors, lengths and descriptor splits."),
    Clause(
      .blkDev14, "BLK-DEV-14", .device, .prose,
      source: "device-types/blk/description.tex:sec:Device Types / Block Device / Device Operation",
      says: "T_GET_ID returns an up-to-20-byte id, padded with NUL.",
      observed: """
        20-byte buffer fully written, equal on repeats (A20: QEMU writes only strlen+1 bytes yet reports 21).
        """),
    Clause(
      .blkDev15, "BLK-DEV-15", .device, .should,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "FLUSH (9) is always offered.",
      observed: "offered set check (warn)."),
    Clause(
      .blkDev16, "BLK-DEV-16", .device, .mustNot,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "A legacy device does not offer ZONED (17).",
      observed: "Version 1: HostFeatures bit 17 is 0."),
    Clause(
      .blkDev17, "BLK-DEV-17", .device, .shouldNot,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "A device that is not zoned does not offer ZONED.",
      observed: "fixture without zones: bit 17 is 0 (warn)."),
    Clause(
      .blkDev18, "BLK-DEV-18", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: "A host-managed zoned device withholds FEATURES_OK if ZONED was not accepted.",
      observed: "zoned fixture with model 1: accept without bit 17, write FEATURES_OK: reads 0."),
    Clause(
      .blkDev19, "BLK-DEV-19", .device, .should,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: """
        If ZONED was not accepted, a device with model host-aware or none goes on and shows all zoned fields as 0.
        """,
      observed: "ZONED offered, not accepted: FEATURES_OK sticks, config +0x48..0x5c read 0 after it (warn)."),
    Clause(
      .blkDev20, "BLK-DEV-20", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Initialization",
      says: """
        With ZONED accepted the model field tells how the device operates: 0 none/drive-managed, 1 host-managed, 2 \
        host-aware.
        """,
      observed: """
        8-bit config read at +0x5c equals the fixture; the other zoned limits and all zone requests are out of \
        scope of the device model.
        """),
    Clause(
      .blkDev21, "BLK-DEV-21", .device, .should,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: """
        write_zeroes_may_unmap is 0 exactly if a write-zeroes request can never deallocate sectors; a change of it \
        is followed by a configuration change notification.
        """,
      observed: "WRITE_ZEROES offered: 8-bit config read at +0x38 vs fixture (warn)."),
    Clause(
      .blkDev22, "BLK-DEV-22", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: """
        FLUSH offered but neither FLUSH nor CONFIG_WCE accepted: a write is on persistent storage before it is \
        reported complete.
        """,
      observed: """
        fixture backend with a volatile cache: at the used element of T_OUT with OK the data is in the stable \
        image. Only for a persistent backend.
        """),
    Clause(
      .blkDev23, "BLK-DEV-23", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: """
        CONFIG_WCE accepted and writeback 0 from submission to completion: the write is on persistent storage \
        before it is reported complete.
        """,
      observed: "as above with writeback=0; changing writeback in between: not judged."),
    Clause(
      .blkDev24, "BLK-DEV-24", .device, .must,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "A completed flush puts all writes that had completed before it was sent on persistent storage.",
      observed: """
        T_FLUSH after completed T_OUTs ends with OK: their data is in the stable image; writes still in flight at \
        the flush owe nothing.
        """),
    Clause(
      .blkDev25, "BLK-DEV-25", .device, .may,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "Discarded sectors may be deallocated, and so may write-zeroes ranges with unmap set.",
      observed: """
        after T_DISCARD reads of the range may return anything (exclude it from the disk model until rewritten).
        """),
    Clause(
      .blkDev26, "BLK-DEV-26", .device, .mustNot,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "LIFETIME (15) is not offered if the storage has no such metrics (with metrics it SHOULD be offered).",
      observed: "fixture without metrics: bit 15 is 0."),
    Clause(
      .blkDev27, "BLK-DEV-27", .device, .mustNot,
      source: "device-types/blk/description.tex:devicenormative:Device Types / Block Device / Device Operation",
      says: "Lifetime answers carry no reserved values.",
      observed: "LIFETIME accepted, T_GET_LIFETIME with OK: pre_eol_info 0..3, both estimates 0..11."),
    Clause(
      .blkDev28, "BLK-DEV-28", .device, .mustNot,
      source: """
        device-types/blk/description.tex:sec:Device Types / Block Device / Device Initialization / Legacy \
        Interface: Device Initialization
        """,
      says: """
        Legacy: a status write does not change the cache mode, unless it sets DRIVER_OK and CONFIG_WCE was not \
        accepted.
        """,
      observed: "legacy: read config +0x20 around each Status write: equal, but for that case."),
    Clause(
      .blkDev29, "BLK-DEV-29", .device, .mustNot,
      source: """
        device-types/blk/description.tex:sec:Device Types / Block Device / Device Initialization / Legacy \
        Interface: Device Initialization
        """,
      says: "Legacy: a feature write does not change the cache mode.",
      observed: "legacy: read config +0x20 around GuestFeatures writes, e.g. CONFIG_WCE without FLUSH: equal."),
    Clause(
      .blkDev30, "BLK-DEV-30", .device, .must,
      source: """
        device-types/blk/description.tex:sec:Device Types / Block Device / Device configuration layout / Legacy \
        Interface: Device configuration layout
        """,
      says: "Legacy: configuration (and request) fields of the block device are in guest-native byte order.",
      observed: "big-endian guest profile only."),
    Clause(
      .blkDev31, "BLK-DEV-31", .device, .prose,
      source: "device-types/blk/description.tex:sec:Device Types / Block Device / Virtqueues",
      says: "There is one request queue without MQ accepted, else num_queues of them.",
      observed: """
        MQ not offered: QueueNumMax(1)=0; offered: QueueNumMax(num_queues)=0 with num_queues at +0x22 (A6; select \
        queue 0 before each probe).
        """),
    Clause(
      .blkDev32, "BLK-DEV-32", .device, .prose,
      source: "device-types/blk/description.tex:sec:Device Types / Block Device / Device Operation",
      says: "A request type that the device does not support ends with UNSUPP.",
      observed: """
        unknown type (e.g. 0x7fff) with valid framing: status 2 (also T_DISCARD etc. when not offered); IOERR = \
        warning.
        """),
  ]
}

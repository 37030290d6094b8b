extension Clause {
  static let blkDrv: [Clause] = [
    Clause(
      .blkDrv01, "BLK-DRV-01", .driver, .mustNot,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "No request reaches past capacity.",
      observed: """
        trace rule: sector+len/512 > capacity. Adversarial: device must not access outside the image (IOERR in \
        QEMU).
        """),
    Clause(
      .blkDrv02, "BLK-DRV-02", .driver, .must,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "Data length of T_IN/T_OUT is a multiple of 512.",
      observed: "trace rule: sum of data lengths."),
    Clause(
      .blkDrv03, "BLK-DRV-03", .driver, .must,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "T_FLUSH carries sector 0.",
      observed: "trace rule: header check."),
    Clause(
      .blkDrv04, "BLK-DRV-04", .driver, .mustNot,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Initialization",
      says: "Modern interface: writeback is not read before FEATURES_OK.",
      observed: """
        trace rule: modern, read of config 0x20 with Status lacking 8. Legacy has no FEATURES_OK and explicitly \
        allows the early read (Linux does it).
        """),
    Clause(
      .blkDrv05, "BLK-DRV-05", .driver, .must,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "Data length of T_GET_ID is 20.",
      observed: "trace rule: request walk when it comes back."),
    Clause(
      .blkDrv06, "BLK-DRV-06", .driver, .must,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "Data length of T_DISCARD, T_SECURE_ERASE and T_WRITE_ZEROES is a multiple of 16, the size of a segment.",
      observed: "as BLK-DRV-05."),
    Clause(
      .blkDrv07, "BLK-DRV-07", .driver, .mustNot,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: """
        Such a request has no more segments than max_discard_seg, max_secure_erase_seg or max_write_zeroes_seg says.
        """,
      observed: "as BLK-DRV-05."),
    Clause(
      .blkDrv08, "BLK-DRV-08", .driver, .must,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "The unmap bit of T_DISCARD is 0.",
      observed: "as BLK-DRV-05."),
    Clause(
      .blkDrv09, "BLK-DRV-09", .driver, .shouldNot,
      source: "device-types/blk/description.tex:drivernormative:Device Types / Block Device / Device Operation",
      says: "T_FLUSH carries no data.",
      observed: "as BLK-DRV-05."),
  ]
}

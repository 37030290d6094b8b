extension Clause {
  static let suspDrv: [Clause] = [
    Clause(
      .suspDrv01, "SUSP-DRV-01", .driver, .shouldNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Suspend",
      says: "SUSPEND is not set without DRIVER_OK or without VIRTIO_F_SUSPEND accepted.",
      observed: "trace rule: Status write with 16 and lacking 4, or without bit 43 accepted (warn)."),
    Clause(
      .suspDrv02, "SUSP-DRV-02", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Suspend",
      says: "After setting SUSPEND the driver re-reads Status and checks for SUSPEND=1 with DRIVER_OK=0.",
      observed: "trace rule: no 0x070 read after the SUSPEND write."),
    Clause(
      .suspDrv03, "SUSP-DRV-03", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Suspend",
      says: "After setting SUSPEND no further buffers are made available.",
      observed: "trace rule: avail.idx or a packed AVAIL flag moves between the SUSPEND write and the resume."),
    Clause(
      .suspDrv04, "SUSP-DRV-04", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Suspend",
      says: "After setting SUSPEND no available-buffer notification is sent.",
      observed: "trace rule: 0x050 write between the SUSPEND write and the resume."),
    Clause(
      .suspDrv05, "SUSP-DRV-05", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Suspend",
      says: "After setting SUSPEND no configuration field is written.",
      observed: "trace rule: write at 0x100+ between the SUSPEND write and the resume."),
    Clause(
      .suspDrv06, "SUSP-DRV-06", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Suspend",
      says: "After setting DRIVER_OK to resume the driver waits for SUSPEND=0 and DRIVER_OK=1.",
      observed: "trace rule: 0x050 write or new buffers before such a 0x070 read."),
  ]
}

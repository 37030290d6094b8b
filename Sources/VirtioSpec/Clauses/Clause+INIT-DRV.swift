extension Clause {
  static let initDrv: [Clause] = [
    Clause(
      .initDrv01, "INIT-DRV-01", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "The init sequence starts with a device reset.",
      observed: "trace rule: first Status write is 0."),
    Clause(
      .initDrv02, "INIT-DRV-02", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "ACKNOWLEDGE is set, then DRIVER, before features are read.",
      observed: "trace rule: Status 1 then 3 before 0x010 reads."),
    Clause(
      .initDrv03, "INIT-DRV-03", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "Configuration fields are not written during the feature step (reading them is allowed).",
      observed: """
        trace rule: config write between DRIVER and FEATURES_OK; exempt: console emerg_wr with EMERG_WRITE offered \
        (may be written at any time) and the legacy interface.
        """),
    Clause(
      .initDrv04, "INIT-DRV-04", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "No further features are accepted after FEATURES_OK.",
      observed: """
        trace rule: after Status bit 8 was written, a 0x020 write that adds a bit (rewriting the same or fewer \
        bits accepts nothing new).
        """),
    Clause(
      .initDrv05, "INIT-DRV-05", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "After writing FEATURES_OK the driver re-reads Status and stops if the bit is gone.",
      observed: "trace rule: no 0x070 read between FEATURES_OK and queue setup. fake-device mode: withhold the bit."),
    Clause(
      .initDrv06, "INIT-DRV-06", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "Queue discovery and setup happen after FEATURES_OK and before DRIVER_OK.",
      observed: "trace rule: QueueReady=1 outside that window (first init)."),
    Clause(
      .initDrv07, "INIT-DRV-07", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "No available-buffer notification is sent before DRIVER_OK.",
      observed: "trace rule: 0x050 write with Status lacking bit 4."),
    Clause(
      .initDrv08, "INIT-DRV-08", .driver, .should,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "If a step fails for good, the driver sets FAILED.",
      observed: "trace rule: abandoned init with no Status write carrying 128."),
    Clause(
      .initDrv09, "INIT-DRV-09", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Initialization",
      says: "After a step failed for good, initialization is not continued.",
      observed: "trace rule: queue setup or DRIVER_OK after FAILED or after FEATURES_OK was refused."),
  ]
}

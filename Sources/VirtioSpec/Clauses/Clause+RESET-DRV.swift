extension Clause {
  static let resetDrv: [Clause] = [
    Clause(
      .resetDrv01, "RESET-DRV-01", .driver, .should,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Reset",
      says: "A reset started by the driver counts as complete when Status reads 0.",
      observed: """
        trace rule: ring memory reused after Status=0 write with no 0 read of 0x070 (Linux mmio does not poll, \
        A11).
        """),
    Clause(
      .resetDrv02, "RESET-DRV-02", .driver, .mustNot,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Cleanup",
      says: "Entries of buffers still owned by the device on a live queue are not altered.",
      observed: "guest-memory diff of exposed descriptors between publish and use."),
    Clause(
      .resetDrv03, "RESET-DRV-03", .driver, .must,
      source: "content.tex:drivernormative:General Initialization And Device Operation / Device Cleanup",
      says: "Exposed buffers are withdrawn only after the queue stopped being live (reset).",
      observed: "trace rule: buffer reuse before used, device reset or completed queue reset (RINGRESET-DRV-02)."),
  ]
}

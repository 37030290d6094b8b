extension Clause {
  static let ringresetDrv: [Clause] = [
    Clause(
      .ringresetDrv01, "RINGRESET-DRV-01", .driver, .must,
      source: """
        content.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Reset
        """,
      says: "The driver verifies that the queue really was reset.",
      observed: "trace rule: 0x0c0 polled to 0. Same event as MMIO-DRV-23: report one finding."),
    Clause(
      .ringresetDrv02, "RINGRESET-DRV-02", .driver, .may,
      source: """
        content.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Reset
        """,
      says: "Resources of a queue may be released after its successful reset.",
      observed: "device side: memory of the reset queue can be poisoned safely."),
    Clause(
      .ringresetDrv03, "RINGRESET-DRV-03", .driver, .must,
      source: """
        content.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Re-enable
        """,
      says: "Re-enabling follows the same setup steps as first-time configuration.",
      observed: "trace rule: size and all addresses rewritten before QueueReady=1."),
  ]
}

extension Clause {
  static let indirectDrv: [Clause] = [
    Clause(
      .indirectDrv01, "INDIRECT-DRV-01", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: "INDIRECT is set only if VIRTIO_F_INDIRECT_DESC was accepted.",
      observed: "trace rule: flag 4 in a published descriptor without feature 28."),
    Clause(
      .indirectDrv02, "INDIRECT-DRV-02", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: "INDIRECT is not set inside an indirect table.",
      observed: "trace rule: table walk."),
    Clause(
      .indirectDrv03, "INDIRECT-DRV-03", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: "A chain is not longer than the queue size.",
      observed: "trace rule: chain/table length vs QueueNum (whether table entries count is disputed, A23)."),
    Clause(
      .indirectDrv04, "INDIRECT-DRV-04", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: "Split ring: INDIRECT and NEXT are not set together.",
      observed: "trace rule: flags&5==5."),
  ]
}

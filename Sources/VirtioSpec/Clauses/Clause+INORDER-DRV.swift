extension Clause {
  static let inorderDrv: [Clause] = [
    Clause(
      .inorderDrv01, "INORDER-DRV-01", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table
        """,
      says: "With IN_ORDER a chained descriptor x points to x+1, or to 0 at the end of the table.",
      observed: "trace rule: descriptor walk at publish."),
    Clause(
      .inorderDrv02, "INORDER-DRV-02", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: "With IN_ORDER the descriptors of an indirect table are in order: the next of the first is 1, and so on.",
      observed: "as INORDER-DRV-01."),
  ]
}

extension Clause {
  static let inorderDrv: [Clause] = [
    Clause(
      .inorderDrv01, "INORDER-DRV-01", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table
        """,
      says: "With IN_ORDER a chained descriptor x points to x+1, or to 0 at the end of the table.",
      observed: "trace rule: descriptor walk at publish.")
  ]
}

extension Clause {
  static let inorderDev: [Clause] = [
    Clause(
      .inorderDev01, "INORDER-DEV-01", .device, .must,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "With VIRTIO_F_IN_ORDER accepted, buffers are used in the order they were made available.",
      observed: "used ids follow publish order even for requests of different duration."),
    Clause(
      .inorderDev02, "INORDER-DEV-02", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / In-order use of descriptors",
      says: """
        Split: a batch may be reported by one used element with the id of its last chain while used.idx grows by \
        the batch size.
        """,
      observed: """
        oracle must accept missing intermediate elements; element is at the slot of the first buffer of the batch; \
        skipped chains count as used in full (INORDER-DEV-04).
        """),
    Clause(
      .inorderDev03, "INORDER-DEV-03", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / In-order use of descriptors",
      says: """
        Packed: a batch may be reported through a single used descriptor naming the final buffer, after which the \
        device skips the batch.
        """,
      observed: "as above for packed rings."),
    Clause(
      .inorderDev04, "INORDER-DEV-04", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / In-order use of descriptors",
      says: "Buffers that a batch skips have been used completely by the device (same on packed rings).",
      observed: """
        IN_ORDER accepted, memory log: every byte of the writable parts of skipped chains was written and their \
        readable parts consumed before the batch entry appeared; short answers (rng, rx) must not be skipped.
        """),
  ]
}

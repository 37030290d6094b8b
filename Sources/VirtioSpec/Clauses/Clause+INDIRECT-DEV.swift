extension Clause {
  static let indirectDev: [Clause] = [
    Clause(
      .indirectDev01, "INDIRECT-DEV-01", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: """
        Split ring, INDIRECT_DESC accepted: the WRITE flag on the descriptor that points to an indirect table is \
        ignored.
        """,
      observed: "set WRITE on the referring descriptor: request works as without, table not written."),
    Clause(
      .indirectDev02, "INDIRECT-DEV-02", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table / Indirect Descriptors
        """,
      says: """
        Split ring, INDIRECT_DESC accepted: a chain of zero or more ordinary descriptors ending in one INDIRECT \
        descriptor is handled.
        """,
      observed: """
        put the header in direct descriptors and the rest in a table: same result (QEMU only checks the head; see \
        A23). Not on a packed ring, where a list must be all direct or one indirect (PACKED-DRV-07).
        """),
    Clause(
      .indirectDev03, "INDIRECT-DEV-03", .device, .prose,
      source: """
        split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / \
        Indirect Descriptors
        """,
      says: """
        Split ring: processing of a table starts at its entry 0, follows next inside the table, and stops at the \
        first entry without NEXT.
        """,
      observed: """
        table with shuffled next order and junk unused entries: no access to the memory that junk entries point at \
        (reading the table itself in one go is allowed). With IN_ORDER next must be sequential.
        """),
    Clause(
      .indirectDev04, "INDIRECT-DEV-04", .device, .prose,
      source: """
        split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / \
        Indirect Descriptors
        """,
      says: "Split ring: one table may mix readable and writable entries.",
      observed: "readable-then-writable table works (table len 0 or not a multiple of 16 is undefined, A22)."),
  ]
}

extension Clause {
  static let notifDrv: [Clause] = [
    Clause(
      .notifDrv01, "NOTIF-DRV-01", .driver, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Driver notifications",
      says: "Split ring: next_off and next_wrap are the low 15 bits and bit 15 of the available index.",
      observed: """
        trace rule: feature 38, split: 0x050>>16 equals avail.idx as it stood at some moment between the previous \
        notification and this write.
        """),
    Clause(
      .notifDrv02, "NOTIF-DRV-02", .driver, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Driver notifications",
      says: """
        Packed ring: next_off is the ring offset of the next descriptor to be published and next_wrap the matching \
        wrap counter.
        """,
      observed: "trace rule: 0x050>>16 == pos | wrap<<15."),
    Clause(
      .notifDrv03, "NOTIF-DRV-03", .driver, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Driver notifications",
      says: "Repeated notifications without new buffers repeat the same next_off/next_wrap.",
      observed: "trace rule: two notifications, same ring state, same word."),
  ]
}

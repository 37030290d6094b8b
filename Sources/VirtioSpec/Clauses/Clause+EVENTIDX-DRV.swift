extension Clause {
  static let eventidxDrv: [Clause] = [
    Clause(
      .eventidxDrv01, "EVENTIDX-DRV-01", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Split ring with EVENT_IDX: avail.flags is kept at 0.",
      observed: """
        trace rule: avail.flags non-zero with feature 29 accepted and 34 not accepted (on a packed ring the Driver \
        Area is the event structure).
        """),
    Clause(
      .eventidxDrv02, "EVENTIDX-DRV-02", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Split ring with EVENT_IDX: the low bit of used.flags is ignored.",
      observed: "fake-device mode: used.flags=1 with matching avail_event: driver must notify."),
    Clause(
      .eventidxDrv03, "EVENTIDX-DRV-03", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: """
        Split ring with EVENT_IDX: a notification is sent when the entry at index avail_event is published, so that idx \
        passes it.
        """,
      observed: """
        trace rule: after DRIVER_OK avail.idx crosses avail_event+1 without a 0x050 write; split ring only.
        """),
    Clause(
      .eventidxDrv04, "EVENTIDX-DRV-04", .driver, .shouldNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Split ring with EVENT_IDX: no notification is sent otherwise.",
      observed: "trace rule: 0x050 write without crossing (warn)."),
  ]
}

extension Clause {
  static let eventidxDev: [Clause] = [
    Clause(
      .eventidxDev01, "EVENTIDX-DEV-01", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Split ring with EVENT_IDX: the low bit of avail.flags is ignored.",
      observed: "set avail.flags=1 with used_event = next index: notification must still come."),
    Clause(
      .eventidxDev02, "EVENTIDX-DEV-02", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: """
        Split ring with EVENT_IDX: a notification is sent when the element written at index used_event enters the \
        used ring.
        """,
      observed: """
        set used_event=k before the element is written, for k in window incl. 65535/0 wrap: bit 0 is set once \
        used.idx reaches or passes k+1, also if k lies inside a batch; it is the index before the increment that \
        is compared (A21).
        """),
    Clause(
      .eventidxDev03, "EVENTIDX-DEV-03", .device, .shouldNot,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Split ring with EVENT_IDX: no notification is sent for other elements.",
      observed: """
        used_event far ahead: bit 0 stays 0 (warn only; the first notification after enabling is often \
        unconditional, A21).
        """),
    Clause(
      .eventidxDev04, "EVENTIDX-DEV-04", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Split ring with EVENT_IDX: used.flags stays 0.",
      observed: "read used.flags at every step."),
    Clause(
      .eventidxDev05, "EVENTIDX-DEV-05", .device, .may,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: """
        Split ring with EVENT_IDX: the device may announce through avail_event the next avail index it wants to be \
        notified for.
        """,
      observed: """
        avail_event (offset 4+8*n in used ring) may hold anything; harness that notifies only when avail_event is \
        crossed (and re-reads it after publishing) must not stall.
        """),
  ]
}

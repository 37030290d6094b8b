extension Clause {
  static let splitDrv: [Clause] = [
    Clause(
      .splitDrv01, "SPLIT-DRV-01", .driver, .must,
      source: "split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues",
      says: "Descriptor table, avail ring and used ring are aligned to 16, 2 and 4 bytes.",
      observed: "trace rule: address registers at QueueReady=1 violate alignment; device reaction undefined."),
    Clause(
      .splitDrv02, "SPLIT-DRV-02", .driver, .must,
      source: "split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Message Framing",
      says: "Writable elements come after all readable ones in a chain.",
      observed: "trace rule: descriptor walk at publish. Adversarial: clean error expected (A22)."),
    Clause(
      .splitDrv03, "SPLIT-DRV-03", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table
        """,
      says: "A chain describes no more than 2^32 bytes and contains no loop.",
      observed: "trace rule: descriptor walk at publish. Adversarial: device must not hang or crash (robustness)."),
    Clause(
      .splitDrv04, "SPLIT-DRV-04", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Available \
        Ring
        """,
      says: "avail.idx is never decremented.",
      observed: "trace rule: 16-bit monotone check. Adversarial: jump > queue size (A22)."),
    Clause(
      .splitDrv05, "SPLIT-DRV-05", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Without EVENT_IDX avail.flags is 0 or 1.",
      observed: "trace rule: value of avail.flags at publish/notify."),
    Clause(
      .splitDrv06, "SPLIT-DRV-06", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Needless notifications from the device are coped with.",
      observed: "fake-device mode: raise bit 0 with no new used element."),
    Clause(
      .splitDrv07, "SPLIT-DRV-07", .driver, .mustNot,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring
        """,
      says: "Data in writable buffers beyond the first len bytes is not relied on.",
      observed: "fake-device mode: short len with garbage behind it."),
    Clause(
      .splitDrv08, "SPLIT-DRV-08", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "used.flags is initialized to 0 by the driver.",
      observed: "memory snapshot at QueueReady=1."),
    Clause(
      .splitDrv09, "SPLIT-DRV-09", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Without EVENT_IDX a notification is sent after publishing when used.flags is 0.",
      observed: """
        trace rule: after DRIVER_OK avail.idx advanced with used.flags=0 and no 0x050 write after it (buffers \
        published before DRIVER_OK are notified after it, INIT-DRV-07).
        """),
    Clause(
      .splitDrv10, "SPLIT-DRV-10", .driver, .must,
      source: """
        split-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Virtqueues / Supplying Buffers to The \
        Device / Updating idx
        """,
      says: "Memory barriers order ring contents, avail.idx update and the suppression check.",
      observed: "not observable in a sequential harness; needs a concurrent device thread."),
  ]
}

extension Clause {
  static let packedDrv: [Clause] = [
    Clause(
      .packedDrv01, "PACKED-DRV-01", .driver, .must,
      source: "packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Packed Virtqueues",
      says: "Descriptor ring and both event structures are aligned to 16, 4 and 4 bytes.",
      observed: "trace rule: addresses at QueueReady=1."),
    Clause(
      .packedDrv02, "PACKED-DRV-02", .driver, .mustNot,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / PAcked Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "A descriptor is changed only after its USED flag was seen to change.",
      observed: "memory diff of slots owned by the device."),
    Clause(
      .packedDrv03, "PACKED-DRV-03", .driver, .mustNot,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / PAcked Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "A descriptor is left alone by the driver after its AVAIL flag was flipped.",
      observed: "memory diff."),
    Clause(
      .packedDrv04, "PACKED-DRV-04", .driver, .must,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / PAcked Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "Notification data next_off/next_wrap name the next descriptor not yet made available.",
      observed: "trace rule: 0x050 word vs tracked driver position."),
    Clause(
      .packedDrv05, "PACKED-DRV-05", .driver, .mustNot,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Packed Virtqueues / Scatter-Gather \
        Support
        """,
      says: "A list is not longer than the queue size or the device limit.",
      observed: "trace rule: list walk at publish."),
    Clause(
      .packedDrv06, "PACKED-DRV-06", .driver, .mustNot,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Packed Virtqueues / Scatter-Gather \
        Support
        """,
      says: "The first descriptor of a list is not made available before all the others.",
      observed: "ordered memory log of flags writes."),
    Clause(
      .packedDrv07, "PACKED-DRV-07", .driver, .mustNot,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue \
        Descriptor Table / Indirect Descriptors
        """,
      says: "INDIRECT descriptors are not part of a NEXT-linked list.",
      observed: "trace rule: flags&5==5 or INDIRECT inside a list."),
    Clause(
      .packedDrv08, "PACKED-DRV-08", .driver, .mustNot,
      source: """
        packed-ring.tex:drivernormative:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue \
        Descriptor Table / Indirect Descriptors
        """,
      says: "Entries of an indirect table carry no flag but WRITE.",
      observed: "trace rule: table walk at publish."),
    Clause(
      .packedDrv09, "PACKED-DRV-09", .driver, .prose,
      source: """
        packed-ring.tex:sec:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue Descriptor \
        Format
        """,
      says: "The descriptor ring is zeroed before use.",
      observed: "memory snapshot at QueueReady=1."),
  ]
}

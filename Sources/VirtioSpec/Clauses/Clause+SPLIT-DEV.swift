extension Clause {
  static let splitDev: [Clause] = [
    Clause(
      .splitDev01, "SPLIT-DEV-01", .device, .mustNot,
      source: "split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Message Framing",
      says: "The device does not rely on how a message is cut into descriptors.",
      observed: """
        send the same request with header/data/status split at random byte positions: results identical. Stay \
        within SPLIT-DEV-02 (small piece counts) and the limits that the device declares (blk seg_max, size_max). \
        Legacy: only with ANY_LAYOUT accepted.
        """),
    Clause(
      .splitDev02, "SPLIT-DEV-02", .device, .may,
      source: "split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Message Framing",
      says: "The device may cap the number of descriptors per chain at a reasonable value.",
      observed: """
        long but legal chains may be refused; refusal must be clean (error status or NEEDS_RESET, no crash).
        """),
    Clause(
      .splitDev03, "SPLIT-DEV-03", .device, .mustNot,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table
        """,
      says: "Device-readable buffers are never written.",
      observed: """
        fill readable buffers with a pattern and log: no write after publication. Bytes that the same or another \
        outstanding chain also offers as writable are excluded (overlap is the doing of the driver).
        """),
    Clause(
      .splitDev04, "SPLIT-DEV-04", .device, .shouldNot,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table
        """,
      says: "Device-writable buffers are not read.",
      observed: "memory log of reads on writable buffers (warn); content-independence test with two fill patterns."),
    Clause(
      .splitDev05, "SPLIT-DEV-05", .device, .mustNot,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor \
        Table
        """,
      says: "The descriptor table is never written by the device.",
      observed: """
        snapshot/log of the Descriptor Area (and of indirect tables): no device write, except where the driver \
        offered these very bytes as a writable buffer.
        """),
    Clause(
      .splitDev06, "SPLIT-DEV-06", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring
        """,
      says: "The used element (id and len) is filled in before used.idx moves past it.",
      observed: """
        ordered memory log, or read element immediately when idx changes: no poison left in id/len of the slots \
        passed. With IN_ORDER only the batch element is written (INORDER-DEV-02). The text names len; id is \
        derived.
        """),
    Clause(
      .splitDev07, "SPLIT-DEV-07", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring
        """,
      says: """
        At least len bytes from the start of the first writable buffer have been written before used.idx moves.
        """,
      observed: """
        poison writable buffers; first len bytes must be overwritten (probabilistic: two poison patterns). \
        Over-reporting len is the violation (A20).
        """),
    Clause(
      .splitDev08, "SPLIT-DEV-08", .device, .may,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring
        """,
      says: "More bytes than len may have been written.",
      observed: "not a violation: trailing bytes beyond len may change."),
    Clause(
      .splitDev09, "SPLIT-DEV-09", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring",
      says: "The id of a used element is the head index of a chain that was made available and not yet returned.",
      observed: "set tracking: id in outstanding set; no duplicates, no unknown ids, id < queue size."),
    Clause(
      .splitDev10, "SPLIT-DEV-10", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring",
      says: """
        len counts bytes written, so it never exceeds the writable total of the chain and is 0 for a chain without \
        writable part.
        """,
      observed: "compare len with sum of writable lengths."),
    Clause(
      .splitDev11, "SPLIT-DEV-11", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring",
      says: "used.idx starts at 0 and only grows, wrapping at 65536.",
      observed: "monotone 16-bit idx check; run >65536 requests to cover the wrap."),
    Clause(
      .splitDev12, "SPLIT-DEV-12", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring",
      says: "The k-th used element is stored in slot k mod queue size.",
      observed: "element expected at the computed slot; size-1 and max-size queues."),
    Clause(
      .splitDev13, "SPLIT-DEV-13", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring",
      says: "used.idx never gets ahead of the number of chains made available.",
      observed: "used.idx - start <= avail.idx - start at all times."),
    Clause(
      .splitDev14, "SPLIT-DEV-14", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Available Ring",
      says: "The available ring is written by the driver only.",
      observed: """
        snapshot/log of the Driver Area: no device write, except where the driver offered these very bytes as a \
        writable buffer.
        """),
    Clause(
      .splitDev15, "SPLIT-DEV-15", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Split Virtqueues",
      says: "Split queue sizes are powers of two up to 32768.",
      observed: """
        QueueNumMax <= 32768; every power of two up to QueueNumMax works (non-power-of-two maximum undefined, A7).
        """),
    Clause(
      .splitDev16, "SPLIT-DEV-16", .device, .prose,
      source: "split-ring.tex:sec:Basic Facilities of a Virtio Device / Split Virtqueues",
      says: "The device stays within 16*n, 6+2*n and 6+8*n bytes of the three areas.",
      observed: """
        guard bytes before/after each area: a device write there is a finding, a read is a warning. The sizes \
        always include used_event/avail_event; reading used_event without EVENT_IDX is allowed (SPLIT-DEV-17), \
        writing avail_event without it is a warning (drivers ignore it).
        """),
    Clause(
      .splitDev17, "SPLIT-DEV-17", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Without EVENT_IDX the used_event word is ignored.",
      observed: "put values in used_event that would suppress; notification still comes with flags=0."),
    Clause(
      .splitDev18, "SPLIT-DEV-18", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Without EVENT_IDX and with avail.flags=0 a notification follows each used-ring update.",
      observed: """
        flags=0 throughout: after used.idx advances InterruptStatus bit 0 becomes 1 (re-raised after each ack).
        """),
    Clause(
      .splitDev19, "SPLIT-DEV-19", .device, .shouldNot,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Used Buffer Notification \
        Suppression
        """,
      says: "Without EVENT_IDX and with avail.flags=1 no notification is sent.",
      observed: "flags=1 set well before publishing: bit 0 stays 0 (warn only, A21)."),
    Clause(
      .splitDev20, "SPLIT-DEV-20", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Without EVENT_IDX used.flags is only ever 0 or 1.",
      observed: "read used.flags at every step."),
    Clause(
      .splitDev21, "SPLIT-DEV-21", .device, .must,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Needless notifications from the driver are coped with.",
      observed: """
        notify empty queue, notify repeatedly, notify before and after publishing: no duplicates, no error, no \
        NEEDS_RESET.
        """),
    Clause(
      .splitDev22, "SPLIT-DEV-22", .device, .may,
      source: """
        split-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Available Buffer \
        Notification Suppression
        """,
      says: "Without EVENT_IDX the device may set used.flags to 1 to say that it needs no notification.",
      observed: """
        harness that publishes, then notifies only if used.flags reads 0 must not stall: buffers published while \
        the flag is 1 get processed.
        """),
  ]
}

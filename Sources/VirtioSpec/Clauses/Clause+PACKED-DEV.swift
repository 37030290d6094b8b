extension Clause {
  static let packedDev: [Clause] = [
    Clause(
      .packedDev01, "PACKED-DEV-01", .device, .must,
      source: "packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues",
      says: "Processing of available descriptors is started in ring order.",
      observed: """
        order-revealing requests (blk writes to a log device, console output) show ring order of start; hard to \
        see otherwise.
        """),
    Clause(
      .packedDev02, "PACKED-DEV-02", .device, .must,
      source: "packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues",
      says: "Used descriptors appear in completion order, at consecutive device positions.",
      observed: """
        at each quiescent point and at each notification the slots from the tracked device position on are used in \
        sequence, nothing beyond. The writes themselves may be reordered (PACKED-DEV-22): a used slot seen early \
        beyond a gap is no violation until the notification.
        """),
    Clause(
      .packedDev03, "PACKED-DEV-03", .device, .mustNot,
      source: """
        packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "Device-readable buffers are never written.",
      observed: "pattern check as split."),
    Clause(
      .packedDev04, "PACKED-DEV-04", .device, .mustNot,
      source: """
        packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "A descriptor is used only after its AVAIL flag was seen to change.",
      observed: """
        zeroed ring with nothing published + notify: no access to buffers, ring stays zero; stale descriptors of \
        the previous lap are not re-used.
        """),
    Clause(
      .packedDev05, "PACKED-DEV-05", .device, .mustNot,
      source: """
        packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "A descriptor is left alone by the device after its USED flag was flipped.",
      observed: "memory log/snapshot: no later device write to that slot until re-published."),
    Clause(
      .packedDev06, "PACKED-DEV-06", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Driver and Device Ring Wrap Counters",
      says: "A used descriptor carries AVAIL and USED both equal to the device wrap counter.",
      observed: "flags of each used descriptor vs tracked counter."),
    Clause(
      .packedDev07, "PACKED-DEV-07", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Driver and Device Ring Wrap Counters",
      says: "The device wrap counter starts at 1 and flips each time the last ring slot has been used.",
      observed: "run several laps, chains crossing the end of the ring, odd ring sizes."),
    Clause(
      .packedDev08, "PACKED-DEV-08", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Next Flag: Descriptor Chaining",
      says: "One used descriptor is written per chained list, after which the device skips the list length.",
      observed: """
        chains of length m: next used position = old + m mod size, intermediate slots keep driver contents; with \
        IN_ORDER a batch skips further (INORDER-DEV-03).
        """),
    Clause(
      .packedDev09, "PACKED-DEV-09", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Next Flag: Descriptor Chaining",
      says: "The used descriptor's id is the Buffer ID taken from the last descriptor of the list.",
      observed: "put different ids in the earlier descriptors of the list: returned id is that of the last."),
    Clause(
      .packedDev10, "PACKED-DEV-10", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Write Flag",
      says: """
        WRITE in a used descriptor says that the device wrote data; only then Element Length is valid, and it counts no \
        more than was written.
        """,
      observed: """
        WRITE 1 exactly if the memory log shows a device write into the buffer, then len <= writable total; \
        nothing written (read-only buffer, or writable but untouched): WRITE 0, len ignored. Prose only, QEMU \
        leaves WRITE 0 and drivers cope: warning.
        """),
    Clause(
      .packedDev11, "PACKED-DEV-11", .device, .must,
      source: """
        packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues / Scatter-Gather \
        Support
        """,
      says: "Descriptors of a chained list are used in the order they were made available.",
      observed: "data lands in list order across elements."),
    Clause(
      .packedDev12, "PACKED-DEV-12", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Indirect Flag: Scatter-Gather Support",
      says: """
        In an indirect table only the WRITE flag counts; other flags and ids are ignored and entries are taken one \
        after another.
        """,
      observed: "set junk NEXT/AVAIL/USED/id values in table entries: same result."),
    Clause(
      .packedDev13, "PACKED-DEV-13", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Indirect Flag: Scatter-Gather Support",
      says: "The device disregards WRITE on a ring descriptor pointing at an indirect table.",
      observed: "set it: same result, table not written."),
    Clause(
      .packedDev14, "PACKED-DEV-14", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Driver and Device Event Suppression",
      says: "Driver event flags ENABLE (0) demand a used notification after used descriptors were written.",
      observed: "flags 0 in the Driver Area: InterruptStatus bit 0 must become 1."),
    Clause(
      .packedDev15, "PACKED-DEV-15", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Driver and Device Event Suppression",
      says: "Driver event flags DISABLE (1) mute used notifications.",
      observed: "flags 1 set before publishing: bit 0 stays 0 (warn only, A21)."),
    Clause(
      .packedDev16, "PACKED-DEV-16", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Driver and Device Event Suppression",
      says: """
        Driver event flags DESC (2, needs EVENT_IDX) demand a notification when the descriptor at the given offset \
        and wrap is used.
        """,
      observed: """
        set offset/wrap to the slot where the next or a later used descriptor starts, also in the next lap: \
        notification once that slot is used, also inside a batch of completions. A slot in the middle of a list \
        (skipped, never written) is ambiguous: either passes.
        """),
    Clause(
      .packedDev17, "PACKED-DEV-17", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Driver and Device Event Suppression",
      says: "The Driver Event Suppression area is read-only for the device.",
      observed: "no device write to the Driver Area in the memory log."),
    Clause(
      .packedDev18, "PACKED-DEV-18", .device, .prose,
      source: """
        packed-ring.tex:sec:Basic Facilities of a Virtio Device / Packed Virtqueues / Event Suppression Structure \
        Format
        """,
      says: "The device's own event structure uses flag values 0..2 (2 only with EVENT_IDX) and zero reserved bits.",
      observed: "read the Device Area at every step."),
    Clause(
      .packedDev19, "PACKED-DEV-19", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Structure Size and Alignment",
      says: "Packed queue sizes need not be powers of two; up to 32768 entries.",
      observed: "sizes 1,2,3,5,7,QueueNumMax: works incl. wrap handling (A7)."),
    Clause(
      .packedDev20, "PACKED-DEV-20", .device, .shouldNot,
      source: """
        packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues / The Virtqueue \
        Descriptor Table
        """,
      says: "Device-writable buffers are not read.",
      observed: "memory log (warn); unlike split the packed text has no debugging exception."),
    Clause(
      .packedDev21, "PACKED-DEV-21", .device, .may,
      source: """
        packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues / Scatter-Gather \
        Support
        """,
      says: "The device may limit the number of buffers in a list.",
      observed: "long lists may be refused, cleanly (error status or NEEDS_RESET, no crash)."),
    Clause(
      .packedDev22, "PACKED-DEV-22", .device, .may,
      source: "packed-ring.tex:devicenormative:Basic Facilities of a Virtio Device / Packed Virtqueues",
      says: "Used-descriptor writes may be reordered among themselves once they have been started.",
      observed: """
        not a violation: used slots become visible out of order before the notification; order checks only at \
        notification or quiescence.
        """),
    Clause(
      .packedDev23, "PACKED-DEV-23", .device, .prose,
      source: "packed-ring.tex:sec:Packed Virtqueues / Multi-buffer requests",
      says: "If several buffers serve one request, the first one is marked used after all the others.",
      observed: """
        net with MRG_RXBUF on a packed ring, frame over k buffers: when the first of them shows used, the other \
        k-1 already do.
        """),
  ]
}

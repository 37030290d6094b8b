extension Clause {
  static let ringresetDev: [Clause] = [
    Clause(
      .ringresetDev01, "RINGRESET-DEV-01", .device, .mustNot,
      source: """
        content.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Reset
        """,
      says: "After a queue reset no request of that queue is executed.",
      observed: """
        pending buffers + QueueReset=1 + read 0: no later data/ring access; notify the dead queue: nothing.
        """),
    Clause(
      .ringresetDev02, "RINGRESET-DEV-02", .device, .mustNot,
      source: """
        content.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Reset
        """,
      says: "After a queue reset no notification is sent for that queue.",
      observed: """
        once 0x0c0 reads 0, ack; from then InterruptStatus bit 0 stays 0 with only that queue active (a bit raised \
        before the reset ended stays until acked).
        """),
    Clause(
      .ringresetDev03, "RINGRESET-DEV-03", .device, .must,
      source: """
        content.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Reset
        """,
      says: "The queue's whole state, incl. available and used positions, returns to its default.",
      observed: """
        re-enable with zeroed rings: next available taken from slot 0, used goes to slot 0, wrap counters 1.
        """),
    Clause(
      .ringresetDev04, "RINGRESET-DEV-04", .device, .must,
      source: """
        content.tex:devicenormative:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset / Virtqueue \
        Re-enable
        """,
      says: "On re-enable the device uses the configuration as changed by the driver, such as another size.",
      observed: "re-enable with half size and other addresses: wraps at the new size, old areas untouched."),
    Clause(
      .ringresetDev05, "RINGRESET-DEV-05", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset",
      says: "Resetting one queue leaves the others working.",
      observed: "traffic on queue B keeps flowing while A is reset repeatedly."),
  ]
}

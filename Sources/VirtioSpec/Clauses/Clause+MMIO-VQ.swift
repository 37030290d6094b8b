extension Clause {
  static let mmioVq: [Clause] = [
    Clause(
      .mmioVq01, "MMIO-VQ-01", .driver, .prose,
      source: "mmio:Virtqueue Configuration",
      says: "Queue setup starts with writing the queue index to QueueSel.",
      observed: "trace rule: per-queue register access before any QueueSel write since reset."),
    Clause(
      .mmioVq02, "MMIO-VQ-02", .device, .prose,
      source: "mmio:Virtqueue Configuration",
      says: "A queue that is not in use shows QueueReady 0, which setup expects before going on.",
      observed: "After reset, before setup: 0x044 reads 0 for each queue; after setup it reads 1."),
    Clause(
      .mmioVq03, "MMIO-VQ-03", .driver, .prose,
      source: "mmio:Virtqueue Configuration",
      says: "Setup reads QueueNumMax and treats 0 as \"queue not available\".",
      observed: "trace rule: QueueNum/QueueReady written for a queue whose 0x034 read 0."),
    Clause(
      .mmioVq04, "MMIO-VQ-04", .driver, .prose,
      source: "mmio:Virtqueue Configuration",
      says: "Queue memory is zeroed and physically contiguous before the queue is enabled.",
      observed: """
        guest-memory snapshot at the QueueReady=1 write: used.flags and used.idx zero; packed: device event \
        structure zero. Not judged: descriptor next fields (free list), avail.flags or driver event flags already \
        1 (Linux presets them for a queue without callback), buffers published early. Advice only (\"typically\").
        """),
    Clause(
      .mmioVq05, "MMIO-VQ-05", .driver, .prose,
      source: "mmio:Virtqueue Configuration",
      says: "QueueNum is written before the queue is enabled.",
      observed: """
        trace rule: QueueReady=1 with no QueueNum write since the last reset of that queue (default size is \
        undefined, A7).
        """),
    Clause(
      .mmioVq06, "MMIO-VQ-06", .driver, .prose,
      source: "mmio:Virtqueue Configuration",
      says: """
        The Descriptor, Driver and Device Area addresses are written to their register pairs before the queue is \
        enabled.
        """,
      observed: """
        trace rule: QueueReady=1 with any of the six address registers not written since the last device reset (or \
        reset of that queue).
        """),
    Clause(
      .mmioVq07, "MMIO-VQ-07", .driver, .prose,
      source: "mmio:Virtqueue Configuration",
      says: "Writing 1 to QueueReady is the last step of queue setup.",
      observed: "trace rule: QueueNum/address write after QueueReady=1."),
  ]
}

extension Clause {
  static let notifDev: [Clause] = [
    Clause(
      .notifDev01, "NOTIF-DEV-01", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Driver notifications",
      says: "The device copes with several notifications that carry identical data.",
      observed: "send the same word n times: processed once, no error, no stall."),
    Clause(
      .notifDev02, "NOTIF-DEV-02", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Driver notifications",
      says: """
        Notifications whose data is older than the ring do not make the device lose buffers that a later correct \
        notification covers.
        """,
      observed: """
        publish twice, notify with the word of the first and then of the second state (a driver race): all buffers \
        get processed after the last, correct word. A device may take the amount from the word without reading \
        memory, so a word left stale for good is a driver fault: survival only (QEMU copies it to its shadow \
        index, A19).
        """),
  ]
}

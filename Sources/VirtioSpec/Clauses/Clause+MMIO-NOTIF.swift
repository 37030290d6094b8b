extension Clause {
  static let mmioNotif: [Clause] = [
    Clause(
      .mmioNotif01, "MMIO-NOTIF-01", .driver, .prose,
      source: "mmio:Available Buffer Notifications",
      says: """
        Without NOTIFICATION_DATA an available-buffer notification is one write of the 16-bit queue index to \
        QueueNotify.
        """,
      observed: "trace rule: write to 0x050 with a value >= number of queues."),
    Clause(
      .mmioNotif02, "MMIO-NOTIF-02", .driver, .prose,
      source: "mmio:Available Buffer Notifications",
      says: """
        With NOTIFICATION_DATA an available-buffer notification is one 32-bit write of the \
        index/next_off/next_wrap word to QueueNotify.
        """,
      observed: """
        trace rule: fields of the word match no ring state between the previous notification and this write \
        (another thread may publish in between).
        """),
    Clause(
      .mmioNotif03, "MMIO-NOTIF-03", .device, .prose,
      source: "mmio:Notifications From The Device",
      says: "The device owns one interrupt line, which is active whenever at least one InterruptStatus bit is set.",
      observed: """
        Sample line and 0x060 together: line==(status&3!=0) at quiescent points (A2 for edge-triggered targets).
        """),
    Clause(
      .mmioNotif04, "MMIO-NOTIF-04", .device, .prose,
      source: "mmio:Notifications From The Device",
      says: "Once all InterruptStatus bits are cleared the line goes inactive again.",
      observed: "Ack all bits: line must drop; with one bit left it must stay up (derived converse; A2)."),
    Clause(
      .mmioNotif05, "MMIO-NOTIF-05", .device, .prose,
      source: "mmio:Notifications From The Device",
      says: "Used-buffer and configuration-change notifications share that one line.",
      observed: """
        Trigger both without ack: one line, status 3; ack of one leaves the line up (level profile; edge profile: \
        at least one edge per 0->1 transition, A2).
        """),
    Clause(
      .mmioNotif06, "MMIO-NOTIF-06", .driver, .must,
      source: "mmio:Driver normative/Notifications From The Device",
      says: "On an interrupt the driver reads InterruptStatus to learn the cause.",
      observed: "trace rule: line active and handler ran without a read of 0x060."),
    Clause(
      .mmioNotif07, "MMIO-NOTIF-07", .driver, .should,
      source: "mmio:Driver normative/Notifications From The Device",
      says: "A set used-buffer bit makes the driver check every active virtqueue.",
      observed: "fake-device mode: complete buffers on two queues with one interrupt; driver must collect both."),
    Clause(
      .mmioNotif08, "MMIO-NOTIF-08", .driver, .must,
      source: "mmio:Driver normative/Notifications From The Device",
      says: "After handling, the driver acknowledges through InterruptACK with the mask of handled events.",
      observed: "trace rule: as MMIO-DRV ack rule; order relative to used-ring scan is the trap (A1)."),
  ]
}

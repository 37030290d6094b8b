extension Clause {
  static let consoleDrv: [Clause] = [
    Clause(
      .consoleDrv01, "CONSOLE-DRV-01", .driver, .mustNot,
      source: """
        device-types/console/description.tex:drivernormative:Device Types / Console Device / Device Operation
        """,
      says: "No device-readable buffer is queued in a receiveq.",
      observed: "trace rule: descriptor flags. Adversarial: clean handling."),
    Clause(
      .consoleDrv02, "CONSOLE-DRV-02", .driver, .mustNot,
      source: """
        device-types/console/description.tex:drivernormative:Device Types / Console Device / Device Operation
        """,
      says: "No device-writable buffer is queued in a transmitq.",
      observed: "trace rule: descriptor flags. Adversarial: clean handling."),
    Clause(
      .consoleDrv03, "CONSOLE-DRV-03", .driver, .must,
      source: """
        device-types/console/description.tex:drivernormative:Device Types / Console Device / Device Operation / \
        Multiport Device Operation
        """,
      says: "With MULTIPORT accepted DEVICE_READY is sent.",
      observed: "trace rule: control transmitq carries event 0."),
    Clause(
      .consoleDrv04, "CONSOLE-DRV-04", .driver, .must,
      source: """
        device-types/console/description.tex:drivernormative:Device Types / Console Device / Device Operation / \
        Multiport Device Operation
        """,
      says: "A CONSOLE_PORT message is answered by a PORT_OPEN of that port with value 1.",
      observed: "trace rule: what the control queues carry, up to the end of the trace."),
  ]
}

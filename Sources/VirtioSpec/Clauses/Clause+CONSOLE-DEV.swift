extension Clause {
  static let consoleDev: [Clause] = [
    Clause(
      .consoleDev01, "CONSOLE-DEV-01", .device, .must,
      source: """
        device-types/console/description.tex:devicenormative:Device Types / Console Device / Device Initialization
        """,
      says: "emerg_wr can be written even on an unconfigured device.",
      observed: "EMERG_WRITE offered: 32-bit write at config+8 with Status 0: no fault, not dropped (A15)."),
    Clause(
      .consoleDev02, "CONSOLE-DEV-02", .device, .should,
      source: """
        device-types/console/description.tex:devicenormative:Device Types / Console Device / Device Initialization
        """,
      says: "The low byte written to emerg_wr comes out on a log or output.",
      observed: "backend fixture receives the byte."),
    Clause(
      .consoleDev03, "CONSOLE-DEV-03", .device, .mustNot,
      source: """
        device-types/console/description.tex:devicenormative:Device Types / Console Device / Device Operation / \
        Multiport Device Operation
        """,
      says: "DEVICE_ADD never names a port that already exists.",
      observed: """
        MULTIPORT accepted: track control receiveq messages since the last reset; a port removed by DEVICE_REMOVE \
        may be added again.
        """),
    Clause(
      .consoleDev04, "CONSOLE-DEV-04", .device, .mustNot,
      source: """
        device-types/console/description.tex:devicenormative:Device Types / Console Device / Device Operation / \
        Multiport Device Operation
        """,
      says: "DEVICE_ADD never names a port id >= max_nr_ports.",
      observed: "track control receiveq messages vs config+4."),
    Clause(
      .consoleDev05, "CONSOLE-DEV-05", .device, .mustNot,
      source: """
        device-types/console/description.tex:devicenormative:Device Types / Console Device / Device Operation / \
        Multiport Device Operation
        """,
      says: "DEVICE_REMOVE never names a port that was not added before.",
      observed: "MULTIPORT accepted: track control receiveq messages since the last reset."),
    Clause(
      .consoleDev06, "CONSOLE-DEV-06", .device, .prose,
      source: "device-types/console/description.tex:sec:Device Types / Console Device / Virtqueues",
      says: "Queues 0 and 1 (port 0 rx/tx) always exist; all others only with MULTIPORT.",
      observed: "QueueNumMax(2)=0 when MULTIPORT is not offered (not accepted: undefined)."),
    Clause(
      .consoleDev07, "CONSOLE-DEV-07", .device, .prose,
      source: "device-types/console/description.tex:sec:Device Types / Console Device / Device configuration layout",
      says: "Layout is cols le16 @0, rows le16 @2, max_nr_ports le32 @4, emerg_wr le32 @8.",
      observed: "width-correct reads vs fixture (cols/rows order is contested upstream, A25)."),
    Clause(
      .consoleDev08, "CONSOLE-DEV-08", .device, .prose,
      source: "device-types/console/description.tex:sec:Device Types / Console Device / Device Operation",
      says: "Characters in transmitq buffers reach the backend in the order queued.",
      observed: """
        backend byte stream equals concatenated buffers for random splits; used len 0 since nothing is writable.
        """),
    Clause(
      .consoleDev09, "CONSOLE-DEV-09", .device, .prose,
      source: "device-types/console/description.tex:sec:Device Types / Console Device / Device Operation",
      says: "Input fills receiveq buffers; len tells how many bytes.",
      observed: """
        inject input: len>0, data equals injected stream in order, no bytes lost or duplicated across buffers.
        """),
    Clause(
      .consoleDev10, "CONSOLE-DEV-10", .device, .prose,
      source: "device-types/console/description.tex:sec:Device Types / Console Device / Device Operation",
      says: "With SIZE accepted a resize shows up as a configuration change notification with new cols/rows.",
      observed: "inject resize: bit 1, new values, generation changed."),
    Clause(
      .consoleDev11, "CONSOLE-DEV-11", .device, .must,
      source: """
        device-types/console/description.tex:sec:Device Types / Console Device / Device configuration layout / \
        Legacy Interface: Device configuration layout
        """,
      says: "Legacy: configuration (and control message) fields of the console are in guest-native byte order.",
      observed: "big-endian guest profile only."),
    Clause(
      .consoleDev12, "CONSOLE-DEV-12", .device, .prose,
      source: "device-types/console/description.tex:sec:Device Types / Console Device / Device Initialization",
      says: "With MULTIPORT accepted ports are announced by DEVICE_ADD after the driver sent DEVICE_READY.",
      observed: """
        no entry used in the control receiveq before DEVICE_READY with value 1 was published (it need not be used \
        yet).
        """),
    Clause(
      .consoleDev13, "CONSOLE-DEV-13", .device, .prose,
      source: """
        device-types/console/description.tex:sec:Device Types / Console Device / Device Operation / Multiport \
        Device Operation
        """,
      says: """
        A control message is le32 id, le16 event, le16 value; RESIZE is followed by le16 cols, le16 rows, \
        PORT_NAME by a name without NUL.
        """,
      observed: """
        used len of control receiveq buffers: 8, 12 for RESIZE, 8 + name; events from the device are 1, 2, 4, 5, 6 \
        or 7 only (cols/rows order A25).
        """),
  ]
}

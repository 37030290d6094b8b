import TestSupport
import VirtioSpec

private let features = "device block flags=legacy\nnegotiate accept=0xffffffffffffffff flags=identify\n"
private let two = features.replacing("block", with: "block queues=2 queue-size=1024")
private let up = features + "queue size=8\nstatus set=driver-ok\n"

private func write(_ register: String, _ value: String) -> String {
  "write offset=\(register) width=4 value=\(value)\n"
}

extension BreachTests {
  static let legacyCases = [
    BreachCase(.mmioLeg10, broken: features + "page-size bytes=1000", kept: up),
    BreachCase(
      .mmioLeg11,
      broken: "device block flags=legacy\n" + write("QueueSel", "0") + write("QueueNum", "8")
        + write("QueueAlign", "4096") + write("QueuePFN", "16"),
      kept: up),
    BreachCase(.mmioLeg11, broken: up + "page-size bytes=4096", kept: up + "stop\npage-size bytes=4096\nqueue size=8"),
    BreachCase(.mmioLeg14, broken: up + "read offset=QueueNumMax width=4", kept: up),
    BreachCase(.mmioLeg17, broken: features + "legacy-queue size=8 align=100", kept: up),
    BreachCase(
      .mmioLeg20,
      broken: two + "queue size=1024 region=1\nqueue queue=1 size=1024 region=0",
      kept: two + "queue size=1024 region=1\nstop\nqueue queue=1 size=1024 region=0"),
    BreachCase(
      .mmioLeg31,
      broken: features + write("QueueSel", "0") + write("QueueNum", "8") + write("QueueAlign", "4096")
        + write("QueuePFN", "16"),
      kept: up),
    BreachCase(
      .mmioLeg31, broken: features + write("QueueSel", "0") + write("QueueNum", "8") + write("QueuePFN", "16"), kept: up
    ),
    BreachCase(
      .mmioLeg31,
      broken: up + "stop\n" + write("QueuePFN", "16"), kept: up + "stop\nqueue size=8"),
    BreachCase(.splitDrv01, broken: features + "legacy-queue size=8 align=2", kept: up),
    BreachCase(
      .mmioLeg32, broken: features + "queue size=512 flags=not-ready", kept: features + "queue size=256 flags=not-ready"
    ),
  ]
}

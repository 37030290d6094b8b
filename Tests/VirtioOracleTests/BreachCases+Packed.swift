import TestSupport
import VirtioSpec

private let features = "device block flags=packed\nnegotiate accept=0xffffffffffffffff flags=identify\n"
private let up = features + "queue size=8\nstatus set=driver-ok\n"
private let served = up + "publish length=512 flags=kick\nservice\n"
private let data = up.replacing("flags=packed", with: "flags=notification-data+packed")

private func notify(_ word: String) -> String { "write offset=QueueNotify width=4 value=\(word)\n" }

extension BreachTests {
  static let packedCases = [
    BreachCase(
      .featDrv07, broken: features.replacing("accept=0xffffffffffffffff", with: "accept=0xfffffffbffffffff"),
      kept: features),
    BreachCase(
      .packedDrv01,
      broken: features + "queue size=8 fault=unaligned flags=not-ready\n"
        + "write offset=QueueReady width=4 value=1", kept: up),
    BreachCase(
      .packedDrv02,
      broken: up
        + "backend mode=stalled\npublish length=512 flags=kick\nstore address=desc0 width=8 value=0x10\nbackend",
      kept: served),
    BreachCase(
      .packedDrv03, broken: up + "publish length=512\nstore address=desc0+0x8 width=4 value=0x8\nkick\nservice",
      kept: served),
    BreachCase(.packedDrv04, broken: data + notify("0x80020000"), kept: data + "publish length=512 flags=kick"),
    BreachCase(
      .notifDrv03, broken: data + "publish length=512 flags=kick\n" + notify("0x80000000"),
      kept: data + "publish length=512 flags=kick\nkick"),
    BreachCase(.packedDrv05, broken: up + "publish length=512 flags=kick fault=endless-list", kept: served),
    BreachCase(.packedDrv06, broken: up + "publish length=512 flags=kick fault=unavailable-middle", kept: served),
    BreachCase(
      .packedDrv07, broken: up + "publish length=512 flags=indirect-tail+kick fault=indirect-and-next",
      kept: up + "publish length=512 flags=indirect-tail+kick"),
    BreachCase(
      .packedDrv08, broken: up + "publish length=512 flags=kick fault=junk-in-table",
      kept: up + "publish length=512 flags=indirect+kick"),
    BreachCase(
      .packedDrv09, broken: features + "fill address=start0 length=64 pattern=ones\nqueue size=8 flags=keep-memory",
      kept: up),
  ]
}

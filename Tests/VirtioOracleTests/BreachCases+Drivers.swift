import TestSupport
import VirtioSpec

/// A driver that keeps all rules, up to DRIVER_OK, with one queue.
private let features = "device block\nnegotiate accept=0xffffffffffffffff flags=identify\n"
private let up = features + "queue size=8\nstatus set=driver-ok\n"
/// The same with nothing accepted but VIRTIO_F_VERSION_1.
private let plainFeatures = "device block\nnegotiate accept=0x100000000 flags=identify\n"
private let plain = plainFeatures + "queue size=8\nstatus set=driver-ok\n"
private let served = "publish length=512 flags=kick\nservice\n"

private func write(_ register: String, _ value: String) -> String {
  "write offset=\(register) width=4 value=\(value)\n"
}
private func read(_ register: String) -> String { "read offset=\(register) width=4\n" }

/// What sets queue 0 up without asking whether it is there.
private let blindQueue =
  write("QueueSel", "0") + write("QueueNum", "8") + write("QueueDescLow", "0x10000") + write("QueueDescHigh", "0")
  + write("QueueDriverLow", "0x10800") + write("QueueDriverHigh", "0") + write("QueueDeviceLow", "0x10c00")
  + write("QueueDeviceHigh", "0") + write("QueueReady", "1")

extension BreachTests {
  static let accessCases = [
    BreachCase(.mmioDrv01, broken: "device block\n" + read("0x18"), kept: up),
    BreachCase(.mmioDrv02, broken: "device block\n" + write("MagicValue", "1"), kept: up),
    BreachCase(.mmioDrv03, broken: "device block\n" + read("QueueSel"), kept: up),
    BreachCase(.mmioDrv04, broken: "device block\nread offset=MagicValue width=2", kept: up),
    BreachCase(
      .mmioDrv05, broken: "device block\n" + read("0x120"), kept: "device block\nread offset=0x120 width=1"),
    BreachCase(
      .mmioDrv06, broken: "device block\nread offset=0x122 width=1", kept: "device block\nread offset=0x122 width=2"),
    BreachCase(
      .mmioDrv07, broken: "device block\nread offset=0x100 width=8", kept: "device block\n" + read("0x100")),
    BreachCase(.mmioDrv14, broken: "device block\n" + read("DeviceFeatures"), kept: features),
    BreachCase(.mmioDrv15, broken: "device block\n" + write("DriverFeatures", "1"), kept: features),
    BreachCase(.mmioInit01, broken: "device block\nnegotiate accept=0xffffffffffffffff", kept: features),
    BreachCase(
      .mmioInit02, broken: "device block\n" + read("MagicValue") + read("Version") + write("Status", "0"),
      kept: features),
    BreachCase(.mmioInit05, broken: features + write("SHMSel", "0"), kept: up),
  ]

  static let queueCases = [
    BreachCase(
      .mmioDrv16, broken: features + "queue size=512 flags=not-ready", kept: features + "queue size=256 flags=not-ready"
    ),
    BreachCase(.mmioDrv17, broken: up + "queue size=4", kept: up + "stop\nqueue size=4"),
    BreachCase(
      .mmioDrv18,
      broken: features.replacing("block", with: "block queues=2 queue-size=1024")
        + "queue size=1024 region=1\nqueue queue=1 size=1024 region=0",
      kept: features.replacing("block", with: "block queues=2 queue-size=1024")
        + "queue size=1024 region=1\nstop\nqueue queue=1 size=1024 region=0"),
    BreachCase(.mmioDrv19, broken: up + write("QueueReady", "0"), kept: up + "stop"),
    BreachCase(
      .mmioDrv23, broken: up + write("QueueReset", "1") + "queue size=8", kept: up + "queue-reset\nqueue size=8"),
    BreachCase(
      .mmioDrv23,
      broken: up + write("QueueReset", "1") + write("QueueNum", "8") + read("QueueReset") + "queue size=8",
      kept: up + "queue-reset\nqueue size=8"),
    BreachCase(
      .ringresetDrv03, broken: up + "queue-reset\n" + write("QueueReady", "1"), kept: up + "queue-reset\nqueue size=8"),
    BreachCase(.mmioVq01, broken: features + write("QueueNum", "8"), kept: up),
    BreachCase(.mmioVq03, broken: features + blindQueue, kept: up),
    BreachCase(
      .mmioVq04,
      broken: features + "queue size=8 flags=not-ready\nstore address=used0+0x2 width=2 value=1\n"
        + write("QueueReady", "1"),
      kept: features + "queue size=8 flags=not-ready\n" + write("QueueReady", "1")),
    BreachCase(.mmioVq05, broken: features + "queue size=8 flags=no-size", kept: up),
    BreachCase(
      .mmioVq06,
      broken: features + write("QueueSel", "0") + read("QueueNumMax") + write("QueueNum", "8")
        + write("QueueReady", "1"), kept: up),
    BreachCase(.splitDrv01, broken: features + "queue size=8 fault=unaligned", kept: up),
    BreachCase(
      .splitDrv08,
      broken: features + "queue size=8 flags=not-ready\nstore address=used0 width=2 value=1\n"
        + write("QueueReady", "1"),
      kept: features + "queue size=8 flags=not-ready\n" + write("QueueReady", "1")),
  ]

  static let interruptCases = [
    BreachCase(
      .mmioDrv21, broken: up + "publish length=512 flags=kick\nservice ack=none\nreset", kept: up + served + "reset"),
    BreachCase(.mmioDrv22, broken: up + "service ack=everything", kept: up + served),
    BreachCase(.mmioNotif01, broken: up + write("QueueNotify", "9"), kept: up + served),
    BreachCase(
      .mmioNotif06, broken: up + "publish length=512 flags=kick\n" + write("InterruptACK", "1"), kept: up + served),
  ]

  static let statusCases = [
    BreachCase(.statDrv01, broken: "device block\nnegotiate flags=identify+no-acknowledge", kept: up),
    BreachCase(.statDrv02, broken: features + write("Status", "1"), kept: up),
    BreachCase(
      .statDrv03, broken: features + "status set=failed\nstatus set=driver-ok",
      kept: features + "status set=failed\nreset"),
    BreachCase(
      .resetDrv01, broken: "device block\n" + write("Status", "0") + write("Status", "1"),
      kept: "device block\nreset\n" + write("Status", "1")),
    BreachCase(
      .featDrv01, broken: "device block\nnegotiate accept=0x100000000 force=39 flags=identify", kept: features),
    BreachCase(
      .featDrv03, broken: "device block\nnegotiate accept=0x100000000 force=38 flags=identify", kept: features),
    BreachCase(
      .featDrv05, broken: "device block\nnegotiate flags=identify+no-features-ok\nstatus set=failed\nqueue size=8",
      kept: "device block\nnegotiate flags=identify+no-features-ok\nstatus set=failed\nreset"),
    BreachCase(.featDrv06, broken: "device block\nnegotiate flags=identify", kept: features),
  ]

  static let initializationCases = [
    BreachCase(.initDrv01, broken: "device block\nstatus set=acknowledge", kept: features),
    BreachCase(
      .initDrv02, broken: "device block\nnegotiate accept=0xffffffffffffffff flags=identify+no-driver", kept: features),
    BreachCase(
      .initDrv03,
      broken: "device block\nnegotiate flags=identify+no-features-ok\nwrite offset=0x120 width=1 value=1",
      kept: features),
    BreachCase(
      .initDrv04, broken: plainFeatures + write("DriverFeaturesSel", "0") + write("DriverFeatures", "0x20000000"),
      kept: up),
    BreachCase(
      .initDrv05,
      broken: "device block\nnegotiate accept=0x100000000 flags=identify+no-features-ok\n"
        + "status set=features-ok\nqueue size=8", kept: up),
    BreachCase(.initDrv06, broken: features + "status set=driver-ok\nqueue size=8", kept: up),
    BreachCase(.initDrv07, broken: features + "queue size=8\nkick", kept: up + served),
    BreachCase(
      .initDrv08, broken: "device block\nnegotiate flags=identify\nstatus set=driver-ok",
      kept: "device block\nnegotiate flags=identify\nstatus set=failed"),
    BreachCase(
      .initDrv09, broken: features + "status set=failed\nqueue size=8", kept: features + "status set=failed\nreset"),
  ]

  static let ringCases = [
    BreachCase(
      .resetDrv02,
      broken: up + "backend mode=stalled\npublish length=512 flags=kick\n"
        + "descriptor index=0 address=buffer3 length=8",
      kept: up + "backend mode=stalled\npublish length=512 flags=kick\npublish length=512"),
    BreachCase(
      .resetDrv02,
      broken: up + "backend mode=stalled\npublish length=512 flags=kick\n"
        + "descriptor index=1 address=buffer3 length=8",
      kept: up + "backend mode=stalled\npublish length=512 flags=kick\ndescriptor index=7 address=buffer3 length=8"),
    BreachCase(
      .resetDrv03, broken: up + "backend mode=stalled\npublish length=512 flags=kick fault=repeated-head",
      kept: up + "backend mode=stalled\npublish length=512 flags=kick\nreset"),
    BreachCase(
      .splitDrv02, broken: up + "publish length=512 flags=kick fault=readable-after-writable", kept: up + served),
    BreachCase(
      .splitDrv03, broken: up + "descriptor index=0 address=buffer0 length=8 flags=next next=0\noffer head=0\nkick",
      kept: up + served),
    BreachCase(.splitDrv04, broken: up + served + "publish length=512 fault=index-back", kept: up + served),
    BreachCase(.splitDrv05, broken: plain + "store address=avail0 width=2 value=2\n" + served, kept: plain + served),
    BreachCase(.splitDrv09, broken: plain + "publish length=512", kept: plain + served),
    BreachCase(
      .indirectDrv01, broken: plain + "publish length=512 flags=kick+indirect fault=long-indirect",
      kept: up + "publish length=512 flags=kick+indirect"),
    BreachCase(
      .indirectDrv02, broken: up + "publish length=512 flags=kick+indirect fault=nested-indirect",
      kept: up + "publish length=512 flags=kick+indirect"),
    BreachCase(
      .indirectDrv03, broken: up + "publish length=512 flags=kick+indirect fault=long-indirect",
      kept: up + "publish length=512 flags=kick+indirect"),
    BreachCase(
      .indirectDrv04, broken: up + "publish length=512 flags=kick+indirect fault=indirect-and-next",
      kept: up + "publish length=512 flags=kick+indirect"),
    BreachCase(.eventidxDrv01, broken: up + "suppress by=unwanted\n" + served, kept: up + served),
    BreachCase(.eventidxDrv03, broken: up + "publish length=512", kept: up + served),
    BreachCase(.eventidxDrv04, broken: up + "kick", kept: up + served),
  ]
}

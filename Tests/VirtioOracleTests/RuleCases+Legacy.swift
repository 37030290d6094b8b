import TestSupport
import VirtioSpec

extension RuleTests {
  private static func legacy(
    _ steps: String, accept: String = "0xffffffffffffffff", queue: String = "queue size=16", queues: Int = 1
  ) -> String {
    "device block flags=legacy queues=\(queues)\nnegotiate accept=\(accept)\n\(queue)\nstatus set=driver-ok\n" + steps
  }

  private static let served = "publish length=512 flags=kick\nservice\n"
  private static let indirect = "publish length=512 flags=indirect+kick\nservice\nread offset=Status width=4\n"

  /// What is read while the device runs, at a place that depends on where the queue is.
  private static func looking(at place: @escaping @Sendable (Border.Areas) -> UInt64) -> @Sendable (Border) -> Void {
    { border in
      border.besides = { [unowned border] in
        border.status & 4 == 0 ? [] : [.read(place(border.queue), width: 2)]
      }
    }
  }

  static let legacyCases = [
    RuleCase(.mmioLeg28, "shows a capacity of its own", legacy("read offset=0x100 width=1")) {
      $0.readConfig = { $0 == 0 ? $2 ^ 1 : $2 }
    },
    RuleCase(.mmioLeg34, "looks at a queue that was taken out of use", legacy(served + "stop\nkick")) { border in
      border.besides = { [unowned border] in
        border.queue.driver != 0 && border.queue.page == 0
          ? [.read(border.queue.driver &+ SplitRing.availIdx, width: 2)] : []
      }
    },
    RuleCase(
      .mmioLeg02, "says that it is modern", "device block flags=legacy\nread offset=Version width=4",
      breakIt: { $0.read = { $0 == .version ? 2 : $1 } }),
    RuleCase(
      .mmioLeg07, "knows nothing of an accepted feature",
      legacy(indirect).replacing("ffff\nqueue", with: "ffff flags=high-first\nqueue")
    ) {
      $0.write = { $0 == .driverFeatures && $1 & 0x1000_0000 != 0 ? 0 : $1 }
    },
    RuleCase(.mmioLeg08, "takes the second word for the first", legacy(indirect)) {
      $0.write = { $0 == .driverFeaturesSel ? 0 : $1 }
    },
    RuleCase(
      .mmioLeg09, "takes every page for one of 4096 bytes",
      legacy(served, queue: "page-size bytes=1024\nqueue size=16"),
      breakIt: looking { UInt64($0.page) * 4096 }),
    RuleCase(
      .mmioLeg12, "shows the page of the first queue, whichever is selected",
      legacy("", queue: "queue size=16\nqueue queue=1 size=16", queues: 2)
    ) { border in
      border.read = { [unowned border] in $0 == .queuePFN ? border.queue.page : $1 }
    },
    RuleCase(
      .mmioLeg16, "aligns every used ring to 4096 bytes", legacy(served, queue: "legacy-queue size=16 align=256"),
      breakIt: looking { $0.descriptors + LegacyRing.deviceArea($0.size, align: 4096) }),
    RuleCase(
      .mmioLeg18, "takes the page number for an address", legacy(served), breakIt: looking { UInt64($0.page) }),
    RuleCase(
      .mmioLeg19, "does not show the page",
      legacy("write offset=QueueSel width=4\nread offset=QueuePFN width=4"),
      breakIt: { $0.read = { $0 == .queuePFN ? 0 : $1 } }),
    RuleCase(.mmioLeg27, "keeps the page over a reset", legacy(served)) { border in
      border.read = { [unowned border] in $0 == .queuePFN ? border.queue.page : $1 }
    },
    RuleCase(
      .mmioLeg30, "looks for the used ring right behind the available one", legacy(served),
      breakIt: looking { $0.descriptors + LegacyRing.deviceArea($0.size, align: 4) }),
    RuleCase(
      .leg06, "serves nobody before DRIVER_OK",
      legacy("").replacing("status set=driver-ok", with: "publish length=512 flags=kick")
    ) {
      $0.write = { $0 == .queueNotify ? nil : $1 }
    },
    RuleCase(
      .leg07, "keeps quiet about having nothing left",
      legacy("suppress by=unwanted\npublish length=512 count=3 flags=kick\nservice", accept: "0x1000000")
    ) {
      $0.line = { $0 ? nil : false }
    },
    RuleCase(.leg08, "does not offer VIRTIO_F_ANY_LAYOUT", "device block flags=legacy\nnegotiate") {
      $0.read = { $0 == .deviceFeatures ? $1 & ~0x0800_0000 : $1 }
    },
  ]
}

import TestSupport
import VirtioSpec

extension RuleTests {
  /// A device with one pair of queues, by default without offloads, and a driver that accepts all that is not withheld.
  static func up(withheld: String = "0x2000bb83", accept: String = "0xffffffffffffffff") -> String {
    """
    device network withheld=\(withheld)
    negotiate accept=\(accept)
    queue queue=0 size=16
    queue queue=1 size=16
    queue queue=2 size=16
    status set=driver-ok
    publish queue=0 count=8 length=1526 flags=kick

    """
  }

  private static func onPacked(_ program: String) -> String {
    program.replacing("device network", with: "device network flags=packed")
  }

  private static let arrival = "deliver length=80 pattern=noise\npoll\nservice\n"
  /// Two frames that are alike, both on their way at the same time.
  private static let twins = """
    backend mode=stalled
    publish queue=1 length=100 request=unicast at=1 flags=kick
    publish queue=1 length=100 request=unicast at=1 flags=kick
    backend
    service
    """
  static let merged = """
    device network withheld=0x20000000
    negotiate accept=0xffffffffffffffff
    queue queue=0 size=16
    queue queue=1 size=16
    queue queue=2 size=16
    status set=driver-ok
    publish queue=0 count=8 length=100 flags=kick
    deliver length=250 pattern=noise
    poll
    service

    """
  static let threePairs = """
    device network queues=3
    negotiate accept=0xffffffffffffffff
    queue queue=0 size=16
    queue queue=1 size=16
    queue queue=2 size=16
    queue queue=3 size=16
    queue queue=4 size=16
    queue queue=5 size=16
    queue queue=6 size=16
    status set=driver-ok
    publish queue=0 count=4 length=1526 flags=kick
    publish queue=2 count=4 length=1526 flags=kick
    publish queue=4 count=4 length=1526 flags=kick

    """

  static func command(_ request: String) -> String { "publish queue=2 request=\(request) flags=kick\n" }

  /// What becomes of the header of a frame on its way to the guest.
  static func changingHeader(_ border: Border, _ change: @escaping (inout [UInt8]) -> Void) {
    border.store = { [unowned border] address, bytes in
      guard bytes.count == Network.headerSize, !border.isInRing(address) else { return bytes }
      var header = bytes
      change(&header)
      return header
    }
  }

  /// The device hears one number of a width in place of another, in a buffer.
  static func hearing(_ border: Border, _ heard: UInt64, insteadOf said: UInt64, width: Int) {
    border.load = { $0 & 0xffff >= 0x9000 && $1 == width && $2 == said ? heard : $2 }
  }

  /// The device says that its MTU is 1024, and goes by 1500.
  private static func promisingShortFrames(_ border: Border) {
    border.profile = {
      $0.config[NetworkConfig.mtu] = 0
      $0.config[NetworkConfig.mtu + 1] = 4
    }
  }

  /// The device answers a command with another byte.
  private static func answering(_ border: Border, _ answer: UInt8) {
    border.store = { [unowned border] in $1.count == 1 && !border.isInRing($0) ? [answer] : $1 }
  }

  /// What a field of the configuration space reads, the first time and later.
  private static func showing(_ border: Border, _ offset: UInt32, _ first: UInt64, _ later: UInt64) {
    let isRead = Box(false)
    border.switchedOn = { isRead.value = false }
    border.readConfig = {
      guard $0 == offset else { return $2 }
      defer { isRead.value = true }
      return isRead.value ? later : first
    }
  }

  static let networkCases = networkConfigCases + networkFrameCases + networkControlCases + networkOffloadCases

  private static let networkConfigCases = [
    RuleCase(.netDev01, "has no pair of queues", up() + "read-config field=7") { showing($0, 8, 0, 0) },
    RuleCase(.netDev01, "has too many pairs of queues", up() + "read-config field=7") {
      showing($0, 8, 0x8001, 0x8001)
    },
    RuleCase(.netDev02, "has an MTU that no network has", up() + "read-config field=8") { showing($0, 10, 67, 67) },
    RuleCase(.netDev14, "has a small MTU", up() + "read-config field=8") { showing($0, 10, 1279, 1279) },
    RuleCase(.netDev15, "changes its MTU", up() + "read-config field=8\nread-config field=8") {
      showing($0, 10, 1500, 1400)
    },
    RuleCase(.netDev04, "is neither half nor full duplex", up() + "read-config field=10") { showing($0, 16, 2, 2) },
    RuleCase(.netDev19, "has a speed that is none", up() + "read-config field=9") {
      showing($0, 12, 0x8000_0000, 0x8000_0000)
    },
    RuleCase(.netDev20, "changes its speed while the link is up", up() + "read-config field=9\nread-config field=9") {
      showing($0, 12, 10_000, 1000)
    },
    RuleCase(.netDev21, "offers more receive modes without a queue for control", up()) {
      $0.read = { $0 == .deviceFeatures ? $1 & ~(1 << 17) : $1 }
    },
    RuleCase(.featDev01, "offers what requires a queue for control without one", up()) {
      $0.read = { $0 == .deviceFeatures ? $1 & ~(1 << 17) : $1 }
    },
    RuleCase(
      .netDev47, "has queues behind the one for control",
      "device network withheld=0x400000\nwrite offset=QueueSel width=4 value=3\nread offset=QueueNumMax width=4"
    ) { border in
      border.read = { [unowned border] in $0 == .queueNumMax && border.selected == 3 ? 64 : $1 }
    },
  ]

  private static let networkFrameCases = [
    RuleCase(.netDev06, "says that a frame is shorter than it is", up() + arrival) { border in
      border.store = { [unowned border] address, bytes in
        guard bytes.count == 8, border.isInRing(address) else { return bytes }
        var element = bytes
        element[4] -= 1
        return element
      }
    },
    RuleCase(.netDev06, "gives the guest another frame than came", up() + arrival) { border in
      border.store = { [unowned border] address, bytes in
        bytes.count == 80 && !border.isInRing(address) ? bytes.reversed() : bytes
      }
    },
    RuleCase(.netDev07, "leaves num_buffers 0", up() + arrival) { changingHeader($0) { $0[10] = 0 } },
    RuleCase(.netDev07, "says that a frame has fewer buffers than it has", merged) {
      changingHeader($0) { $0[10] = 2 }
    },
    RuleCase(
      .netDev07, "says that a frame has more buffers than it has",
      up(withheld: "0x20000000") + arrival
    ) { changingHeader($0) { $0[10] = 2 } },
    RuleCase(.netDev08, "does not fill a buffer that is not the last one", merged) { border in
      border.store = { [unowned border] address, bytes in
        guard bytes.count == 8, border.isInRing(address), bytes[4] == 100 else { return bytes }
        var element = bytes
        element[4] = 99
        return element
      }
    },
    RuleCase(.netDev09, "sets a flag without VIRTIO_NET_F_GUEST_CSUM", up() + arrival) {
      changingHeader($0) { $0[0] = 2 }
    },
    RuleCase(.netDev10, "hands on a frame that has to be cut", up() + arrival) { changingHeader($0) { $0[1] = 1 } },
    RuleCase(.netDev27, "tells of coalesced segments", up() + arrival) { changingHeader($0) { $0[0] = 4 } },
    RuleCase(.netDev28, "tells of a tunnel", up() + arrival) { changingHeader($0) { $0[1] = 0x20 } },
    RuleCase(
      .netDev13, "uses a second queue before the driver says so",
      threePairs + "publish queue=6 request=add-tag sector=3 flags=kick\ndeliver port=1 length=80\npoll\nservice"
    ) { hearing($0, 0x0004, insteadOf: 0x0002, width: 2) },
    RuleCase(
      .netDev43, "uses a queue that the driver has given up",
      threePairs + "publish queue=6 request=queue-pairs sector=3 flags=kick\n"
        + "publish queue=6 request=queue-pairs sector=1 flags=kick\ndeliver port=2 length=80\npoll\nservice"
    ) { hearing($0, 3, insteadOf: 1, width: 2) },
    RuleCase(
      .netDev16, "hands on a frame that is longer than the MTU",
      up().replacing("length=1526", with: "length=2048")
        + "deliver length=1600 pattern=noise\npoll\npoll\ndeliver length=1200 pattern=noise\npoll"
    ) { promisingShortFrames($0) },
    RuleCase(
      .netDev16, "hands on a frame that is longer than the MTU, by less than a tag",
      up().replacing("length=1526", with: "length=2048")
        + "deliver length=1600 pattern=noise\npoll\npoll\ndeliver length=1040 to=unicast\npoll"
    ) { promisingShortFrames($0) },
    RuleCase(
      .netDev17, "does not send a frame", up() + "publish queue=1 length=100 request=unicast at=1 flags=kick\nservice"
    ) { $0.emission = { _, _ in nil } },
    RuleCase(
      .netDev17, "cuts a frame", up() + "publish queue=1 length=100 request=unicast at=1 flags=kick\nservice"
    ) { $0.emission = { Array($1.prefix(70)) } },
    RuleCase(.netDev17, "sends one of two frames that are alike", up() + twins) { border in
      var count = 0
      border.switchedOn = { count = 0 }
      border.emission = { _, bytes in
        count += 1
        return count == 2 ? nil : bytes
      }
    },
    RuleCase(
      .netDev17, "sends a frame twice", up() + "publish queue=1 length=100 request=unicast at=1 flags=kick\nservice"
    ) { $0.emissionBesides = { $1 } },
    RuleCase(
      .netDev31, "puts a checksum where nobody asked for one",
      up() + "publish queue=1 length=100 request=unicast sector=0x0010002200000000 at=1 flags=kick\nservice"
    ) {
      $0.emission = { _, bytes in
        var frame = bytes
        frame[60] ^= 0x5a
        return frame
      }
    },
    RuleCase(.netDev22, "shows a frame before all of its buffers", merged) { border in
      border.store = { [unowned border] address, bytes in
        bytes.count == 2 && border.isInRing(address) && bytes[0] == 3 ? [2, 0] : bytes
      }
    },
    RuleCase(
      .packedDev23, "marks the first buffer of a frame before the others",
      merged.replacing("withheld=0x20000000", with: "withheld=0x20000000 flags=packed")
    ) { border in
      border.store = { [unowned border] address, bytes in
        // The id of the first descriptor, with its flags: written by the device, available and used.
        bytes.count == 2 && address == border.queue.descriptors + 12 ? bytes + [0x82, 0x80] : bytes
      }
    },
    RuleCase(
      .netDev44, "keeps a frame that came while all receive queues were being reset",
      """
      device network
      negotiate accept=0xffffffffffffffff
      queue queue=0 size=16
      queue queue=1 size=16
      queue queue=2 size=16
      status set=driver-ok
      backend mode=stalled
      queue-reset queue=0
      deliver length=80 pattern=noise
      backend
      queue-reset queue=0
      queue queue=0 size=16
      publish queue=0 count=4 length=1526 flags=kick
      poll
      service
      """
    ) { border in
      let writes = Box(0)
      let isReset = Box(false)
      border.switchedOn = { (writes.value, isReset.value) = (0, false) }
      border.write = {
        if $0 == .queueReady { isReset.value = false }
        guard $0 == .queueReset else { return $1 }
        isReset.value = true
        writes.value += 1
        return nil
      }
      border.read = {
        if $0 == .queueReady, isReset.value { return 0 }
        return $0 == .queueReset ? (writes.value == 1 ? 1 : 0) : $1
      }
    },
  ]

  private static let networkControlCases = [
    RuleCase(.netDev12, "shows its old address", up() + command("set-address at=3") + "read-config field=5") { border in
      border.readConfig = { $0 == 5 ? 0x56 : $2 }
    },
    RuleCase(.netDev34, "does not know a receive mode", up() + command("promiscuous sector=1")) { answering($0, 1) },
    RuleCase(.netDev35, "does not know a receive mode", up() + command("no-unicast")) { answering($0, 1) },
    RuleCase(.house11, "refuses a tag", up() + command("add-tag sector=7")) { answering($0, 1) },
    RuleCase(.house11, "takes a tag that is none", up() + command("add-tag sector=0x1007")) { answering($0, 0) },
    RuleCase(
      .house11, "takes a command that has no number",
      up() + command("acknowledge-announcement fault=ragged-length at=0")
    ) { answering($0, 0) },
    RuleCase(.house11, "takes a table that is cut", up() + command("address-table sector=1 fault=ragged-length at=1")) {
      answering($0, 0)
    },
    RuleCase(.netDev48, "answers with a number that is no answer", up() + command("add-tag sector=7")) {
      answering($0, 7)
    },
    RuleCase(.netDev48, "does what nobody has heard of", up() + command("control at=9")) { answering($0, 0) },
    RuleCase(.netDev36, "loses frames though it takes in all", up() + command("promiscuous sector=1") + arrival) {
      $0.hearsArrival = { _ in false }
    },
    RuleCase(
      .netDev36, "loses frames though it takes in all, without a status that says if the link is up",
      up(withheld: "0x2001bb83") + command("promiscuous sector=1") + arrival
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev36, "takes in broadcasts though it is told not to",
      up() + command("no-broadcast sector=1") + "deliver length=80 to=broadcast\npoll\npoll\nservice"
    ) { hearing($0, 0, insteadOf: 1, width: 1) },
    RuleCase(
      .netDev37, "keeps its table of addresses over a reset",
      up() + command("address-table sector=1 at=4") + up().split(separator: "\n").dropFirst().joined(separator: "\n")
        + "\n" + command("promiscuous") + "deliver length=80 at=4\npoll\npoll\nservice"
    ) { hearing($0, 1, insteadOf: 0, width: 1) },
    RuleCase(
      .netDev38, "loses frames for an address of its table",
      up() + command("address-table sector=1 at=4") + "deliver length=80 at=4\npoll\npoll\nservice"
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev39, "takes in frames for others",
      up() + command("promiscuous") + "deliver length=80 at=4\npoll\npoll\nservice"
    ) { hearing($0, 1, insteadOf: 0, width: 1) },
    RuleCase(
      .netDev40, "loses tagged frames",
      up(accept: "0xfffffffffff7ffff") + "deliver length=80 tag=5\npoll\npoll\nservice"
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev40, "loses tagged frames that packed rings have room for",
      onPacked(up(accept: "0xfffffffffff7ffff")) + "deliver length=80 tag=5\npoll\npoll\nservice"
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev40, "loses tagged frames that tables of packed rings have room for",
      onPacked(up(accept: "0xfffffffffff7ffff")).replacing("flags=kick", with: "segments=3 flags=kick+indirect")
        + "deliver length=80 tag=5\npoll\npoll\nservice"
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev40, "loses tagged frames that packed rings have room for in several buffers",
      onPacked(up(withheld: "0x20000000", accept: "0xfffffffffff7ffff")).replacing("length=1526", with: "length=100")
        + "deliver length=250 tag=5\npoll\npoll\nservice"
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev41, "loses frames with a tag of its table",
      up() + command("add-tag sector=5") + "deliver length=80 tag=5\npoll\npoll\nservice"
    ) { $0.hearsArrival = { _ in false } },
    RuleCase(
      .netDev41, "takes in frames with another tag",
      up() + command("add-tag sector=5") + "deliver length=80 tag=6\npoll\npoll\nservice"
    ) { hearing($0, 6, insteadOf: 5, width: 2) },
    RuleCase(
      .netDev42, "still asks for an announcement that was acknowledged",
      up() + "link change=announce\nservice\n" + command("acknowledge-announcement") + "read-config field=6"
    ) { border in
      border.readConfig = { $0 == 6 ? $2 | 2 : $2 }
    },
  ]
}

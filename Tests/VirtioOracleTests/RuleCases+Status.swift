import TestSupport
import VirtioSpec

extension RuleTests {
  /// A ring that the device gives up on.
  static let broken = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    publish length=512 fault=loop flags=kick
    service
    read offset=Status width=4
    """

  static let statusCases = [
    RuleCase(
      .mmioReg25, "loses a flag that it has shown",
      "device block\nnegotiate accept=0xffffffffffffffff\nread offset=Status width=4"
    ) {
      var reads = 0
      $0.read = { register, value in
        guard register == .status else { return value }
        reads += 1
        return reads == 3 ? value & ~1 : value
      }
    },
    RuleCase(.mmioReg26, "does not take a flag", "device block\nnegotiate accept=0xffffffffffffffff") {
      $0.read = { $0 == .status ? $1 & ~2 : $1 }
    },
    RuleCase(
      .statDev01, "uses buffers before there is a driver",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16
      publish length=512
      kick
      status set=driver-ok
      kick
      """
    ) { border in
      border.besides = { [unowned border] in
        border.status != 11 || border.queue.device == 0
          ? [] : [.write(border.queue.device &+ SplitRing.usedIdx, [1, 0])]
      }
    },
    RuleCase(.statDev03, "does not say that it has given up", broken) {
      $0.read = { $0 == .status ? $1 & ~64 : $1 }
    },
    RuleCase(.statDev04, "tells nobody that it has given up", broken) {
      $0.read = { $0 == .interruptStatus ? 0 : $1 }
      $0.line = { _ in nil }
    },
    RuleCase(
      .statDev04, "tells nobody that it has given up, not even a driver that acknowledges everything",
      broken.replacing("service", with: "service ack=everything")
    ) {
      $0.read = { $0 == .interruptStatus ? 0 : $1 }
      $0.line = { _ in nil }
    },
    RuleCase(
      .statDev04, "tells nobody that it has given up over something that it has no policy for",
      broken.replacing("publish", with: "read offset=Status width=4\n    publish"),
      keepIt: { $0.profile = { $0.declaresHousePolicy = false } },
      breakIt: {
        $0.profile = { $0.declaresHousePolicy = false }
        $0.read = { $0 == .interruptStatus ? 0 : $1 }
        $0.line = { _ in nil }
      }),
    RuleCase(
      .house13, "runs without features that it agreed to",
      """
      device block
      status set=acknowledge+driver
      status set=driver-ok
      read offset=Status width=4
      """
    ) { border in
      border.read = { [unowned border] in $0 == .status ? $1 | border.status & 4 : $1 }
    },
    RuleCase(
      .house13, "forgets flags that the driver writes no more",
      """
      device block
      negotiate accept=0xffffffffffffffff
      write offset=Status width=4 value=0x80
      read offset=Status width=4
      """
    ) {
      var last: UInt32 = 0
      $0.write = { register, value in
        if register == .status { last = value }
        return value
      }
      $0.read = { $0 == .status && last != 0 ? $1 & last : $1 }
    },
    RuleCase(
      .house14, "needs a reset although nothing is wrong",
      """
      device block
      negotiate accept=0xffffffffffffffff
      status set=driver-ok
      read offset=Status width=4
      """
    ) {
      $0.read = { $0 == .status && $1 & 4 != 0 ? $1 | 64 : $1 }
      $0.line = { _ in true }
    },
    RuleCase(
      .house14, "needs a reset because the driver says so",
      """
      device block
      negotiate accept=0xffffffffffffffff
      write offset=Status width=4 value=0x4f
      read offset=Status width=4
      """
    ) { border in
      border.read = { [unowned border] in $0 == .status ? $1 | border.status & 64 : $1 }
    },
    RuleCase(.statDev05, "is switched on with a flag", "device block\nread offset=Status width=4") {
      $0.read = { $0 == .status ? $1 | 1 : $1 }
    },
    RuleCase(.statDev06, "sets a flag of the driver's", "device block\nnegotiate accept=0xffffffffffffffff") {
      $0.read = { $0 == .status && $1 & 8 != 0 ? $1 | 128 : $1 }
    },
    RuleCase(.resetDev01, "keeps its flags when it is reset", "device block\nnegotiate accept=0x100000000\nreset") {
      var old: UInt32 = 0
      $0.read = { register, value in
        guard register == .status else { return value }
        old |= value
        return old
      }
    },
    RuleCase(
      .resetDev01, "takes four polls to reset, and says three", "device block\nnegotiate accept=0x100000000\nreset",
      keepIt: resetInThree(after: 3), breakIt: resetInThree(after: 4)),
    RuleCase(
      .rob07, "never resets, and says that it takes three polls", inFlight,
      keepIt: resetInThree(after: 3), breakIt: resetInThree(after: 1000)),
    RuleCase(
      .statDev06, "shows a flag of the driver's while it is reset",
      "device block\nnegotiate accept=0x100000000\nreset\nstatus set=acknowledge", keepIt: resetInThree(after: 3)
    ) { border in
      resetInThree(after: 3)(border)
      border.read = { [unowned border] in $0 == .status && border.status == 0 && $1 != 0 ? $1 | 128 : $1 }
    },
    RuleCase(
      .resetDev03, "uses its queues when a reset that takes its time shows as over", inFlight,
      keepIt: resetInThree(after: 3)
    ) { border in
      resetInThree(after: 1000)(border)
      border.read = { [unowned border] in $0 == .status && border.status == 0 ? 0 : $1 }
    },
  ]

  /// A request is under way when the device is reset, and could end behind that.
  private static let inFlight = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    backend mode=stalled
    publish length=512 flags=kick
    reset
    backend mode=immediate
    poll
    status set=acknowledge
    """

  /// A device that says that a reset takes up to three polls.
  private static func resetInThree(after polls: Int) -> @Sendable (Border) -> Void {
    { border in
      slowReset(polls: polls)(border)
      border.profile = { $0.freedoms.resetPolls = 3 }
    }
  }
}

import TestSupport
import VirtioSpec

extension RuleTests {
  private static let onePort = """
    device console withheld=0x2
    negotiate accept=0xffffffffffffffff
    queue queue=0 size=16
    queue queue=1 size=16
    status set=driver-ok

    """

  private static let twoPorts = """
    device console queues=2
    negotiate accept=0xffffffffffffffff
    queue queue=0 size=16
    queue queue=1 size=16
    queue queue=2 size=16
    queue queue=3 size=16
    status set=driver-ok
    publish queue=2 count=8 length=32 flags=kick

    """

  private static let ready =
    twoPorts + """
      publish queue=3 request=device-ready flags=kick
      publish queue=3 request=port-ready sector=0 flags=kick
      service
      """

  private static let emergency = "write offset=0x108 width=4 value=0x41\n"

  /// What becomes of the device's control messages, which are 8 bytes long or more: id, event and value.
  private static func changing(
    _ border: Border, _ change: @escaping (_ id: UInt8, _ event: UInt8, _ message: inout [UInt8]) -> Void
  ) {
    border.store = { [unowned border] address, bytes in
      guard bytes.count >= Console.controlSize, !border.isInRing(address) else { return bytes }
      var message = bytes
      change(bytes[0], bytes[4], &message)
      return message
    }
  }

  static let consoleCases = [
    RuleCase(.consoleDev07, "shows more columns than it has", onePort + "read offset=0x100 width=2") {
      $0.readConfig = { $0 == ConsoleConfig.columns ? $2 + 1 : $2 }
    },
    RuleCase(.consoleDev01, "drops an emergency write before there is a driver", "device console\n" + emergency) {
      $0.emission = { _, _ in nil }
    },
    RuleCase(.consoleDev02, "puts out another character", onePort + emergency) {
      $0.emission = { [$1[0] ^ 0x20] }
    },
    RuleCase(.consoleDev03, "announces a port twice", ready) { border in
      changing(border) { id, event, message in
        if id == 1 && event == 1 { message[0] = 0 }
      }
    },
    RuleCase(.consoleDev04, "announces a port that cannot be", ready) { border in
      changing(border) { id, event, message in
        if id == 1 && event == 1 { message[0] = 2 }
      }
    },
    RuleCase(
      .consoleDev05, "takes back a port that was never announced", ready + "\nport port=1 change=remove\nservice"
    ) { border in
      changing(border) { id, event, message in
        // In place of CONSOLE_PORT.
        if event == 4 { (message[0], message[4]) = (7, 2) }
      }
    },
    RuleCase(
      .consoleDev06, "has queues of further ports without VIRTIO_CONSOLE_F_MULTIPORT",
      onePort + "write offset=QueueSel width=4 value=2\nread offset=QueueNumMax width=4"
    ) { border in
      border.read = { [unowned border] in $0 == .queueNumMax && border.selected == 2 ? 64 : $1 }
    },
    RuleCase(
      .consoleDev08, "swaps two characters", onePort + "publish queue=1 length=40 flags=kick\nservice"
    ) {
      $0.emission = { port, bytes in bytes.reversed() }
    },
    RuleCase(
      .consoleDev08, "loses characters", onePort + "publish queue=1 length=40 flags=kick\nservice"
    ) {
      $0.emission = { port, bytes in Array(bytes.dropLast()) }
    },
    RuleCase(
      .consoleDev09, "gives the guest other characters than came",
      onePort + "publish queue=0 length=40 flags=kick\ndeliver length=20 pattern=noise\nservice"
    ) { border in
      border.store = { [unowned border] address, bytes in
        border.isInRing(address) ? bytes : bytes.map { $0 ^ 1 }
      }
    },
    RuleCase(
      .consoleDev09, "gives the guest characters that it had already",
      onePort + "publish queue=0 count=2 length=40 flags=kick\ndeliver length=20 pattern=noise\n"
        + "deliver length=20\nservice"
    ) { border in
      let first = Box<[UInt8]>([])
      border.switchedOn = { first.value = [] }
      border.store = { [unowned border] address, bytes in
        guard !border.isInRing(address) else { return bytes }
        if first.value.isEmpty { first.value = bytes }
        return first.value
      }
    },
    RuleCase(
      .consoleDev12, "announces ports to a driver that has not said that it is ready",
      twoPorts + "publish queue=3 request=port-open sector=0 flags=kick\nservice\n"
        + "publish queue=3 request=device-ready flags=kick\nservice"
    ) { border in
      // Takes PORT_OPEN for DEVICE_READY.
      border.load = { $1 == 8 && $2 >> 32 == 0x1_0006 ? $2 & ~(0xffff << 32) : $2 }
    },
    RuleCase(.consoleDev13, "sends an event that there is not", ready) { border in
      changing(border) { id, event, message in
        if event == 4 { message[4] = 9 }
      }
    },
    RuleCase(.consoleDev13, "says that it is ready, which is for the driver to say", ready) { border in
      changing(border) { id, event, message in
        if event == 4 { message[4] = 3 }
      }
    },
    RuleCase(
      .consoleDev13, "ends a name with a NUL",
      ready + "\npublish queue=3 request=port-ready sector=1 flags=kick\npoll\nservice"
    ) { border in
      changing(border) { id, event, message in
        if event == 7 { message[message.count - 1] = 0 }
      }
    },
  ]
}

import TestSupport
import VirtioSpec

extension RuleTests {
  private static func withData(_ steps: String) -> String {
    """
    device block flags=notification-data
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    \(steps)
    """
  }

  static let notificationDataCases = [
    RuleCase(.mmioReg22, "takes the whole word for the index", withData("publish length=512 flags=kick")) {
      $0.write = { $0 == .queueNotify && $1 > 0xffff ? nil : $1 }
    },
    RuleCase(
      .mmioReg18, "loses a notification, though it understands their data",
      withData("publish length=512 flags=kick\nservice\npublish length=512 flags=kick")
    ) {
      $0.write = { $0 == .queueNotify && $1 > 0x1ffff ? nil : $1 }
    },
    RuleCase(
      .notifDev01, "breaks at the second notification with the same data",
      withData("publish length=512 flags=kick\nkick\nread offset=Status width=4")
    ) { border in
      var last: UInt32 = 0
      var isBroken = false
      border.write = { register, value in
        if register == .status && value == 0 { (last, isBroken) = (0, false) }
        guard register == .queueNotify else { return value }
        if value == last { isBroken = true }
        last = value
        return value
      }
      border.read = { $0 == .status && isBroken ? $1 | 0x40 : $1 }
    },
    RuleCase(
      .notifDev02, "serves nothing behind a notification that was older than the ring",
      withData("publish length=512\npublish length=512\nwrite offset=QueueNotify width=4 value=0x10000\nkick")
    ) {
      $0.write = { $0 == .queueNotify ? nil : $1 }
    },
  ]
}

import TestSupport
import VirtioSpec

private let up = """
  device block flags=notification-data
  negotiate accept=0xffffffffffffffff flags=identify
  queue size=8
  status set=driver-ok

  """
private let published = up + "publish length=512\n"

private func notify(_ word: String) -> String { "write offset=QueueNotify width=4 value=\(word)\n" }

extension BreachTests {
  static let notificationDataCases = [
    BreachCase(.mmioNotif02, broken: published + notify("0x70000"), kept: published + "kick"),
    BreachCase(.mmioNotif02, broken: published + notify("0x10009"), kept: published + "kick"),
    BreachCase(.notifDrv01, broken: published + notify("0x30000"), kept: published + "kick"),
    BreachCase(.notifDrv03, broken: published + "kick\n" + notify("0x0"), kept: published + "kick\nkick"),
  ]
}

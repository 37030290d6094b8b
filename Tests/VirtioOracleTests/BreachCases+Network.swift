import TestSupport
import VirtioSpec

private let up = """
  device network
  negotiate accept=0xffffffffffffffff flags=identify
  queue queue=0 size=8
  queue queue=1 size=8
  queue queue=2 size=8
  status set=driver-ok

  """

private let arrival = "deliver length=300 pattern=noise\npoll\nservice"
private let pairs = """
  device network queues=2
  negotiate accept=0xffffffffffffffff flags=identify
  queue queue=0 size=8
  queue queue=1 size=8
  queue queue=4 size=8
  status set=driver-ok

  """

/// A frame with what this number leaves to do for it, by a driver that accepts these features.
private func sent(_ number: String, accept: String = "0xffffffffffffffff") -> String {
  up.replacing("0xffffffffffffffff", with: accept)
    + "publish queue=1 length=300 request=unicast sector=\(number) at=1 flags=kick\nservice"
}

private func command(_ request: String, queue: Int = 2) -> String {
  "publish queue=\(queue) request=\(request) flags=kick\nservice"
}

extension BreachTests {
  static let networkCases = [
    BreachCase(
      .netDrv01, broken: up + "write offset=0x105 width=1 value=0x57\nread-config field=5",
      kept: up + "read-config field=5"),
    BreachCase(
      .netDrv02, broken: up + "publish queue=1 length=80 request=unicast flags=kick+buffer-count\nservice",
      kept: up + "publish queue=1 length=80 request=unicast flags=kick\nservice"),
    BreachCase(
      .netDrv03, broken: sent("0x10000000", accept: "0xfffffffffffe3bfe"),
      kept: sent("0", accept: "0xfffffffffffe3bfe")),
    BreachCase(.netDrv04, broken: sent("0xd0000000"), kept: sent("0x10000000")),
    BreachCase(.netDrv05, broken: sent("0xb0000000"), kept: sent("0x30000000")),
    BreachCase(.netDrv06, broken: sent("0xa0000000"), kept: sent("0x30000000")),
    BreachCase(
      .netDrv07,
      broken: up + "publish queue=0 length=100\npublish queue=0 length=8\npublish queue=0 length=1514 flags=kick\n"
        + arrival,
      kept: up + "publish queue=0 length=1514 flags=kick\n" + arrival),
    BreachCase(
      .netDrv08, broken: up.replacing("0xffffffffffffffff", with: "0xfffffffffffbffff") + command("promiscuous"),
      kept: up + command("promiscuous")),
    BreachCase(
      .netDrv09, broken: pairs + command("queue-pairs sector=0", queue: 4),
      kept: pairs + command("queue-pairs sector=2", queue: 4)),
    BreachCase(
      .netDrv10,
      broken: up.replacing("0xffffffffffffffff", with: "0xffffffffffffff7f") + command("offloads sector=0xff"),
      kept: up + command("offloads sector=2")),
    BreachCase(.featDrv02, broken: "device network\nnegotiate accept=0xfffffffffffdffff", kept: up),
  ]
}

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

extension BreachTests {
  static let networkCases = [
    BreachCase(
      .netDrv01, broken: up + "write offset=0x105 width=1 value=0x57\nread-config field=5",
      kept: up + "read-config field=5"),
    BreachCase(
      .netDrv02, broken: up + "publish queue=1 length=80 request=unicast flags=kick+buffer-count\nservice",
      kept: up + "publish queue=1 length=80 request=unicast flags=kick\nservice"),
    BreachCase(.featDrv02, broken: "device network\nnegotiate accept=0xfffffffffffdffff", kept: up),
  ]
}

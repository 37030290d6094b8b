import TestSupport
import VirtioSpec

private let up = """
  device console
  negotiate accept=0xffffffffffffffff flags=identify
  queue queue=0 size=8
  queue queue=1 size=8
  queue queue=2 size=8
  queue queue=3 size=8
  status set=driver-ok

  """

private let room = "publish queue=2 count=4 length=32 flags=kick\n"
private let ready = room + "publish queue=3 request=device-ready flags=kick\n"

extension BreachTests {
  static let consoleCases = [
    BreachCase(
      .consoleDrv01,
      broken: up + ready + "descriptor queue=2 index=5 length=16\noffer queue=2 head=5\nkick queue=2\n"
        + "publish queue=3 request=port-ready flags=kick\nservice\nresize sectors=0x111\nservice",
      kept: up + ready + "service"),
    BreachCase(
      .consoleDrv02,
      broken: up + "descriptor queue=1 index=0 length=16 flags=write\noffer queue=1 head=0\nkick queue=1",
      kept: up + "publish queue=1 length=16 flags=kick"),
    BreachCase(
      .consoleDrv04, broken: up + ready + "service\npublish queue=3 request=port-ready flags=kick\nservice",
      kept: up + ready + "service\npublish queue=3 request=port-ready flags=kick\nservice\n"
        + "publish queue=3 request=port-open flags=kick\nservice"),
    BreachCase(
      .consoleDrv03, broken: up + "publish queue=3 request=port-open flags=kick\nservice", kept: up + ready + "service"),
  ]
}

import TestSupport
import VirtioSpec

private let up = """
  device block flags=in-order
  negotiate accept=0xffffffffffffffff flags=identify
  queue size=8
  status set=driver-ok

  """

private let found = "device block flags=placeholder\nnegotiate flags=identify\n"

extension BreachTests {
  static let inOrderCases = [
    BreachCase(
      .inorderDrv01,
      broken: up + "descriptor index=0 length=16 flags=next next=3\ndescriptor index=3 length=1 flags=write\n"
        + "offer head=0\nkick",
      kept: up + "publish length=512 segments=3 flags=kick")
  ]

  static let placeholderCases = [
    BreachCase(.mmioDrv12, broken: found + "read offset=Status width=4", kept: found),
    BreachCase(.mmioInit03, broken: found + "status set=acknowledge", kept: found),
    BreachCase(.mmioInit04, broken: found + "read offset=VendorID width=4", kept: found),
  ]
}

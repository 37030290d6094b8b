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
      kept: up + "publish length=512 segments=3 flags=kick"),
    BreachCase(
      .inorderDrv02, broken: up + table(next: 0x2_0001), kept: up + "publish length=512 segments=3 flags=indirect+kick"),
  ]

  /// A table of three entries, of which the first one goes on as this says: flags, and the next index in the upper half.
  private static func table(next: UInt32) -> String {
    """
    store address=buffer5 width=8 value=\(MemoryMap.standard.regions[0].base)
    store address=buffer5+0x8 width=4 value=16
    store address=buffer5+0xc width=4 value=\(next)
    store address=buffer5+0x28 width=4 value=1
    store address=buffer5+0x2c width=4 value=2
    descriptor index=0 address=buffer5 length=48 flags=indirect
    offer
    kick
    """
  }

  static let placeholderCases = [
    BreachCase(.mmioDrv12, broken: found + "read offset=Status width=4", kept: found),
    BreachCase(.mmioInit03, broken: found + "status set=acknowledge", kept: found),
    BreachCase(.mmioInit04, broken: found + "read offset=VendorID width=4", kept: found),
  ]
}

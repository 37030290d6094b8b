import TestSupport
import VirtioSpec

extension BreachTests {
  private static let disk = """
    device block capacity=8
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok

    """

  static let blockCases = [
    BreachCase(
      .blkDrv01, broken: disk + "publish request=read sector=8 length=512 flags=kick",
      kept: disk + "publish request=read sector=7 length=512 flags=kick"),
    BreachCase(
      .blkDrv02, broken: disk + "publish request=read length=511 flags=kick",
      kept: disk + "publish request=read length=512 flags=kick"),
    BreachCase(
      .blkDrv03, broken: disk + "publish request=flush sector=1 flags=kick",
      kept: disk + "publish request=flush flags=kick"),
    BreachCase(
      .blkDrv04, broken: "device block\nread-config field=11", kept: disk + "read-config field=11"),
    BreachCase(
      .cfgDrv02, broken: "device block\nread-config flags=no-generation\nnegotiate accept=0x100000000",
      kept: "device block\nread-config\nnegotiate accept=0x100000000"),
    BreachCase(
      .cfgDrv03, broken: "device block withheld=0x40\nread offset=0x114 width=4",
      kept: "device block\nread offset=0x114 width=4"),
  ]

  private static let entropy = """
    device entropy
    negotiate accept=0x100000000
    queue size=16
    status set=driver-ok

    """

  static let entropyCases = [
    BreachCase(
      .rngDrv01,
      broken: entropy + "descriptor address=buffer0 length=16\noffer\nkick",
      kept: entropy + "publish request=entropy length=64 flags=kick")
  ]
}

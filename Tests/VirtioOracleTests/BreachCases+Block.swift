import TestSupport
import VirtioSpec

extension BreachTests {
  static let disk = """
    device block capacity=8
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok

    """

  /// The capacity changes between the two halves that the driver reads.
  private static let torn = """
    device block
    read offset=ConfigGeneration width=4
    read offset=0x100 width=4
    resize sectors=9
    read offset=0x104 width=4
    read offset=ConfigGeneration width=4

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
      .blkDrv05, broken: disk + segments(of: 8, bytes: 19, areWritable: true),
      kept: disk + "publish request=get-id length=20 flags=kick"),
    BreachCase(
      .blkDrv06, broken: disk + segments(of: 11, bytes: 24),
      kept: disk + "publish request=discard length=512 flags=kick"),
    BreachCase(
      .blkDrv07, broken: disk + segments(of: 11, bytes: 64 * 16),
      kept: disk + "publish request=discard length=512 flags=kick"),
    BreachCase(
      .blkDrv08, broken: disk + "publish request=discard length=512 flags=kick+unmap",
      kept: disk + "publish request=discard length=512 flags=kick"),
    BreachCase(
      .blkDrv09, broken: disk + segments(of: 4, bytes: 16), kept: disk + "publish request=flush flags=kick"),
    BreachCase(
      .blkDrv04, broken: "device block\nread-config field=11", kept: disk + "read-config field=11"),
    BreachCase(
      .cfgDrv02, broken: "device block\nread-config flags=no-generation\nnegotiate accept=0x100000000",
      kept: "device block\nread-config\nnegotiate accept=0x100000000"),
    BreachCase(
      .cfgDrv02, broken: torn + "status set=acknowledge",
      kept: torn + "read offset=0x100 width=4\nread offset=0x104 width=4\n"
        + "read offset=ConfigGeneration width=4\nstatus set=acknowledge"),
    BreachCase(
      .cfgDrv03, broken: "device block withheld=0x40\nread offset=0x114 width=4",
      kept: "device block\nread offset=0x114 width=4"),
  ]

  /// A request of this type, with so many bytes behind its header.
  private static func segments(of type: Int, bytes: Int, areWritable: Bool = false) -> String {
    """
    store address=buffer0 width=8 value=\(type)
    descriptor index=0 address=buffer0 length=16 flags=next next=1
    descriptor index=1 address=buffer1 length=\(bytes) flags=\(areWritable ? "write+next" : "next") next=2
    descriptor index=2 address=buffer2 length=1 flags=write
    offer
    kick
    """
  }

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

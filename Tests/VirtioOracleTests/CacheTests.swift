import TestSupport
import Testing
import VirtioOracle
import VirtioSpec

@Suite("A block device with a volatile cache")
struct CacheTests {
  private static let start = "negotiate accept=0xffffffffffffffff\nqueue size=16\nstatus set=driver-ok\n"

  /// What a device that never commits anything is asked for, and owes nothing for.
  static let debtless = [
    "publish request=write length=512 flags=kick",
    // Sent together.
    "publish request=write length=512\npublish request=flush flags=kick",
    "backend mode=reversed\npublish request=write length=512\npublish request=flush flags=kick",
    // The mode changes while the device has the write, in both directions, or when it is already sent.
    """
    backend mode=stalled
    publish request=write length=512 flags=kick
    write offset=0x120 width=1
    backend mode=immediate
    """,
    """
    write offset=0x120 width=1
    backend mode=stalled
    publish request=write length=512 flags=kick
    write offset=0x120 width=1 value=1
    write offset=0x120 width=1
    backend mode=immediate
    """,
    "publish request=write length=512\nwrite offset=0x120 width=1\nkick\nservice",
    // What is no write, or is gone.
    """
    publish request=write length=512 flags=kick
    publish request=discard length=512 flags=kick
    publish request=flush flags=kick
    """,
    "publish request=write-zeroes length=512 flags=kick\npublish request=flush flags=kick",
    "publish request=write sector=7 length=512 flags=kick\nresize sectors=4\npublish request=flush flags=kick",
    // What fails.
    """
    publish request=write length=512 flags=kick
    backend mode=failing
    publish request=flush flags=kick
    """,
  ]

  @Test("owes nothing", arguments: debtless, ["", "flags=packed", "flags=legacy"])
  func owesNothing(_ steps: String, _ flags: String) throws {
    let program = "device block capacity=8 \(flags)\n" + Self.start + steps
    let verdicts = try judge(program, Border { $0.persists = { _, _ in false } })
    #expect(verdicts.findings.isEmpty, "found \(verdicts.violated.map(\.name))")
  }

  @Test("is not judged where it does not tell of it")
  func isNotJudged() throws {
    let program = """
      device block capacity=8
      negotiate accept=0x100000000
      queue size=16
      status set=driver-ok
      publish request=write length=512 flags=kick
      """
    let border = Border {
      $0.persists = { _, _ in false }
      $0.profile = { $0.storage.tellsOfPersistence = false }
    }
    let verdicts = try judge(program, border)
    #expect(verdicts.findings.isEmpty && verdicts[.blkDev22].armed == 0)
  }

  @Test("owes to a flush what was complete before a reset, and before the writes of its own batch")
  func remembers() throws {
    let write = "publish request=write length=512 flags=kick\n"
    for behind in [Self.start, "publish request=write sector=4 length=512\n", "backend mode=reversed\n"] {
      let program = "device block capacity=8\n" + Self.start + write + behind + "publish request=flush flags=kick"
      #expect(try judge(program, Border { $0.persists = { _, _ in false } }).violated == [.blkDev24])
    }
  }

  @Test("may have another cache mode when it is started by a legacy driver that does not set it, or after a reset")
  func mayChangeMode() throws {
    let program = """
      device block flags=legacy
      negotiate accept=0x200
      read offset=0x120 width=1
      status set=driver-ok
      read offset=0x120 width=1
      reset
      read offset=0x120 width=1
      """
    let border = Border { border in
      border.readConfig = { [unowned border] in $0 == 0x20 && border.status & 4 != 0 ? 0 : $2 }
    }
    #expect(try judge(program, border).findings.isEmpty)
  }
}

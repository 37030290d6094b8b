import Testing
import TraceImport
import VirtioOracle
import VirtioSpec

@Suite("A recorded driver")
struct RecordedDriverTests {
  static let linux = [
    "modern-blk", "modern-rng", "modern-blk-packed", "modern-net", "modern-net-packed", "modern-console",
    "legacy-blk", "legacy-rng", "legacy-net", "legacy-console",
  ]

  @Test("of Linux 6.1 breaks nothing that its register accesses show, by either text", arguments: linux)
  func keepsTheRules(name: String) throws {
    for specification in Specification.allCases {
      let driver = RecordedDriver(judging: try Trace(recorded: name), by: specification)
      #expect(driver.breaches == [])
    }
  }

  @Test(
    "of Linux 6.1 leaves only these without an occasion",
    arguments: [
      (
        "modern-blk",
        [
          "MMIO-DRV-19", "MMIO-DRV-23", "STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "RINGRESET-DRV-03", "INIT-DRV-09",
          "PACKED-DRV-01",
        ]
      ),
      (
        "modern-rng",
        [
          "MMIO-DRV-19", "MMIO-DRV-23", "STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "RINGRESET-DRV-03", "INIT-DRV-09",
          "PACKED-DRV-01",
        ]
      ),
      (
        "modern-blk-packed",
        [
          "MMIO-DRV-19", "MMIO-DRV-23", "STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "RINGRESET-DRV-03", "INIT-DRV-09",
          "SPLIT-DRV-01",
        ]
      ),
      (
        "modern-net",
        [
          "MMIO-DRV-19", "MMIO-DRV-23", "STAT-DRV-03", "FEAT-DRV-05", "RINGRESET-DRV-03", "INIT-DRV-09",
          "PACKED-DRV-01",
        ]
      ),
      (
        "modern-net-packed",
        [
          "MMIO-DRV-19", "MMIO-DRV-23", "STAT-DRV-03", "FEAT-DRV-05", "RINGRESET-DRV-03", "INIT-DRV-09",
          "SPLIT-DRV-01",
        ]
      ),
      (
        "modern-console",
        [
          "MMIO-DRV-19", "MMIO-DRV-23", "STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "RINGRESET-DRV-03", "INIT-DRV-09",
          "PACKED-DRV-01",
        ]
      ),
      ("legacy-blk", ["STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "INIT-DRV-09"]),
      ("legacy-rng", ["STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "INIT-DRV-09"]),
      ("legacy-net", ["STAT-DRV-03", "FEAT-DRV-05", "INIT-DRV-09"]),
      ("legacy-console", ["STAT-DRV-03", "FEAT-DRV-02", "FEAT-DRV-05", "INIT-DRV-09"]),
    ])
  func occasions(name: String, without: [String]) throws {
    let driver = RecordedDriver(judging: try Trace(recorded: name))
    let rules = DriverJudge.rules(of: driver.transport)
    #expect(rules.filter { driver.counts[$0]!.armed == 0 }.map(\.name) == without)
  }

  /// The start of a driver that keeps the rules, in lines 1 to 21.
  private static let start = """
    # -device virtio-rng-device
    read 0x000
    read 0x004
    read 0x008
    write 0x070 0x0
    read 0x070
    write 0x070 0x1
    write 0x070 0x3
    write 0x014 0x1
    read 0x010
    write 0x024 0x1
    write 0x020 0x1
    write 0x070 0xb
    read 0x070
    write 0x030 0x0
    read 0x034
    write 0x038 0x8
    write 0x080 0x1000
    write 0x084 0x0
    write 0x090 0x2000
    write 0x094 0x0

    """

  @Test(
    "is blamed with the line",
    arguments: [
      ("write 0x0a0 0x3002\nwrite 0x0a4 0x0\nwrite 0x044 0x1", "SPLIT-DRV-01", 24),
      ("write 0x0a0 0x3000\nwrite 0x044 0x1", "MMIO-VQ-06", 23),
      ("write 0x0a0 0x3000\nwrite 0x0a4 0x0\nwrite 0x044 0x1\nwrite 0x050 0x0", "INIT-DRV-07", 25),
      ("write 0x0a0 0x3000\nwrite 0x0a4 0x0\nwrite 0x044 0x1\nwrite 0x038 0x4", "MMIO-DRV-17", 25),
      ("write 0x0a0 0x3000\nwrite 0x0a4 0x0\nwrite 0x044 0x1\nwrite 0x044 0x0", "MMIO-DRV-19", 25),
      ("write 0x070 0xf\nwrite 0x044 0x1", "INIT-DRV-06", 23),
      ("irq 1\nwrite 0x064 0x1", "MMIO-NOTIF-06", 23),
      ("irq 1\nread 0x060\nwrite 0x070 0x0", "MMIO-DRV-21", 24),
      ("write 0x064 0x4", "MMIO-DRV-22", 22),
      ("read 0x018", "MMIO-DRV-01", 22),
      ("read 0x100", "MMIO-DRV-01", 22),
      ("write 0x034 0x1", "MMIO-DRV-02", 22),
      ("read 0x050", "MMIO-DRV-03", 22),
      ("read 0x0b0", "MMIO-INIT-05", 22),
      ("write 0x050 0x10000", "MMIO-NOTIF-01", 22),
    ])
  func places(rest: String, clause: String, line: Int) throws {
    let driver = RecordedDriver(judging: try Trace(text: Self.start + rest))
    #expect(driver.breaches.contains { $0.clause.name == clause && $0.step == line }, "\(driver.breaches)")
  }

  @Test("that accepts VIRTIO_F_SUSPEND, and sets its bit of Status, is wrong by the chapter, and right by 1.4")
  func suspend() throws {
    let text = """
      # -device virtio-rng-device
      read 0x000
      read 0x004
      read 0x008
      write 0x070 0x0
      read 0x070
      write 0x070 0x1
      write 0x070 0x3
      write 0x024 0x1
      write 0x020 0x801
      write 0x070 0xb
      read 0x070
      write 0x070 0xf
      write 0x070 0x1f
      """
    let chapter = RecordedDriver(judging: try Trace(text: text), by: .chapter)
    #expect(chapter.breaches == [DriverFault(clause: .featDrv03, step: 11), DriverFault(clause: .statDrv01, step: 14)])
    #expect(RecordedDriver(judging: try Trace(text: text), by: .version14).breaches == [])
  }
}

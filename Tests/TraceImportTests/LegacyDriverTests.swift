import Testing
import TraceImport
import VirtioOracle
import VirtioSpec

@Suite("A recorded driver of a legacy device")
struct LegacyDriverTests {
  /// The start of a driver that keeps the rules, in lines 1 to 18. Its next step puts the queue into use.
  private static let start = """
    # -device virtio-rng-device
    read 0x000
    read 0x004
    read 0x008
    write 0x028 0x1000
    write 0x070 0x0
    read 0x070
    write 0x070 0x1
    write 0x070 0x3
    write 0x014 0x0
    read 0x010
    write 0x024 0x0
    write 0x020 0x30000000
    write 0x030 0x0
    read 0x040
    read 0x034
    write 0x038 0x8
    write 0x03c 0x1000

    """

  @Test(
    "is blamed with the line, and for nothing else",
    arguments: [
      ("write 0x028 0x1800", "MMIO-LEG-10", 19),
      ("write 0x028 0x0", "MMIO-LEG-10", 19),
      ("write 0x040 0x10\nwrite 0x028 0x1000", "MMIO-LEG-11", 20),
      ("write 0x040 0x10\nread 0x034", "MMIO-LEG-14", 20),
      ("write 0x03c 0x30", "MMIO-LEG-17", 19),
      ("write 0x030 0x1\nread 0x040\nread 0x034\nwrite 0x03c 0x1000\nwrite 0x040 0x10", "MMIO-LEG-31", 23),
      ("write 0x030 0x1\nread 0x040\nread 0x034\nwrite 0x038 0x8\nwrite 0x040 0x10", "MMIO-LEG-31", 23),
      ("write 0x070 0xb", "STAT-DRV-01", 19),
      ("write 0x070 0x7\nwrite 0x020 0x30000001", "INIT-DRV-04", 20),
      ("read 0x018", "MMIO-DRV-01", 19),
      ("write 0x034 0x8", "MMIO-DRV-02", 19),
      ("read 0x028", "MMIO-DRV-03", 19),
      ("irq 1\nwrite 0x064 0x1", "MMIO-NOTIF-06", 20),
      ("write 0x070 0x0\nwrite 0x070 0x1", "RESET-DRV-01", 20),
      ("write 0x070 0x7\nwrite 0x070 0x87\nwrite 0x040 0x10", "INIT-DRV-09", 21),
      ("write 0x070 0x83\nwrite 0x040 0x10\nwrite 0x070 0x87", "STAT-DRV-03", 21),
    ])
  func places(rest: String, clause: String, line: Int) throws {
    let driver = RecordedDriver(judging: try Trace(text: Self.start + rest))
    let others = driver.breaches.filter { $0.clause.name != clause }.map(\.clause.name)
    #expect(driver.breaches.contains { $0.clause.name == clause && $0.step == line }, "\(driver.breaches)")
    // Who goes on behind FAILED breaks what says so in three places.
    #expect(others == (clause == "STAT-DRV-03" ? ["INIT-DRV-09", "FEAT-DRV-05"] : []))
  }

  @Test("that never says how large a page is, is blamed where it uses one")
  func noPageSize() throws {
    let text = Self.start.replacing("write 0x028 0x1000", with: "# nothing") + "write 0x040 0x10"
    let driver = RecordedDriver(judging: try Trace(text: text))
    #expect(driver.breaches == [DriverFault(clause: .mmioLeg11, step: 19)])
  }

  @Test(
    "may do what a driver of a modern one may not, and what only a legacy device has",
    arguments: [
      "write 0x040 0x10\nwrite 0x050 0x0\nwrite 0x070 0x7",
      "write 0x040 0x10\nwrite 0x070 0x7\nwrite 0x030 0x0\nwrite 0x040 0x0\nread 0x034",
      "write 0x020 0x10000000\nwrite 0x040 0x10\nwrite 0x070 0x7",
      // Whether a reset forgets GuestPageSize is not said, and Linux does not write it again.
      "write 0x070 0x0\nread 0x070\nwrite 0x030 0x0\nwrite 0x038 0x8\nwrite 0x03c 0x1000\nwrite 0x040 0x10",
      "write 0x040 0x10\nwrite 0x070 0x7\nwrite 0x070 0x87\nwrite 0x070 0x0",
    ])
  func permissions(rest: String) throws {
    #expect(RecordedDriver(judging: try Trace(text: Self.start + rest)).breaches == [])
  }

  @Test("is not judged by QueueNumMax, which a trace does not show")
  func maximum() throws {
    #expect(!DriverJudge.rules(of: .legacy).contains(.mmioLeg32))
    let driver = RecordedDriver(judging: try Trace(text: Self.start + "write 0x038 0x8000"))
    #expect(driver.breaches == [])
  }

  @Test("is told by the registers that only a legacy device has")
  func transport() throws {
    for offset in ["0x028", "0x03c", "0x040"] {
      #expect(try Trace(text: "read 0x000\nread \(offset)").transport == .legacy)
    }
    for offset in ["0x044", "0x0a4", "0x0c0", "0x0fc", "0x000", "0x030", "0x100"] {
      #expect(try Trace(text: "read \(offset)").transport == .modern)
    }
  }
}

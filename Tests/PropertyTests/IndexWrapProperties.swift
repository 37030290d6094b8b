import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("Ring indices wrap at 65536")
struct IndexWrapProperties {
  /// More requests than an index can count, in batches, and a look at the ring behind each.
  static func longProgram(_ suppress: String, eventIdx: Bool, batch: Int) throws -> Program {
    let head = """
      virtio-program 1
      device entropy
      negotiate accept=\(eventIdx ? "0xffffffffffffffff" : "0xffffffffdfffffff")
      queue size=16
      status set=driver-ok

      """
    var program = try Program(text: head + suppress)
    let round = try Program(text: head + "\(suppress)\npublish count=\(batch) length=4 flags=kick\nservice")
    let steps = round.steps.suffix(round.steps.count - program.steps.count + 1)
    for _ in 0...(0x1_0000 / batch + 8) { program.steps.append(contentsOf: steps) }
    return program
  }

  /// With event index the driver asks for the last one of a batch, and for one in its middle: both have to be passed.
  @Test("and every notification that is due still comes", arguments: [0, 3, 6])
  func notificationsCome(ahead: Int) throws {
    let program = try Self.longProgram("suppress by=event ahead=\(ahead)", eventIdx: true, batch: 7)
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let summary = harness.run(program)
    #expect(harness.observer.ledger.findings.isEmpty)
    #expect(summary.completedChains > 0x1_0000)
    let due = harness.observer.ledger.counts[Int(ClauseID.eventidxDev02.rawValue)]
    #expect(due.satisfied >= 9000 && due.suspended == 0)
  }

  @Test("and a device that forgets to notify there is found")
  func forgetfulDeviceIsFound() throws {
    let program = try Self.longProgram("suppress by=event ahead=3", eventIdx: true, batch: 7)
    var interrupts = 0
    let border = Border()
    border.line = { level in
      if level { interrupts += 1 }
      // The rise of the batch in which the index wraps.
      return level && interrupts == 0x1_0000 / 7 + 1 ? nil : level
    }
    var harness = Harness(device: DeviceDouble(border), observer: Judge(memory: .standard))
    _ = harness.run(program)
    #expect(harness.observer.ledger.findings.first?.clause == .eventidxDev02)
  }

  @Test("and a device that compares its indices as plain numbers is found")
  func plainComparisonIsFound() throws {
    let program = try Self.longProgram("suppress by=wanted", eventIdx: false, batch: 8)
    let border = Border()
    // It does not see what is available once the index has wrapped.
    var highest: UInt64 = 0
    border.load = { address, width, value in
      guard address == border.queue.driver + SplitRing.availIdx, width == 2 else { return value }
      highest = max(highest, value)
      return highest
    }
    var harness = Harness(device: DeviceDouble(border), observer: Judge(memory: .standard))
    _ = harness.run(program)
    #expect(harness.observer.ledger.findings.map(\.clause) == [.mmioReg18])
  }
}

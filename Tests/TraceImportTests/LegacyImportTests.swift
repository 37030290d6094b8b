import Testing
import TraceImport
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("An imported trace of a legacy device")
struct LegacyImportTests {
  private static let identity = "read 0x000\nread 0x004\nread 0x008\nread 0x00c\n"
  private static let features = "write 0x024 0x0\nwrite 0x020 0x30000200\nwrite 0x024 0x1\nwrite 0x020 0x0\n"
  private static let status = "write 0x070 0x0\nread 0x070\nwrite 0x070 0x1\nwrite 0x070 0x3\n"
  private static let served = "write 0x050 0x0\nread 0x060\nwrite 0x064 0x1\n"

  private static func queue(_ queue: Int = 0, size: String = "0x8", align: String = "0x1000") -> String {
    "write 0x030 \(queue)\nread 0x040\nread 0x034\nwrite 0x038 \(size)\nwrite 0x03c \(align)\nwrite 0x040 0x77\n"
  }

  /// What goes differently from what Linux does.
  static let lines: [String: [String]] = [
    "other pages": [
      identity, "write 0x028 0x10000\n", status, features, queue(size: "0x400"), "write 0x070 0x7\n", served,
    ],
    "GuestPageSize behind DRIVER": [
      identity, status, "write 0x028 0x1000\n", features, queue(align: "0x100"), "write 0x070 0x7\n", served,
    ],
    "GuestPageSize behind the features": [
      identity, status, features, "write 0x028 0x1000\n", queue(), "write 0x070 0x7\n", served,
    ],
    "no features": [identity, "write 0x028 0x1000\n", status, queue(), "write 0x070 0x7\n", served],
    "a second start": [
      identity, "write 0x028 0x1000\n", status, features, queue(), "write 0x070 0x7\n", served, status, features,
      queue(size: "0x10"), "write 0x070 0x7\n", served,
    ],
    "a queue stopped and used again": [
      "write 0x028 0x1000\n", status, features, queue(), "write 0x070 0x7\n", served,
      "write 0x030 0x0\nwrite 0x040 0x0\n", queue(size: "0x4"), served,
      "write 0x030 0x0\nwrite 0x040 0x0\nread 0x040\n", "read 0x070\n",
    ],
    "four queues": [
      "write 0x028 0x2000\n", status, features, queue(0, size: "0x400"), queue(1, size: "0x400"), queue(2),
      queue(3, align: "0x4000"), "write 0x070 0x7\n", served, served.replacing("0x050 0x0", with: "0x050 0x3"),
      served.replacing("0x050 0x0", with: "0x050 0x1"),
    ],
  ]

  private static func trace(_ name: String) throws -> Trace {
    try Trace(text: "# -device virtio-blk-device\n" + #require(lines[name]).joined())
  }

  @Test("does the same, and every request is completed", arguments: lines.keys.sorted())
  func runs(name: String) throws {
    let trace = try Self.trace(name)
    let program = try Program(importing: trace)
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let summary = harness.run(program)
    #expect(harness.observer.ledger.findings.isEmpty, "\(harness.observer.ledger.findings)")
    #expect(summary.skippedSteps == 0)
    #expect(summary.completedChains == trace.notifications)
    #expect(summary.interruptRises == trace.notifications)
    // A program's driver writes it in front of everything, whether it comes again or not.
    let isMoved = name.hasPrefix("GuestPageSize behind")
    func kept(_ writes: [AccessRecorder.Write]) -> [AccessRecorder.Write] {
      writes.filter { !isMoved || $0.offset != Register.guestPageSize.rawValue }
    }
    #expect(kept(AccessRecorder.run(program).keptWrites) == kept(trace.keptWrites))
  }

  @Test(
    "sets GuestPageSize where the trace does, and negotiates the rest",
    arguments: [
      ("other pages", [StepKind.read, .read, .read, .read, .pageSize, .negotiate, .legacyQueue, .status]),
      ("a second start", [.negotiate, .legacyQueue, .status]),
      ("a queue stopped and used again", [.negotiate, .legacyQueue, .status]),
    ])
  func steps(name: String, kinds: [StepKind]) throws {
    let trace = try Self.trace(name)
    #expect(try Program(importing: trace).steps.prefix(kinds.count).map(\.kind) == kinds)
  }

  @Test("stops a queue, and looks no further than the driver did")
  func stop() throws {
    let trace = try Self.trace("a queue stopped and used again")
    let kinds = try Program(importing: trace).steps.map(\.kind)
    #expect(kinds.count { $0 == .stop } == 2)
    // Its last access is not part of the stop, but the one in front is.
    #expect(kinds.suffix(2) == [.stop, .read])
  }
}

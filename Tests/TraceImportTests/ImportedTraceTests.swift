import Testing
import TraceImport
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("An imported trace of Linux")
struct ImportedTraceTests {
  /// Of devices that answer each request, and nothing else.
  static let answering = ["modern-blk", "modern-rng", "modern-blk-packed", "legacy-blk", "legacy-rng"]
  /// Of devices with queues that wait for what comes in.
  static let receiving = ["modern-console", "modern-net", "modern-net-packed", "legacy-console", "legacy-net"]
  static let names = answering + receiving

  private func run(_ trace: Trace) throws -> RunSummary {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let summary = harness.run(try Program(importing: trace))
    let findings = harness.observer.ledger.findings
    #expect(findings.isEmpty, "\(findings)")
    #expect(summary.skippedSteps == 0)
    return summary
  }

  @Test("is of a device that offers what the driver accepted, and notified of the queue that it named")
  func offers() throws {
    let lines = [
      "# -device virtio-rng-device", "write 0x070 0x0", "write 0x070 0x1", "write 0x070 0x3", "write 0x024 0x1",
      "write 0x020 0x4b", "write 0x070 0xb", "read 0x070", "write 0x030 0x0", "read 0x044", "read 0x034",
      "write 0x038 0x8", "write 0x080 0x1000", "write 0x084 0x0", "write 0x090 0x2000", "write 0x094 0x0",
      "write 0x0a0 0x3000", "write 0x0a4 0x0", "write 0x044 0x1", "write 0x070 0xf", "write 0x050 0x10000",
    ]
    let program = try Program(importing: Trace(text: lines.joined(separator: "\n")))
    #expect(program.header.flags == [.notificationData, .inOrder, .platform])
    #expect(program.steps.last?.kind == .kick && program.steps.last?[.queue] == 0)
  }

  @Test("runs without a violation, and every request is completed", arguments: answering)
  func completes(name: String) throws {
    let trace = try Trace(recorded: name)
    #expect(try run(trace).completedChains == trace.notifications)
  }

  @Test("runs without a violation, and everything that goes out is completed", arguments: receiving)
  func sends(name: String) throws {
    let trace = try Trace(recorded: name)
    #expect(try run(trace).completedChains >= trace.notifications(ofQueues: trace.isConsole ? [1, 3] : [1, 2]))
  }

  @Test("raises the interrupt as often as it was recorded, once a notification", arguments: answering)
  func interrupts(name: String) throws {
    let trace = try Trace(recorded: name)
    var harness = Harness(device: ReferenceDevice(), observer: NoObserver())
    let summary = harness.run(try Program(importing: trace))
    #expect(summary.interruptRises == trace.interruptRises)
    #expect(summary.interruptRises == trace.notifications)
  }

  @Test("has the recorded features accepted, and reaches DRIVER_OK", arguments: names)
  func initializes(name: String) throws {
    let trace = try Trace(recorded: name)
    let run = AccessRecorder.run(try Program(importing: trace))
    // VIRTIO_NET_F_GSO: see `writesWithRoom`.
    let accepted = trace.acceptedFeatures.subtracting(name == "legacy-net" ? FeatureBits(bit: 6) : [])
    #expect(run.offered.isSuperset(of: accepted))
    #expect(run.accepted == accepted)
    let negotiated: DeviceStatus =
      trace.transport == .modern ? [.acknowledge, .driver, .featuresOK] : [.acknowledge, .driver]
    #expect(run.statusReads.contains(negotiated))
    #expect(run.statusReads.contains { $0.contains(.driverOK) })
    #expect(run.statusReads.allSatisfy { $0.isDisjoint(with: [.deviceNeedsReset, .failed]) })
  }

  @Test(
    "writes what was recorded, in that order, but for the places of the rings, and for what there is no room",
    arguments: names)
  func writes(name: String) throws {
    let trace = try Trace(recorded: name)
    let run = AccessRecorder.run(try Program(importing: trace))
    let expected = Self.receiving.contains(name) ? trace.writesWithRoom : trace.keptWrites
    #expect(run.keptWrites == expected)
  }

  @Test(
    "reads every register with the width of the table or of the field, and bytes of legacy fields", arguments: names)
  func widths(name: String) throws {
    let run = AccessRecorder.run(try Program(importing: Trace(recorded: name)))
    #expect(run.odd.isEmpty)
  }

  @Test("becomes the seed that is committed", arguments: names)
  func seed(name: String) throws {
    let trace = try Trace(recorded: name)
    let isPacked = trace.acceptedFeatures.contains(.ringPacked)
    let folder =
      if Self.receiving.contains(name) {
        trace.isConsole ? "FuzzConsole" : "FuzzNetwork"
      } else {
        isPacked ? "FuzzPacked" : trace.transport == .modern ? "FuzzLifecycle" : "FuzzLegacy"
      }
    let bytes = try Program(importing: trace).encode()
    #expect(try bytes == readBytes(repository.appending(path: "Corpus/Seeds/\(folder)/linux-\(name).vfz")))
  }

  @Test("leaves out every access to a queue of a port that no program's console has")
  func ports() throws {
    let text = "# -device virtio-serial-device\nwrite 0x030 0x8\nread 0x034\nwrite 0x044 0x0\nread 0x044\n"
    #expect(try Program(importing: Trace(text: text)).steps.isEmpty)
    let other = try Program(importing: Trace(text: text + "write 0x030 0x7\nread 0x034\nread 0x070\n"))
    #expect(other.steps.count == 3)
    #expect(other.header.virtqueueCount == 8)
  }

  @Test("has as many pairs of queues as the last one that is used needs", arguments: [(0, 3), (2, 3), (3, 5), (6, 7)])
  func pairs(queue: Int, expected: Int) throws {
    let trace = try Trace(text: "# -device virtio-net-device\nwrite 0x030 0x\(queue)\nread 0x034\n")
    #expect(try Program(importing: trace).header.virtqueueCount == UInt32(expected))
  }
}

import Testing
import TraceImport
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("An imported trace of Linux")
struct ImportedTraceTests {
  static let names = ["modern-blk", "modern-rng", "modern-blk-packed", "legacy-blk", "legacy-rng"]

  @Test("runs without a violation, and every request is completed", arguments: names)
  func completes(name: String) throws {
    let trace = try Trace(recorded: name)
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let summary = harness.run(try Program(importing: trace))
    let findings = harness.observer.ledger.findings
    #expect(findings.isEmpty, "\(findings)")
    #expect(summary.skippedSteps == 0)
    #expect(summary.completedChains == trace.notifications)
  }

  @Test("raises the interrupt as often as it was recorded, once a notification", arguments: names)
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
    #expect(run.offered.isSuperset(of: trace.acceptedFeatures))
    #expect(run.accepted == trace.acceptedFeatures)
    let negotiated: DeviceStatus =
      trace.transport == .modern ? [.acknowledge, .driver, .featuresOK] : [.acknowledge, .driver]
    #expect(run.statusReads.contains(negotiated))
    #expect(run.statusReads.contains { $0.contains(.driverOK) })
    #expect(run.statusReads.allSatisfy { $0.isDisjoint(with: [.deviceNeedsReset, .failed]) })
  }

  @Test("writes what was recorded, in that order, but for the places of the rings", arguments: names)
  func writes(name: String) throws {
    let trace = try Trace(recorded: name)
    let run = AccessRecorder.run(try Program(importing: trace))
    #expect(run.keptWrites == trace.keptWrites)
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
    let folder = isPacked ? "FuzzPacked" : trace.transport == .modern ? "FuzzLifecycle" : "FuzzLegacy"
    let bytes = try Program(importing: trace).encode()
    #expect(try bytes == readBytes(repository.appending(path: "Corpus/Seeds/\(folder)/linux-\(name).vfz")))
  }
}

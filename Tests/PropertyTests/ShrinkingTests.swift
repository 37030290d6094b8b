import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties

@Suite("Shrinking")
struct ShrinkingTests {
  /// Of every group some that generated lives of a device show.
  private static let defects: [Defect] = [
    .usedBufferIsNotShown, .resetKeepsQueueReady, .probesStoppedQueue, .hidesNeedsReset, .configIsBigEndian,
    .readsOutsideRAM, .usedIndexSurvivesReset, .brokenQueueLooksReady,
  ]

  @Test("ends at a program that it gives back, with the same finding", arguments: Self.defects)
  func isIdempotent(_ defect: Defect) throws {
    var harness = Harness(device: BrokenDevice(defect), observer: Judge(memory: .standard))
    var found: (program: Program, identity: FindingIdentity)?
    // What a good driver hardly shows, one that writes anything does.
    for style in [ProgramGenerator.Style.lifecycle, .registers] {
      var generator = ProgramGenerator(style: style, seed: Cases.seed)
      for _ in 0..<50 where found == nil {
        let program = generator.program(steps: 500..<501)
        _ = harness.run(program)
        found = harness.observer.ledger.findings.first.map { (program, $0.identity) }
      }
    }
    let (program, identity) = try #require(found)
    func shows(_ candidate: Program) -> Bool {
      _ = harness.run(candidate)
      return harness.observer.ledger.findings.first?.identity == identity
    }
    var shrinker = Shrinker(limit: 100_000)
    let small = shrinker.shrink(program, while: shows)
    #expect(shrinker.isDone && shows(small))
    #expect(small.steps.count < 20)
    var again = Shrinker(limit: 100_000)
    #expect(again.shrink(small, while: shows) == small)
    #expect(small.steps.allSatisfy { $0 == $0.reduced() })
  }

  @Test("leaves out each flag of a device that nothing needs")
  func flags() {
    let program = Program(header: Header(flags: [.readOnly, .legacy, .notificationData, .inOrder]), steps: [])
    var shrinker = Shrinker()
    #expect(shrinker.shrink(program) { $0.header.flags.contains(.legacy) }.header.flags == .legacy)
  }

  @Test("brings each field to the simplest value that shows it")
  func fields() {
    let step = Step(
      .write, [.index: 0x53, .choice: 3, .value: 0xffff_ffff_ffff_ffff])
    let far = Step(
      .store, [.address: SymbolicAddress(.regionEnd, 2, offset: -200).rawValue, .choice: 0, .value: 77])
    let program = Program(header: Header(queueCount: 3, withheldFeatures: 0x31), steps: [step, far])
    var shrinker = Shrinker()
    let small = shrinker.shrink(program) { candidate in
      candidate.header.withheldFeatures & 0x10 != 0 && candidate.steps.count == 2
        && candidate.steps[0][.index] >= 0x44 && candidate.steps[0][.value] >= 1000
        && candidate.steps[1].address.place == .regionEnd && candidate.steps[1].address.offset <= -100
    }
    let simple = [
      Step(.write, [.index: 0x44, .choice: 2, .value: 1000]),
      Step(.store, [.address: SymbolicAddress(.regionEnd, 0, offset: -100).rawValue, .choice: 2]),
    ]
    #expect(small == Program(header: Header(withheldFeatures: 0x10), steps: simple))
  }
}

import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Runs generated programs on a device, and looks at some clauses: any finding of them is shrunk and told.
///
/// - Parameters:
///   - device: what the programs run on.
///   - clauses: which ones; all, if none are named.
///   - style: what the programs are mostly about.
///   - faultRate: how often a step is one that no driver should make.
///   - cases: how many programs, unless a finding ends it before.
///   - seed: the same seed gives the same programs.
public func check<Device: DeviceUnderTest & ~Copyable>(
  _ device: consuming Device, _ clauses: [ClauseID] = ClauseID.allCases, style: ProgramGenerator.Style,
  faultRate: Double = 0.03, cases: Int = Cases.count, seed: UInt64 = Cases.seed
) -> Outcome {
  let judge = Judge(memory: device.memory)
  var harness = Harness(device: device, observer: judge)
  var generator = ProgramGenerator(style: style, seed: seed, faultRate: faultRate)
  var outcome = Outcome()
  for number in 0..<cases {
    let program = generator.program(steps: 24..<64)
    outcome.completedChains += harness.run(program).completedChains
    outcome.programs += 1
    guard let finding = harness.observer.ledger.findings.first(where: { clauses.contains($0.clause) }) else { continue }
    var shrinker = Shrinker(limit: 5000)
    let small = shrinker.shrink(program) { candidate in
      _ = harness.run(candidate)
      return harness.observer.ledger.findings.contains {
        $0.clause == finding.clause && $0.stepKind == finding.stepKind
      }
    }
    _ = harness.run(small)
    let shown = harness.observer.ledger.findings.first { $0.clause == finding.clause } ?? finding
    outcome.failure = shown.story(small, number: number, seed: seed, device: String(describing: Device.self))
    break
  }
  for clause in clauses { outcome.counts[clause] = harness.observer.ledger.counts[Int(clause.rawValue)] }
  return outcome
}

/// What a judge finds when a program, given as text, runs on a device.
///
/// - Throws: `TextError` where it is no program.
public func findings<Device: DeviceUnderTest & ~Copyable>(
  _ text: String, on device: consuming Device
) throws -> [Finding] {
  let judge = Judge(memory: device.memory)
  var harness = Harness(device: device, observer: judge)
  _ = harness.run(try Program(text: text))
  return harness.observer.ledger.findings
}

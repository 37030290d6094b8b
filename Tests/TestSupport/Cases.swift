import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many programs a property is checked on, and from which seed: `VIRTIO_FUZZ_CASES` and `VIRTIO_FUZZ_SEED`.
public enum Cases {
  public static var count: Int { number("VIRTIO_FUZZ_CASES") ?? 300 }
  public static var seed: UInt64 { UInt64(number("VIRTIO_FUZZ_SEED") ?? 20_260_101) }

  private static func number(_ name: String) -> Int? {
    guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
    guard let number = Int(text), number >= 0 else { fatalError("\(name) is '\(text)': it has to be a whole number") }
    return number
  }
}

/// What came of a property: how often its clauses were judged, and a shrunk program that breaks one of them.
public struct Outcome {
  public var programs = 0
  public var counts: [ClauseID: Ledger.Count] = [:]
  /// Says what was broken, by which steps, how to replay them and how to keep them; nil if nothing was.
  public var failure: String?

  public func satisfied(_ clause: ClauseID) -> UInt64 { counts[clause]?.satisfied ?? 0 }
}

/// Runs generated programs on a device, and looks at some clauses: any finding of them is shrunk and told.
public func check<Device: DeviceUnderTest & ~Copyable>(
  _ clauses: [ClauseID], _ device: consuming Device, style: ProgramGenerator.Style, faultRate: Double = 0.03,
  cases: Int = Cases.count, seed: UInt64 = Cases.seed
) -> Outcome {
  var harness = Harness(device: device, observer: Judge(memory: .standard))
  var generator = ProgramGenerator(style: style, seed: seed, faultRate: faultRate)
  var outcome = Outcome()
  for number in 0..<cases {
    let program = generator.program(steps: 24..<64)
    _ = harness.run(program)
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
    outcome.failure = tell(shown, small, number, seed)
    break
  }
  for clause in clauses { outcome.counts[clause] = harness.observer.ledger.counts[Int(clause.rawValue)] }
  return outcome
}

/// What a person needs of a generated finding: the clause, the steps, and what to do with them.
public func tell(_ finding: Finding, _ program: Program, _ number: Int, _ seed: UInt64) -> String {
  let lines = program.text().split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
  return """
    \(tell(finding, program, "program \(number) of seed \(seed), shrunk to \(program.steps.count) steps"))
    replay: VIRTIO_FUZZ_SEED=\(seed) VIRTIO_FUZZ_CASES=\(number + 1) swift test
    keep:
      @Test func regression() throws {
        #expect(
          try findings(
            \"\"\"
    \(lines)
            \"\"\").isEmpty)
      }
    """
}

/// What a person needs of a finding in a program that came from `origin`.
public func tell(_ finding: Finding, _ program: Program, _ origin: String) -> String {
  """
  \(finding.clause.name) at step \(finding.step): \(finding.clause.clause.says)
  saw 0x\(String(finding.seen, radix: 16)), expected 0x\(String(finding.expected, radix: 16)), \
  first at fault: \(finding.driverFault.map { "driver, \($0.clause.name) at step \($0.step)" } ?? "device")
  \(origin):
  \(program.text(numbered: true))
  """
}

/// What a judge finds when a program, given as text, runs on the reference device.
public func findings(_ text: String) throws -> [Finding] {
  var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
  _ = harness.run(try Program(text: text))
  return harness.observer.ledger.findings
}

/// The clauses that a judge counts anything of, over generated programs.
public func judgedClauses(style: String) -> Set<ClauseID> {
  var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
  let style = ProgramGenerator.Style.allCases.first { "\($0)" == style }!
  var generator = ProgramGenerator(style: style, seed: Cases.seed)
  for _ in 0..<300 { _ = harness.run(generator.program(steps: 24..<64)) }
  return Set(ClauseID.allCases.filter { harness.observer.ledger.counts[Int($0.rawValue)].armed > 0 })
}

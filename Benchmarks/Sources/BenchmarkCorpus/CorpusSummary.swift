import VirtioHarness
import VirtioOracle
import VirtioProgram

/// What programs came to, each run once on the reference device under the judge.
public struct CorpusSummary: Sendable, CustomStringConvertible {
  public var programs = 0
  public var executedSteps = 0
  public var skippedSteps = 0
  public var chains = 0
  public var chainsWithData = 0
  /// Steps in which one chain with data or more was completed.
  public var stepsWithData = 0
  public var findings = 0
  /// Programs whose device needed a reset in the end.
  public var broken = 0
  /// Of any program.
  public var fewestSteps = Int.max
  public var mostSteps = 0
  /// By the raw value of their kind.
  private var stepsByKind = [Int](repeating: 0, count: StepKind.allCases.count)

  public init() {}

  public init(_ programs: [Program]) {
    var harness = Self.makeHarness()
    for program in programs { add(program, on: &harness) }
  }

  /// A device and a judge that programs can be added on.
  public static func makeHarness() -> Harness<ReferenceDevice, CompletionCounter> {
    Harness(device: ReferenceDevice(), observer: CompletionCounter(Judge(memory: .standard)))
  }

  /// Runs one more program, and counts it.
  public mutating func add(_ program: Program, on harness: inout Harness<ReferenceDevice, CompletionCounter>) {
    let run = harness.run(program)
    programs += 1
    executedSteps += run.executedSteps
    skippedSteps += run.skippedSteps
    chains += run.completedChains
    chainsWithData += run.chainsWithData
    stepsWithData += harness.observer.stepsWithData
    findings += harness.observer.judge.ledger.findings.count
    broken += harness.observer.endedBroken ? 1 : 0
    fewestSteps = min(fewestSteps, run.executedSteps)
    mostSteps = max(mostSteps, run.executedSteps)
    for kind in stepsByKind.indices { stepsByKind[kind] += Int(run.stepsByKind[kind]) }
  }

  public var description: String {
    let kinds = StepKind.allCases.map { ($0.name, stepsByKind[Int($0.rawValue)]) }.filter { $0.1 > 0 }
      .sorted { $0.1 > $1.1 }.map { "\($0.0) \($0.1)" }
    return """
      programs             \(programs), \(broken) of them end with DEVICE_NEEDS_RESET
      steps executed       \(executedSteps), \(fewestSteps) to \(mostSteps) a program; skipped \(skippedSteps)
      steps by kind        \(kinds.joined(separator: ", "))
      chains completed     \(chains), with data \(chainsWithData): one in \(perStep(chainsWithData)) steps
      steps that complete  \(stepsWithData), with data: one in \(perStep(stepsWithData)) steps
      findings             \(findings)
      """
  }

  private func perStep(_ count: Int) -> String {
    guard count > 0 else { return "∞" }
    let hundredths = executedSteps * 100 / count
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}

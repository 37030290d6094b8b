import ArgumentParser
import FuzzerShim
import VirtioHarness
import VirtioOracle
import VirtioProgram

/// What ``Replay`` starts for each program: prints how it went, without a line feed.
struct ReplayOne: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay-one",
    abstract: "Runs one program in this process, for 'replay'.",
    discussion: "Example: virtio-fuzz replay-one Corpus/Seeds/FuzzLifecycle/linux-modern-blk.vfz",
    shouldDisplay: false)

  @Argument(help: "A program's bytes.", completion: .file())
  var file: String

  @OptionGroup var options: ReplayOptions

  func run() throws {
    let program = try Files.program(file, anyBytes: options.anyBytes)
    // Ends this process: nothing in it would look at a clock during a hang.
    shim_set_alarm(1000 * UInt64(options.timeLimit))
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let summary = harness.run(program)
    let findings = harness.observer.ledger.findings
    let verdict = findings.isEmpty ? "ok" : findings.map(\.line).joined(separator: "; ")
    let scope = harness.observer.ledger.scope.text.map { "; \($0)" } ?? ""
    print("\(verdict) (\(summary.line)\(scope))", terminator: "")
    if findings.contains(where: { options.strict || $0.severity == .error }) { throw ExitCode.finding }
  }
}

extension RunSummary {
  fileprivate var line: String {
    let skipped = skippedSteps == 0 ? "" : ", \(skippedSteps) skipped"
    return "\(executedSteps) steps\(skipped), \(completedChains) chains completed"
  }
}

extension Finding {
  /// The clause, the place, and what was wrong there.
  fileprivate var line: String {
    let place = StepKind(rawValue: stepKind).map { "step \(step) (\($0.name))" } ?? "the end"
    let numbers = "seen 0x\(String(seen, radix: 16)), expected 0x\(String(expected, radix: 16))"
    let fault = driverFault.map { ", after the driver broke \($0.clause.name) at step \($0.step)" } ?? ""
    return "\(severity == .warning ? "warning: " : "")\(clause.name) at \(place): \(numbers)\(fault)"
  }
}

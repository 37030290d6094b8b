import ArgumentParser
import Foundation
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// What many programs show, sorted by finding.
struct TriageResult {
  /// One finding, and the programs that show it.
  struct Group {
    let identity: FindingIdentity
    let severity: Clause.Severity
    /// The smallest first: by the number of steps, and then by the path.
    let examples: [Example]

    var smallest: Example { examples[0] }
    var clause: Clause { identity.clause.clause }
  }

  /// A program that shows a finding.
  struct Example {
    let path: String
    let steps: Int
    let verdict: Verdict
  }

  struct Unreadable {
    let path: String
    let problem: String
  }

  /// The name of the fuzz target whose device they ran on.
  let device: String
  /// How many programs show nothing.
  let fineCount: Int
  /// Errors before warnings, then in the order of the clauses and of the kinds of steps.
  let groups: [Group]
  let unreadable: [Unreadable]

  init(device: String, programs: [(path: String, steps: Int, verdict: Verdict?)], unreadable: [Unreadable]) {
    self.device = device
    self.unreadable = unreadable
    let examples = programs.compactMap { program in
      program.verdict.map { Example(path: program.path, steps: program.steps, verdict: $0) }
    }
    fineCount = programs.count - examples.count
    groups = Dictionary(grouping: examples) { Key(identity: $0.verdict.identity, severity: $0.verdict.severity) }
      .sorted { $0.key.rank < $1.key.rank }
      .map { key, examples in
        let sorted = examples.sorted { ($0.steps, $0.path) < ($1.steps, $1.path) }
        return Group(identity: key.identity, severity: key.severity, examples: sorted)
      }
  }

  func code(isStrict: Bool) -> ExitCode {
    if groups.contains(where: { isStrict || $0.severity == .error }) { return .finding }
    return unreadable.isEmpty ? .success : .failure
  }

  /// A line for each finding, and one for all.
  var text: String {
    let identities = groups.map { "\($0.identity)".count }.max() ?? 0
    let lines = groups.map { group in
      let name = "\(group.identity)".padding(toLength: identities, withPad: " ", startingAt: 0)
      let severity = "\(group.severity)".padding(toLength: 7, withPad: " ", startingAt: 0)
      let count = "\(group.examples.count)".leftPadded(5)
      let steps = group.smallest.steps == 1 ? "1 step" : "\(group.smallest.steps) steps"
      return "\(name)  \(severity) \(count)×  smallest: \(group.smallest.path) (\(steps))"
    }
    let programs = groups.map(\.examples.count).reduce(0, +)
    let findings = groups.count == 1 ? "1 finding" : "\(groups.count) findings"
    return (lines + ["\(findings) in \(programs) of \(programs + fineCount) programs on \(device)"])
      .map { "\($0)\n" }.joined()
  }

  private struct Key: Hashable {
    let identity: FindingIdentity
    let severity: Clause.Severity

    var rank: (Int, UInt16, UInt8) {
      (severity == .error ? 0 : 1, identity.clause.rawValue, identity.stepKind?.rawValue ?? .max)
    }
  }
}

extension TriageResult.Example {
  /// `seen 0x1, expected 0x0 at step 2, after the driver broke FEAT-DRV-06 at step 1`
  var sight: String {
    let fault = verdict.driverFault.isEmpty ? "" : ", after the driver broke \(verdict.driverFault)"
    return "\(verdict.sight) at step \(verdict.step)\(fault)"
  }
}

extension String {
  fileprivate func leftPadded(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

import Foundation

/// What a search for faults came to.
struct FaultTable {
  let results: [FaultResult]
  /// How long each was searched for at most, in seconds.
  let seconds: Int

  /// A row for each fault.
  var text: String {
    let head = ["fault", "found", "programs", "seconds", "steps", "reported", "expected"]
    let rows = results.map { result in
      [name(result)] + result.cells + [result.fault.expects.map(\.name).joined(separator: " ")]
    }
    return (Columns.aligned([head] + rows, numbers: 1..<5) + [summary]).map { "\($0)\n" }.joined()
  }

  private func name(_ result: FaultResult) -> String {
    result.fault.id + (result.ablation == .nothing ? "" : " (\(result.ablation.words))")
  }

  /// A table for the documentation: a row for each fault, and for each way to search a column.
  var markdown: String {
    let ways = Ablation.allCases.filter { way in results.contains { $0.ablation == way } }
    let isAblation = ways.count > 1
    let head =
      ["Fault", "Bug"] + (isAblation ? ways.map(\.words) : ["Found", "Programs", "Seconds", "Steps", "Reported"])
    let groups = Dictionary(grouping: results, by: \.fault.id).sorted { $0.key < $1.key }
    let rows = groups.map { _, results in
      let first = results[0]
      let cells = [first.fault.id, "\(first.fault.bug) (\(first.fault.reference))"]
      guard !isAblation else {
        return cells + ways.map { way in Self.words(results.first { $0.ablation == way }?.medianSeconds) }
      }
      return cells + first.cells
    }
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined() + "\n\(summary)\n"
  }

  /// For each way to search:
  /// `all of it: 42 of 46 faults found at the median of 3 seeds within 60 s, the slowest in 12.8 s`.
  var summary: String {
    Ablation.allCases.compactMap { way in
      let results = results.filter { $0.ablation == way }
      guard let first = results.first else { return nil }
      let slowest = results.compactMap(\.medianSeconds).max()
      return
        "\(way.words): \(results.count(where: \.isFound)) of \(counted(results.count, "fault")) found at the median of "
        + "\(counted(first.trials.count, "seed")) within \(seconds) s, the slowest in \(Self.words(slowest)) s"
    }.joined(separator: "\n")
  }

  fileprivate static func words(_ seconds: Double?) -> String { seconds.map { String(format: "%.1f", $0) } ?? "–" }

  /// An array with an object for each.
  func json() throws -> String { try JSONLines.array(of: results.map(\.object)) }
}

extension FaultResult {
  /// How often it was found, programs, seconds, steps, and what was reported.
  fileprivate var cells: [String] {
    [
      "\(foundCount) of \(trials.count)", medianPrograms.map { "\($0)" } ?? "–", FaultTable.words(medianSeconds),
      smallest.map { "\($0.steps.count)" } ?? "–", clauses.map(\.name).joined(separator: " "),
    ]
  }

  fileprivate struct Object: Encodable {
    let id: String
    let reference: String
    let bug: String
    let trigger: String
    let target: String
    let expects: [String]
    /// What was left out of fuzzing.
    let without: Ablation
    let isFound: Bool
    /// Of the seeds.
    let foundCount: Int
    let medianPrograms: UInt64?
    let medianSeconds: Double?
    let trials: [Trial]
    /// The smallest program that shows it, as text.
    let program: String?
    let steps: Int?
  }

  fileprivate struct Trial: Encodable {
    let seed: UInt32
    /// As in `MMIO-DEV-07/queue`.
    let finding: String?
    let isExpected: Bool
    let programs: UInt64
    let seconds: Double
  }

  fileprivate var object: Object {
    Object(
      id: fault.id, reference: fault.reference, bug: fault.bug, trigger: fault.trigger, target: fault.target.name,
      expects: fault.expects.map(\.name), without: ablation, isFound: isFound, foundCount: foundCount,
      medianPrograms: medianPrograms, medianSeconds: medianSeconds,
      trials: trials.map { trial in
        Trial(
          seed: trial.seed, finding: trial.verdict.map { "\($0.identity)" }, isExpected: trial.isExpected,
          programs: trial.programs, seconds: trial.seconds)
      }, program: smallest?.text(numbered: true), steps: smallest?.steps.count)
  }
}

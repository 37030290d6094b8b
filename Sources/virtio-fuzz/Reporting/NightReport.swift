import ArgumentParser
import Foundation

/// What a night came to, so far.
struct NightReport {
  let started: Date
  let seed: UInt32
  let limit: Duration
  var isComplete = false
  var wasInterrupted = false
  private var targets: [NightTarget] = []
  private var duration = Duration.zero

  init(started: Date, seed: UInt32, limit: Duration) {
    self.started = started
    self.seed = seed
    self.limit = limit
  }

  mutating func update(_ targets: [NightTarget], _ duration: Duration) {
    self.targets = targets
    self.duration = duration
  }

  var exitCode: ExitCode {
    if targets.contains(where: { $0.result.code(isStrict: false) == .finding }) { return .finding }
    return wasInterrupted ? .interrupted : .success
  }

  /// Each file is put in its place as a whole.
  func write(to folder: String) throws {
    let json = try json
    try Files.write([UInt8](json.utf8), to: "\(folder)/report.json")
    try Files.write([UInt8](markdown.utf8), to: "\(folder)/summary.md")
    // Nothing in it ends the script that it is put into.
    let page = String(decoding: PackageResources.nightly_html, as: UTF8.self)
      .replacingOccurrences(of: "{{report}}", with: json.replacingOccurrences(of: "<", with: "\\u003c"))
    try Files.write([UInt8](page.utf8), to: "\(folder)/index.html")
  }

  // For a summary of CI.

  var markdown: String {
    let findings = targets.flatMap { target in target.kept.map { (target.executable.name, $0) } }
    var text = "## virtio-fuzz nightly: \(verdict)\n\n"
    text += "| target | programs | steps | a second | edges | clauses | findings |\n|---|---|---|---|---|---|---|\n"
    for target in targets {
      text +=
        "| \(target.executable.name) | \(target.executions) | \(target.steps) "
        + "| \(perSecond(target.steps, target.duration / .seconds(1))) steps | \(target.coverage) | \(target.clauses) "
        + "| \(max(target.kept.count, target.reported.count)) |\n"
    }
    text += "\nSeed \(seed), \(Int((duration / .seconds(1)).rounded())) s in \(turns) turns.\n"
    guard !findings.isEmpty else { return text }
    text += "\n| finding | target | inputs | smallest program |\n|---|---|---|---|\n"
    for (target, kept) in findings {
      let severity = kept.severity == "error" ? "" : " (\(kept.severity))"
      text += "| **\(kept.finding)**\(severity): \(kept.says) | \(target) | \(kept.count) | \(kept.program ?? "") |\n"
    }
    return text
  }

  private var turns: Int { targets.map(\.turns).reduce(0, +) }

  private var verdict: String {
    let count = targets.map { max($0.kept.count, $0.reported.count) }.reduce(0, +)
    let found = count == 0 ? "nothing found" : count == 1 ? "1 finding" : "\(count) findings"
    return wasInterrupted ? "\(found), interrupted" : isComplete ? found : "\(found) so far"
  }

  // For programs, and for the page.

  private struct Whole: Encodable {
    let started: String
    let seconds: Double
    let isComplete: Bool
    let verdict: String
    let seed: UInt32
    let targets: [Target]
  }

  private struct Target: Encodable {
    let name: String
    let executions: UInt64
    let steps: UInt64
    let coverage: Int
    let clauses: Int
    let turns: Int
    /// How many inputs of the corpus were needless, and are gone.
    let corpusDeleted: Int
    /// Inputs that ended a process by a trap, or by taking too long.
    let deaths: Int
    let findings: [NightTarget.Kept]
    let samples: [NightTarget.Sample]
  }

  private var json: String {
    get throws {
      let whole = Whole(
        started: started.ISO8601Format(), seconds: duration / .seconds(1), isComplete: isComplete, verdict: verdict,
        seed: seed,
        targets: targets.map { target in
          Target(
            name: target.executable.name, executions: target.executions, steps: target.steps,
            coverage: target.coverage, clauses: target.clauses, turns: target.turns,
            corpusDeleted: target.corpusDeleted, deaths: target.deaths,
            findings: target.kept, samples: target.samples)
        })
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(whole), as: UTF8.self)
    }
  }
}

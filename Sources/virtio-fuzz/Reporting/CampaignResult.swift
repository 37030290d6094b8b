import ArgumentParser
import Foundation
import VirtioProgram
import VirtioSpec

/// How a run went.
struct CampaignResult {
  let campaign: Campaign
  let outcomes: [ChildOutcome]
  /// The artifacts of processes that died of what is known, which are gone.
  let knownDeaths: [String]
  /// Programs that processes ended at and that nobody else had kept.
  let keptInputs: [String]
  let wasInterrupted: Bool
  let progress: [EngineOutput]
  let statistics: Statistics
  let duration: Duration

  /// What shows something new, or was too much for a process.
  var artifacts: [String] { (progress.flatMap(\.artifacts) + keptInputs).filter { !knownDeaths.contains($0) } }

  var exitCode: ExitCode {
    let worst = outcomes.map(\.code).worst
    if worst == .success, wasInterrupted { return .interrupted }
    // A target that runs nothing has found nothing, and that is no success.
    return worst == .success && statistics.executions == 0 ? .failure : worst
  }

  var summary: String {
    let isEmpty = statistics.executions == 0
    return (isEmpty ? [title] : [title] + head + steps + clauses + findings).map { "\($0)\n" }.joined()
  }

  private var seconds: Double { duration / .seconds(1) }

  private var title: String {
    "\nSummary of \(campaign.target.name), seed \(campaign.seed), \(Int(seconds.rounded())) s: \(ending)"
  }

  private var head: [String] {
    [
      "  programs     \(statistics.executions), \(perSecond(statistics.executions, seconds)) a second; "
        + "\(percent(statistics.programsWithChains, of: statistics.executions)) completed a chain",
      "  steps        \(statistics.steps), \(perSecond(statistics.steps, seconds)) a second; "
        + "\(statistics.skippedSteps) more were skipped",
      "  chains       \(statistics.chains) completed, \(statistics.chainsWithData) of them with data",
      "  coverage     \(progress.map(\.coverage).max() ?? 0) edges; corpus \(progress.map(\.corpus).max() ?? 0) inputs "
        + "in \(campaign.corpus) and the seeds",
    ]
  }

  private var ending: String {
    switch exitCode {
    case .success: "nothing found"
    case .finding: "a finding"
    case .timeOut: "an input took too long"
    case .outOfMemory: "an input took too much memory"
    case .interrupted: "interrupted, nothing found"
    case .failure where statistics.executions == 0: "nothing was run"
    case let code: "the target ended with exit code \(code.rawValue)"
    }
  }

  private var steps: [String] {
    let kinds = StepKind.allCases.filter { statistics.stepsByKind[Int($0.rawValue)] > 0 }
    guard !kinds.isEmpty else { return [] }
    return ["  steps by kind"]
      + kinds.sorted { count($0) > count($1) }.map { kind in
        "    \(kind.name.padded(12)) \("\(count(kind))".padded(12)) \(percent(count(kind), of: statistics.steps))"
      }
  }

  private func count(_ kind: StepKind) -> UInt64 { statistics.stepsByKind[Int(kind.rawValue)] }

  private var clauses: [String] {
    let groups = ClauseGroup.all(statistics.clauses)
    let armed = groups.filter { $0.armed > 0 }
    let silent = groups.filter { $0.armed == 0 }.map(\.name).joined(separator: ", ")
    return ["  clauses          armed      checks in force"]
      + armed.map { group in
        let armed = "\(group.armed) of \(group.count)".padded(10)
        let isListed = (1...12).contains(group.unarmed.count)
        let unarmed = isListed ? "not armed: \(group.unarmed.joined(separator: " "))" : ""
        return "    \(group.name.padded(14)) \(armed) \(share(group).padded(26)) \(unarmed)".trimmed
      } + (silent.isEmpty ? [] : ["    nothing armed in \(silent)"])
  }

  /// How many checks of devices are in force, beside the floor of the target; or how often drivers broke their rules.
  private func share(_ group: ClauseGroup) -> String {
    let devices = group.devices
    guard devices.armed > 0 else { return "drivers broke \(group.drivers.violated)" }
    let floor = campaign.target.floors.first { $0.group == group.name }
    let isBelow = floor.map { devices.shareInForce < $0.share } ?? false
    return percent(devices.inForce, of: devices.armed)
      + (floor.map { ", floor \(Int($0.share * 100)) %\(isBelow ? ": BELOW" : "")" } ?? "")
  }

  private var findings: [String] {
    let known = campaign.known.map { "    known: \($0.key) until \($0.expiry), \($0.reason)" }
    let knownCount = statistics.knownFindings + UInt64(knownDeaths.count)
    return ["  findings     \(statistics.violations) new, \(knownCount) known"] + known
      + artifacts.map { "    \($0)" }
  }
}

func percent(_ part: UInt64, of whole: UInt64) -> String {
  whole == 0 ? "–" : "\((Double(part) / Double(whole) * 1000).rounded() / 10) %"
}

extension String {
  /// Without blanks behind it.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }

  /// With blanks behind it, up to so many letters.
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

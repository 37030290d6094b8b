import ArgumentParser
import VirtioHarness
import VirtioOracle
import VirtioSpec

/// What a device makes of each clause for devices.
struct ConformanceReport {
  enum Verdict: String, CaseIterable, Encodable {
    case violated, holds, neverArmed, notObservable

    /// For people.
    var words: String {
      switch self {
      case .holds: "holds"
      case .violated: "violated"
      case .neverArmed: "never armed"
      case .notObservable: "not observable"
      }
    }
  }

  struct Row {
    let clause: Clause
    let count: Statistics.Count
    let verdict: Verdict
    /// Why it is so, where that needs to be said.
    let reason: String?
    /// The clause that says the same, whose rule judges both.
    let twin: ClauseID?
    /// The shortest program first; none where what was counted could not be shown by a program.
    let violations: [Violation]
    /// Why it is known, where all of it is.
    let known: String?

    var severity: Clause.Severity {
      violations.isEmpty ? clause.severity : violations.contains { $0.verdict.severity == .error } ? .error : .warning
    }

    var impact: Impact { Impact(of: twin ?? clause.id) }
  }

  /// The name of the fuzz target whose device it is, or the device as it was given.
  let device: String
  /// How many programs were run.
  let programs: UInt64
  /// In the order of the ids.
  let rows: [Row]

  init(device: String, evidence: Evidence, violations: [Violation], known: [KnownFinding]) {
    self.device = device
    programs = evidence.programs
    let byClause = Dictionary(grouping: violations) { $0.verdict.identity.clause }
    rows = Clause.all.filter { $0.side == .device }
      .map { Self.row($0, evidence, byClause, known) }
  }

  private static func row(
    _ clause: Clause, _ evidence: Evidence, _ violations: [ClauseID: [Violation]], _ known: [KnownFinding]
  ) -> Row {
    let twin: ClauseID? = if case .twin(let first) = Judge.state(of: clause.id) { first } else { nil }
    let judged = twin ?? clause.id
    let count = evidence.counts[Int(judged.rawValue)]
    let violations = violations[judged] ?? []
    let (verdict, reason) = verdict(judged, count, evidence, hasViolations: !violations.isEmpty)
    let reasons =
      violations.isEmpty
      ? [known.first { $0.clause == judged && $0.kind == nil }?.reason]
      : violations.map { violation in known.first { $0.covers(violation.verdict.identity) }?.reason }
    return Row(
      clause: clause, count: count, verdict: verdict, reason: reason, twin: twin, violations: violations,
      known: verdict == .violated && !reasons.contains(nil) ? reasons[0] : nil)
  }

  private static func verdict(
    _ clause: ClauseID, _ count: Statistics.Count, _ evidence: Evidence, hasViolations: Bool
  ) -> (Verdict, String?) {
    if count.violated > 0 || hasViolations {
      return (.violated, hasViolations ? nil : "seen in the campaign, but in no program that was run by itself")
    }
    if let reason = evidence.blindSpots[clause] { return (.notObservable, reason) }
    if clause.name.hasPrefix("HOUSE-"), !evidence.declaresHousePolicy {
      return (.notObservable, "not declared: the device does not declare this project's policy")
    }
    if count.satisfied > 0 { return (.holds, nil) }
    let suspended = "suspended \(count.suspended) times: the driver had broken a rule that it relies on"
    return (.neverArmed, count.suspended > 0 ? suspended : nil)
  }

  /// Of those that are not known.
  func code(isStrict: Bool) -> ExitCode {
    let isFound = rows.contains { row in
      row.verdict == .violated && row.known == nil && (isStrict || row.severity == .error)
    }
    return isFound ? .finding : .success
  }

  /// The rows that say something that no other row says.
  var broken: [Row] { rows.filter { $0.verdict == .violated && $0.twin == nil } }

  /// `FuzzBroken: of 316 clauses for devices 2 are violated, 265 hold, 0 are never armed, 49 are not observable`, and how
  /// many programs say so.
  var summary: String {
    let counts = Verdict.allCases.map { verdict in (verdict, rows.count { $0.verdict == verdict }) }
      .map { $0 == .holds ? "\($1) hold" : "\($1) are \($0.words)" }.joined(separator: ", ")
    return "\(device): of \(rows.count) clauses for devices \(counts); \(programs) programs"
  }
}

extension KnownFinding {
  func covers(_ identity: FindingIdentity) -> Bool {
    clause == identity.clause && (kind == nil || kind == identity.stepKind)
  }
}

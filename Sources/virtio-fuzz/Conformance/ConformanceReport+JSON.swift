extension ConformanceReport {
  /// An array with an object for each clause, a line each.
  func json() throws -> String { try JSONLines.array(of: rows.map(\.object)) }
}

extension ConformanceReport.Row {
  /// The row as other programs read it.
  struct Object: Encodable {
    let clause: String
    let level: String
    let says: String
    let verdict: ConformanceReport.Verdict
    let satisfied: UInt64
    let violated: UInt64
    let suspended: UInt64
    let reason: String?
    let sameAs: String?
    /// From here on of what is violated only. `program` is the text of the shortest one, and `findings` has all.
    let severity: String?
    let impact: Impact?
    let known: String?
    let program: String?
    let findings: [Finding]?
  }

  struct Finding: Encodable {
    /// As in `MMIO-DEV-07/queue`.
    let finding: String
    let severity: String
    let sight: String
    /// Of the program.
    let steps: Int
    let program: String
    let source: String
    let isMinimized: Bool
    let isShownAgain: Bool
  }

  var object: Object {
    let isViolated = verdict == .violated
    return Object(
      clause: clause.name, level: clause.level.rawValue, says: clause.says, verdict: verdict,
      satisfied: count.satisfied, violated: count.violated, suspended: count.suspended, reason: reason,
      sameAs: twin?.name, severity: isViolated ? "\(severity)" : nil, impact: isViolated ? impact : nil, known: known,
      program: violations.first?.text,
      findings: isViolated
        ? violations.map { violation in
          Finding(
            finding: "\(violation.verdict.identity)", severity: "\(violation.verdict.severity)",
            sight: violation.sight, steps: violation.program.steps.count, program: violation.text,
            source: violation.source, isMinimized: violation.size == .smallest, isShownAgain: violation.isShownAgain)
        } : nil)
  }
}

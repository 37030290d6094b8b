import VirtioSpec

/// What a verdict on a program leaves out: what the driver broke, and what could not be judged for it.
public struct Scope: Sendable {
  /// What the driver broke first.
  public let breach: DriverFault?
  /// How many other rules it broke, each counted once.
  public let otherRules: Int
  /// The clauses that were suspended at least once.
  public let suspended: [ClauseID]

  /// The most suspended clauses that ``text`` names.
  private static let limit = 8

  /// For people; nil where everything was in force. For example: `driver broke SPLIT-DRV-03 at step 12 and 2 more of its
  /// rules; suspended: ROB-04, ROB-05`.
  public var text: String? {
    var words: [String] = []
    if let breach {
      let more = otherRules == 0 ? "" : " and \(otherRules) more of its rules"
      words.append("driver broke \(breach.clause.name) at step \(breach.step)\(more)")
    }
    if !suspended.isEmpty {
      let more = suspended.count > Self.limit ? " and \(suspended.count - Self.limit) more" : ""
      words.append("suspended: \(suspended.prefix(Self.limit).map(\.name).joined(separator: ", "))\(more)")
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}

extension Ledger {
  /// Of this program.
  public var scope: Scope {
    var suspended: [ClauseID] = []
    for clause in ClauseID.allCases where marks[Int(clause.rawValue)].contains(.suspended) { suspended.append(clause) }
    let misleading = misleadingBreaches
    let rules = Set(misleading.map(\.clause))
    return Scope(breach: misleading.first, otherRules: max(rules.count - 1, 0), suspended: suspended)
  }
}

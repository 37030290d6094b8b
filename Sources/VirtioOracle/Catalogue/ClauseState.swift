import VirtioSpec

/// How a clause is judged. Every clause has exactly one state.
public enum ClauseState: Equatable, Sendable {
  /// A rule for devices: broken, it is a finding.
  case rule
  /// A rule for drivers: broken, it is a breach, which may suspend rules for devices.
  case traceRule
  /// Says the same as another clause, whose rule judges both.
  case twin(ClauseID)
  /// Judged from outside of the process that the device runs in, of two runs, or of a device tree.
  case judgedElsewhere
  /// Not judged, and why: `not observable: ...`, `prose: ...`, or `needs <device>: ...`.
  case waived(String)
}

extension Judge {
  /// The state of a clause; nil would be a gap, which a test forbids.
  public static func state(of clause: ClauseID) -> ClauseState? {
    if isRule[Int(clause.rawValue)] { return .rule }
    if isTraceRule[Int(clause.rawValue)] { return .traceRule }
    if let twin = twins[clause] { return .twin(twin) }
    if judgedElsewhere.contains(clause) { return .judgedElsewhere }
    if let reason = waivers[clause] { return .waived(reason) }
    guard let group = waivedGroups.first(where: { clause.name.hasPrefix("\($0.prefix)-") }) else { return nil }
    return .waived(group.reason)
  }

  private static let isRule = flags(rules)
  private static let isTraceRule = flags(traceRules)

  private static func flags(_ clauses: [ClauseID]) -> [Bool] {
    var flags = [Bool](repeating: false, count: ClauseID.count)
    for clause in clauses { flags[Int(clause.rawValue)] = true }
    return flags
  }
}

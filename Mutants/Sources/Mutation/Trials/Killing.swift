/// What a mutant was found by.
public struct Killing: Codable, Equatable, Sendable {
  /// The fuzz target, with `seeds` behind it where fuzzing was not needed, or the test suites.
  public let by: String
  /// The clause that was named, as in `MMIO-DEV-07`; nil where nothing was.
  public let clause: String?

  public init(by: String, clause: String?) {
    (self.by, self.clause) = (by, clause)
  }

  /// How a report counts it.
  public var group: Group {
    guard let clause else { return .unnamed }
    return clause.hasPrefix("ROB-") ? .robustness : clause.hasPrefix("HOUSE-") ? .house : .clause
  }

  public enum Group: String, CaseIterable, Codable, Sendable {
    /// Of the specification.
    case clause
    /// ROB: no trap, no hang, no access that nobody permits.
    case robustness = "ROB"
    /// HOUSE: this device's own policy.
    case house = "HOUSE"
    /// Found without the name of a rule.
    case unnamed = "without id"
  }
}

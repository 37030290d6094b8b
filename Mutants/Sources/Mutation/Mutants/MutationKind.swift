/// A group of mutations, as the report counts them.
public enum MutationKind: String, CaseIterable, Codable, Sendable {
  case comparison
  case arithmetic
  case statement
  case branch
  case constant
  case mask
  case check
  case earlyReturn = "return"

  /// What its mutants do, for people.
  public var says: String {
    switch self {
    case .comparison: "comparison and boundary"
    case .arithmetic: "arithmetic and wrap-around"
    case .statement: "removed statement"
    case .branch: "swapped branch"
    case .constant: "constant"
    case .mask: "mask and shift"
    case .check: "missing check"
    case .earlyReturn: "early return"
    }
  }
}

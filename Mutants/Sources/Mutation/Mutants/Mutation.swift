/// One way to change a site. The raw value is the last word of a mutant's id.
public enum Mutation: String, CaseIterable, Sendable {
  /// A comparison without its border, or with it; equality becomes inequality.
  case comparison
  /// A half-open range is longer by one.
  case range
  /// The smaller becomes the larger one.
  case extreme
  /// Addition becomes subtraction, and the like.
  case arithmetic
  /// What may wrap traps.
  case wrap
  /// A call or an assignment is left out.
  case removal
  /// A condition is negated.
  case swap
  /// A negation is left out.
  case negation
  /// A number is larger by one.
  case increment = "constant+1"
  /// A number is smaller by one.
  case decrement = "constant-1"
  /// A truth value is the other one.
  case flip = "constant"
  /// And becomes or, and the like.
  case mask
  /// A shift goes the other way.
  case shift
  /// A condition holds, or its branch is never taken.
  case check
  /// Of two conditions, the left one is not looked at.
  case left
  /// Of two conditions, the right one is not looked at.
  case right
  /// A function does nothing.
  case earlyReturn = "return"

  /// How the report counts it.
  public var kind: MutationKind {
    switch self {
    case .comparison, .range, .extreme: .comparison
    case .arithmetic, .wrap: .arithmetic
    case .removal: .statement
    case .swap, .negation: .branch
    case .increment, .decrement, .flip: .constant
    case .mask, .shift: .mask
    case .check, .left, .right: .check
    case .earlyReturn: .earlyReturn
    }
  }
}

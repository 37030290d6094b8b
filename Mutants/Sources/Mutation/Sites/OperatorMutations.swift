/// What becomes of an operator: the function that stands for it in the schemata, and its changes in the order of that
/// function's numbers.
struct OperatorMutations {
  let function: String
  let changes: [Site.Change]

  /// Of an operator between two values, or nil where there is none.
  static func infix(_ name: String) -> OperatorMutations? { table[name] }

  /// Of an operator that assigns, as in `&+=`.
  static func assigning(_ name: String) -> OperatorMutations? {
    // `<=`, `>=`, `==` and `!=` are no assignments.
    guard name.hasSuffix("="), table[name] == nil, let plain = table[String(name.dropLast())] else { return nil }
    return OperatorMutations(
      function: plain.function,
      changes: plain.changes.map { change in
        let words = change.words.split(separator: " ")
        return Site.Change(mutation: change.mutation, words: "\(words[0])= becomes \(words[2])=")
      })
  }

  private static let table: [String: OperatorMutations] = [
    "<": row("less", "<", (.comparison, "<=")),
    "<=": row("lessOrEqual", "<=", (.comparison, "<")),
    ">": row("greater", ">", (.comparison, ">=")),
    ">=": row("greaterOrEqual", ">=", (.comparison, ">")),
    "==": row("equal", "==", (.comparison, "!=")),
    "!=": row("unequal", "!=", (.comparison, "==")),
    "..<": row("range", "..<", (.range, "...")),
    "+": row("plus", "+", (.arithmetic, "-")),
    "-": row("minus", "-", (.arithmetic, "+")),
    "*": row("times", "*", (.arithmetic, "+")),
    "/": row("quotient", "/", (.arithmetic, "*")),
    "%": row("remainder", "%", (.arithmetic, "/")),
    "&+": row("wrappingPlus", "&+", (.arithmetic, "&-"), (.wrap, "+")),
    "&-": row("wrappingMinus", "&-", (.arithmetic, "&+"), (.wrap, "-")),
    "&*": row("wrappingTimes", "&*", (.arithmetic, "&+"), (.wrap, "*")),
    "&": row("and", "&", (.mask, "|")),
    "|": row("or", "|", (.mask, "&")),
    "^": row("exclusiveOr", "^", (.mask, "|")),
    "<<": row("shiftLeft", "<<", (.shift, ">>")),
    ">>": row("shiftRight", ">>", (.shift, "<<")),
  ]

  private static func row(
    _ function: String, _ name: String, _ changes: (mutation: Mutation, name: String)...
  ) -> OperatorMutations {
    OperatorMutations(
      function: function,
      changes: changes.map { Site.Change(mutation: $0.mutation, words: "\(name) becomes \($0.name)") })
  }
}

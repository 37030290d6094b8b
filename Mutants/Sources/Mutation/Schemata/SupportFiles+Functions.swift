extension SupportFiles {
  /// What stands for operators and conditions in the schemata: with no mutant on, each does what the original does. The
  /// first numbers are those of the mutants, in the order of the site's changes.
  static var functions: String {
    """
    public import MutantSwitch

    public enum Mutant {
    \(body.joined(separator: "\n").split(separator: "\n").map { "  \(head) \($0)\n" }.joined())}

    """
  }

  private static let head = "@inlinable @inline(__always) public static func"

  private static let body = [
    "isOn(_ n: Int) -> Bool { mutant_switches[n] }",
    "isOff(_ n: Int) -> Bool { !mutant_switches[n] }",
    conditions, comparisons, binary("F: FixedWidthInteger", sameTypes),
    binary("F: FixedWidthInteger, B: BinaryInteger", shifts, right: "B"), numbers,
  ]

  private static let conditions = """
    holds(_ n: Int, _ a: Bool) -> Bool { isOn(n) ? true : a }
    fails(_ n: Int, _ a: Bool) -> Bool { isOn(n) ? false : a }
    swap(_ n: Int, _ a: Bool) -> Bool { isOn(n) ? !a : a }
    branch(_ n: Int, _ m: Int, _ a: Bool) -> Bool { isOn(n) ? !a : isOn(m) ? false : a }
    not(_ n: Int, _ a: Bool) -> Bool { isOn(n) ? a : !a }
    """

  private static let comparisons = """
    less<C: Comparable>(_ n: Int, _ a: C, _ b: C) -> Bool { isOn(n) ? a <= b : a < b }
    lessOrEqual<C: Comparable>(_ n: Int, _ a: C, _ b: C) -> Bool { isOn(n) ? a < b : a <= b }
    greater<C: Comparable>(_ n: Int, _ a: C, _ b: C) -> Bool { isOn(n) ? a >= b : a > b }
    greaterOrEqual<C: Comparable>(_ n: Int, _ a: C, _ b: C) -> Bool { isOn(n) ? a > b : a >= b }
    equal<E: Equatable>(_ n: Int, _ a: E, _ b: E) -> Bool { isOn(n) ? a != b : a == b }
    unequal<E: Equatable>(_ n: Int, _ a: E, _ b: E) -> Bool { isOn(n) ? a == b : a != b }
    range<F: FixedWidthInteger>(_ n: Int, _ a: F, _ b: F) -> Range<F> { a..<(isOn(n) ? b + 1 : b) }
    least<C: Comparable>(_ n: Int, _ a: C, _ b: C) -> C { isOn(n) ? max(a, b) : min(a, b) }
    least<C: Comparable>(_ n: Int, _ a: C, _ b: C, _ c: C) -> C { isOn(n) ? max(a, b, c) : min(a, b, c) }
    most<C: Comparable>(_ n: Int, _ a: C, _ b: C) -> C { isOn(n) ? min(a, b) : max(a, b) }
    """

  private static let numbers = """
    complement<F: FixedWidthInteger>(_ n: Int, _ a: F) -> F { isOn(n) ? a : ~a }
    number<F: FixedWidthInteger>(_ n: Int, _ a: F) -> F { isOn(n) ? a &+ 1 : a }
    number<F: FixedWidthInteger>(_ n: Int, _ m: Int, _ a: F) -> F { isOn(n) ? a &+ 1 : isOn(m) ? a &- 1 : a }
    """

  private static let sameTypes = [
    "plus": ("+", ["-"]), "minus": ("-", ["+"]), "times": ("*", ["+"]), "quotient": ("/", ["*"]),
    "remainder": ("%", ["/"]), "wrappingPlus": ("&+", ["&-", "+"]), "wrappingMinus": ("&-", ["&+", "-"]),
    "wrappingTimes": ("&*", ["&+", "*"]), "and": ("&", ["|"]), "or": ("|", ["&"]), "exclusiveOr": ("^", ["|"]),
  ]

  private static let shifts = ["shiftLeft": ("<<", [">>"]), "shiftRight": (">>", ["<<"])]

  /// For each operator a function that gives a value, and one that assigns it.
  private static func binary(
    _ types: String, _ table: [String: (original: String, others: [String])], right: String = "F"
  ) -> String {
    table.sorted { $0.key < $1.key }.map { name, row in
      let numbers = row.others.indices.map { "_ n\($0): Int, " }.joined()
      let choice = row.others.enumerated().map { "isOn(n\($0)) ? a \($1) b : " }.joined()
      return """
        \(name)<\(types)>(\(numbers)_ a: F, _ b: \(right)) -> F { \(choice)a \(row.original) b }
        assign_\(name)<\(types)>(\(numbers)_ a: inout F, _ b: \(right)) { a = \(choice)a \(row.original) b }
        """
    }.joined(separator: "\n")
  }
}

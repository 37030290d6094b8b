import VirtioSpec

/// A small wrong behaviour that the rule of a clause has to catch, and a right one next to it that has to pass.
public struct RuleCase: Sendable, CustomStringConvertible {
  public let clause: ClauseID
  /// What the wrong device does, in a few words.
  public let wrong: String
  public let program: String
  /// Makes a double that breaks the clause.
  public let breakIt: @Sendable (Border) -> Void
  /// Makes a double that may differ from the reference device, but keeps the clause.
  public let keepIt: @Sendable (Border) -> Void

  public init(
    _ clause: ClauseID, _ wrong: String, _ program: String, keepIt: @escaping @Sendable (Border) -> Void = { _ in },
    breakIt: @escaping @Sendable (Border) -> Void
  ) {
    self.clause = clause
    self.wrong = wrong
    self.program = program
    self.breakIt = breakIt
    self.keepIt = keepIt
  }

  public var description: String { "\(clause.name): \(wrong)" }
}

/// A small wrong behaviour of a driver, and a right one next to it.
public struct BreachCase: Sendable, CustomStringConvertible {
  public let clause: ClauseID
  public let broken: String
  public let kept: String

  public init(_ clause: ClauseID, broken: String, kept: String) {
    self.clause = clause
    self.broken = broken
    self.kept = kept
  }

  public var description: String { clause.name }
}

/// What became of a mutant.
public enum Fate: Codable, Equatable, Sendable {
  case killed(Killing)
  case survived
  /// Nobody can tell it from the original, for a reason that was reviewed.
  case equivalent(reason: String)
  /// The compiler does not take it.
  case uncompiled
}

/// A mutant and what became of it.
public struct Outcome: Sendable {
  public let mutant: Mutant
  public let fate: Fate
  /// How long that took; 0 where nothing was run.
  public let seconds: Double

  public init(mutant: Mutant, fate: Fate, seconds: Double = 0) {
    (self.mutant, self.fate, self.seconds) = (mutant, fate, seconds)
  }
}

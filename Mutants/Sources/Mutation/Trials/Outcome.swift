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

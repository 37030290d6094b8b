/// What became of a mutant.
public enum Fate: Codable, Equatable, Sendable {
  case killed(Killing)
  case survived
  /// Nobody can tell it from the original, for a reason that was reviewed.
  case equivalent(reason: String)
  /// The compiler does not take it.
  case uncompiled
}

import Foundation

/// Outcomes as lines of JSON: what `--json` prints, and what a run that was ended goes on from.
public struct OutcomeLine: Codable, Equatable, Sendable {
  public let id: String
  public let kind: MutationKind
  public let change: String
  /// `killed`, `survived`, `equivalent` or `not compiled`.
  public let fate: String
  public let killedBy: String?
  public let clause: String?
  public let reason: String?
  public let seconds: Double

  public init(_ outcome: Outcome) {
    id = outcome.mutant.id
    kind = outcome.mutant.mutation.kind
    change = outcome.mutant.change
    seconds = (outcome.seconds * 10).rounded() / 10
    var (killing, reason): (Killing?, String?)
    switch outcome.fate {
    case .killed(let found): (fate, killing) = ("killed", found)
    case .survived: fate = "survived"
    case .equivalent(let words): (fate, reason) = ("equivalent", words)
    case .uncompiled: fate = "not compiled"
    }
    killedBy = killing?.by
    clause = killing?.clause
    self.reason = reason
  }

  /// The outcome of that mutant, where one was run.
  public func outcome(of mutant: Mutant) -> Outcome? {
    guard id == mutant.id, change == mutant.change else { return nil }
    switch fate {
    case "killed":
      return Outcome(
        mutant: mutant, fate: .killed(Killing(by: killedBy ?? "", clause: clause)), seconds: seconds)
    case "survived": return Outcome(mutant: mutant, fate: .survived, seconds: seconds)
    default: return nil
    }
  }

  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

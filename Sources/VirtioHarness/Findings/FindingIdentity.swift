import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Which finding it is, whatever program shows it: the clause, and the kind of the step that it was broken in.
///
/// Its text is `MMIO-DEV-07/queue`; ``endName`` stands for what is no step's, such as the reset behind the last one.
public struct FindingIdentity: Hashable, Sendable, CustomStringConvertible {
  public static let endName = "end"

  public let clause: ClauseID
  /// Nil for what is no step's.
  public let stepKind: StepKind?

  public init(clause: ClauseID, stepKind: StepKind?) {
    self.clause = clause
    self.stepKind = stepKind
  }

  /// The identity that `text` spells; nil where it is none.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let clause = ClauseID(name: parts[0]) else { return nil }
    let stepKind = StepKind.allCases.first { $0.name == parts[1] }
    guard stepKind != nil || parts[1] == Self.endName else { return nil }
    self.init(clause: clause, stepKind: stepKind)
  }

  public var description: String { "\(clause.name)/\(stepKind?.name ?? Self.endName)" }
}

extension Finding {
  public var identity: FindingIdentity {
    FindingIdentity(clause: clause, stepKind: StepKind(rawValue: stepKind))
  }
}

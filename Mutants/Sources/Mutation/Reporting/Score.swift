import Foundation

/// What the mutants came to.
public struct Score: Sendable {
  /// By the mutants' numbers.
  public let outcomes: [Outcome]

  public init(_ outcomes: [Outcome]) { self.outcomes = outcomes.sorted { $0.mutant.number < $1.mutant.number } }

  /// The most equivalent mutants that there may be, of those that compile.
  private static let equivalentLimit = 5.0

  /// A table by kind, what survived, and the score.
  public var text: String {
    let rows = MutationKind.allCases.map { kind in row(kind.says, outcomes.filter { $0.mutant.mutation.kind == kind }) }
    let head = ["kind", "mutants"] + Column.allCases.map(\.rawValue)
    let table = Columns.aligned([head] + rows + [row("all", outcomes)])
    let survivors = outcomes.filter { Column($0.fate) == .survived }
    let list = survivors.isEmpty ? [] : ["", "survived:"] + survivors.map { "  \($0.mutant.id)  \($0.mutant.change)" }
    return (table + list + ["", summary]).map { "\($0)\n" }.joined()
  }

  private func row(_ name: String, _ outcomes: [Outcome]) -> [String] {
    [name, "\(outcomes.count)"] + Column.allCases.map { column in "\(outcomes.count { Column($0.fate) == column })" }
  }

  /// How many of those that compile and are not equivalent were killed, in per cent.
  public var percent: Double {
    let counts = Dictionary(grouping: outcomes, by: { Column($0.fate) }).mapValues(\.count)
    let judged = outcomes.count - (counts[.uncompiled] ?? 0) - (counts[.equivalent] ?? 0)
    return Self.percent(judged - (counts[.survived] ?? 0), of: judged)
  }

  /// `score: 91.2 % (310 of 340 mutants killed; 12 without an id; 3 equivalent, 0.9 % of 343)`
  public var summary: String {
    let counts = Dictionary(grouping: outcomes, by: { Column($0.fate) }).mapValues(\.count)
    let equivalent = counts[.equivalent] ?? 0
    let compiled = outcomes.count - (counts[.uncompiled] ?? 0)
    let judged = compiled - equivalent
    let killed = judged - (counts[.survived] ?? 0)
    let share = Self.percent(equivalent, of: compiled)
    return "score: \(Self.words(percent)) (\(killed) of \(judged) mutants killed; "
      + "\(counts[.unnamed] ?? 0) without an id; \(equivalent) equivalent, \(Self.words(share)) of \(compiled)"
      + (share > Self.equivalentLimit ? ", which is more than \(Self.words(Self.equivalentLimit))" : "") + ")"
  }

  private static func percent(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : 100 * Double(part) / Double(whole)
  }

  private static func words(_ percent: Double) -> String { String(format: "%.1f %%", percent) }

  /// The columns of the table.
  private enum Column: String, CaseIterable {
    case clause
    case robustness = "ROB"
    case house = "HOUSE"
    case unnamed = "without id"
    case survived
    case equivalent
    case uncompiled = "not compiled"

    init(_ fate: Fate) {
      switch fate {
      case .killed(let killing):
        switch killing.group {
        case .clause: self = .clause
        case .robustness: self = .robustness
        case .house: self = .house
        case .unnamed: self = .unnamed
        }
      case .survived: self = .survived
      case .equivalent: self = .equivalent
      case .uncompiled: self = .uncompiled
      }
    }
  }
}

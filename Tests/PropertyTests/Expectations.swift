import TestSupport
import Testing
import VirtioHarness
import VirtioProgram
import VirtioProperties
import VirtioSpec

/// Checks a property: generated programs break none of the clauses, and each of `clauses` was really judged; `silent`
/// ones have no occasion to be satisfied.
func expect(
  _ clauses: [ClauseID], silent: [ClauseID] = [], style: ProgramGenerator.Style, cases: Int = Cases.count,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let outcome = check(ReferenceDevice(), clauses + silent, style: style, cases: cases)
  if let failure = outcome.failure { Issue.record("\(failure)", sourceLocation: sourceLocation) }
  // A property that nothing put to the test has not held; a handful of programs cannot put all of them to it.
  guard outcome.failure == nil, cases >= 300 else { return }
  for clause in clauses {
    #expect(outcome.satisfied(clause) > 0, "\(clause.name) was never judged", sourceLocation: sourceLocation)
  }
}

extension ProgramGenerator.Style {
  static func named(_ name: String) -> Self { allCases.first { "\($0)" == name }! }
}

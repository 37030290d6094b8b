import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("The catalogue of clauses")
struct CatalogueTests {
  @Test("has every clause at the index of its id, under a name of its own")
  func isInOrder() {
    #expect(Clause.all.map(\.id) == ClauseID.allCases)
    #expect(Set(Clause.all.map(\.name)).count == Clause.all.count)
    for id in ClauseID.allCases { #expect(ClauseID(name: id.name) == id) }
  }

  @Test("has a rule for each of MMIO-DEV, STAT-DEV, RESET-DEV and CFG-DEV, and for each obligation of our own")
  func hasRules() {
    let judged = Set(Judge.rules + Judge.judgedElsewhere)
    for prefix in ["MMIO-DEV-", "STAT-DEV-", "RESET-DEV-", "CFG-DEV-", "ROB-", "HOUSE-"] {
      for clause in Clause.all where clause.name.hasPrefix(prefix) {
        #expect(judged.contains(clause.id), "\(clause.name)")
      }
    }
    #expect(Set(Judge.rules).count == Judge.rules.count)
  }

  @Test("has a broken device for each of them")
  func hasDefects() {
    let broken = Set(Defect.allCases.flatMap { [$0.clause] + $0.alsoBreaks } + RuleTests.cases.map(\.clause))
    for prefix in ["MMIO-DEV-", "STAT-DEV-", "RESET-DEV-", "CFG-DEV-", "ROB-", "HOUSE-"] {
      for id in Judge.rules where id.name.hasPrefix(prefix) { #expect(broken.contains(id), "\(id.name)") }
    }
  }

  @Test("counts only clauses that it says it has rules for")
  func countsItsRules() {
    var counted: Set<ClauseID> = []
    for style in ProgramGenerator.Style.allCases {
      let counts = check(ReferenceDevice(), style: style).counts
      counted.formUnion(counts.filter { $0.value.armed > 0 }.keys)
    }
    let known = Set(Judge.rules + Judge.traceRules)
    #expect(counted.isSubset(of: known), "\(counted.subtracting(known).map(\.name))")
  }
}

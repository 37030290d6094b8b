import Foundation
import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("The states of clauses")
struct StateTests {
  @Test("leave no gap", arguments: ClauseID.allCases)
  func hasState(_ clause: ClauseID) {
    #expect(Judge.state(of: clause) != nil, "\(clause.name)")
  }

  /// A group's reason is for those of its clauses that have no state of their own.
  @Test("are one for each clause")
  func hasOneState() {
    for clause in ClauseID.allCases {
      let own =
        Judge.rules.count { $0 == clause } + Judge.traceRules.count { $0 == clause }
        + Judge.judgedElsewhere.count { $0 == clause } + (Judge.twins[clause] == nil ? 0 : 1)
        + (Judge.waivers[clause] == nil ? 0 : 1)
      #expect(own <= 1, "\(clause.name) has \(own) states")
      let groups = Judge.waivedGroups.count { clause.name.hasPrefix("\($0.prefix)-") }
      #expect(groups <= 1, "\(clause.name) is in \(groups) waived groups")
    }
  }

  @Test("that are waived say why in one of three ways")
  func waiversSayWhy() {
    for reason in Array(Judge.waivers.values) + Judge.waivedGroups.map(\.reason) {
      #expect(["not observable: ", "prose: ", "needs "].contains { reason.hasPrefix($0) }, "\(reason)")
    }
    for group in Judge.waivedGroups {
      #expect(ClauseID.allCases.contains { $0.name.hasPrefix("\(group.prefix)-") }, "\(group.prefix) is no group")
    }
  }

  @Test("that say the same as another clause lead to one with a rule of the same side")
  func twinsLeadToRules() {
    for (twin, first) in Judge.twins {
      #expect(Judge.rules.contains(first) || Judge.traceRules.contains(first), "\(twin.name) is \(first.name)")
    }
  }

  @Test("that are rules are of the side that they are about")
  func sidesFit() {
    for clause in Judge.rules { #expect(clause.clause.side == .device, "\(clause.name)") }
    for clause in Judge.traceRules { #expect(clause.clause.side == .driver, "\(clause.name)") }
  }

  @Test(
    "that are rules come with a wrong device", arguments: Judge.rules)
  func hasRuleCase(_ clause: ClauseID) {
    let cases = Set(RuleTests.cases.map(\.clause) + Defect.allCases.flatMap { [$0.clause] + $0.alsoBreaks })
    let isTested = cases.contains(clause) || Self.judgedOfEvents.contains(clause)
    #expect(isTested, "\(clause.name)")
  }

  @Test(
    "that are trace rules come with a wrong driver",
    arguments: Judge.traceRules)
  func hasBreachCase(_ clause: ClauseID) {
    #expect(BreachTests.cases.contains { $0.clause == clause }, "\(clause.name)")
  }

  /// Clauses that no double can break at the border, and that a test with events of its own is for.
  static let judgedOfEvents: Set<ClauseID> = []
}

@Suite("The committed seeds")
struct SeedTests {
  /// What the seeds and the regressions do to the clauses, all together.
  private static let counts: [Ledger.Count] = {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    for folder in ["Seeds", "Regressions"] {
      let root = corpus.appending(path: folder)
      let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
      for name in names.sorted() where name.hasSuffix(".vfz") {
        guard let bytes = try? Data(contentsOf: root.appending(path: name)) else { continue }
        _ = harness.run(bytes.withUnsafeBytes { Program(decoding: $0) })
      }
    }
    return harness.observer.ledger.counts.map { $0 }
  }()

  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")

  @Test(
    "put every rule for devices to the test, which then holds",
    arguments: Judge.rules)
  func satisfiesRule(_ clause: ClauseID) {
    #expect(Self.counts[Int(clause.rawValue)].satisfied > 0, "\(clause.name) is not satisfied by any seed")
  }

  @Test(
    "give drivers the occasion to keep or break every rule for them",
    arguments: Judge.traceRules)
  func armsTraceRule(_ clause: ClauseID) {
    #expect(Self.counts[Int(clause.rawValue)].armed > 0, "\(clause.name) is not armed by any seed")
  }
}

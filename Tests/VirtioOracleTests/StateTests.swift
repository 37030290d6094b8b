import Foundation
import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("The states of clauses")
struct StateTests {
  @Test("leave no gap", arguments: ClauseID.allCases.filter { !Pending.state.contains($0.name) })
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
    "that are rules come with a wrong device", arguments: Judge.rules.filter { !Pending.ruleCase.contains($0.name) })
  func hasRuleCase(_ clause: ClauseID) {
    let cases = Set(RuleTests.cases.map(\.clause) + Defect.allCases.flatMap { [$0.clause] + $0.alsoBreaks })
    #expect(cases.union(Self.judgedOfEvents).contains(clause), "\(clause.name)")
  }

  @Test(
    "that are trace rules come with a wrong driver",
    arguments: Judge.traceRules.filter { !Pending.breachCase.contains($0.name) })
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
    arguments: Judge.rules.filter { !Pending.seed.contains($0.name) })
  func satisfiesRule(_ clause: ClauseID) {
    #expect(Self.counts[Int(clause.rawValue)].satisfied > 0, "\(clause.name) is not satisfied by any seed")
  }

  @Test(
    "give drivers the occasion to keep or break every rule for them",
    arguments: Judge.traceRules.filter { !Pending.seed.contains($0.name) })
  func armsTraceRule(_ clause: ClauseID) {
    #expect(Self.counts[Int(clause.rawValue)].armed > 0, "\(clause.name) is not armed by any seed")
  }
}

/// What is still missing, by the ids of the clauses: each list only ever gets shorter.
enum Pending {
  /// Clauses without a state.
  static let state: Set<String> = [
    "BLK-DEV-01", "BLK-DEV-02", "BLK-DEV-03", "BLK-DEV-04", "BLK-DEV-05", "BLK-DEV-06", "BLK-DEV-07", "BLK-DEV-08",
    "BLK-DEV-09", "BLK-DEV-10", "BLK-DEV-11", "BLK-DEV-12", "BLK-DEV-13", "BLK-DEV-14", "BLK-DEV-15", "BLK-DEV-16",
    "BLK-DEV-17", "BLK-DEV-18", "BLK-DEV-19", "BLK-DEV-20", "BLK-DEV-21", "BLK-DEV-22", "BLK-DEV-23", "BLK-DEV-24",
    "BLK-DEV-25", "BLK-DEV-26", "BLK-DEV-27", "BLK-DEV-28", "BLK-DEV-29", "BLK-DEV-30", "BLK-DEV-31", "BLK-DEV-32",
    "BLK-DRV-01", "BLK-DRV-02", "BLK-DRV-03", "BLK-DRV-04", "CFG-DRV-01", "CFG-DRV-02", "CFG-DRV-04",
    "EVENTIDX-DEV-01", "EVENTIDX-DEV-02", "EVENTIDX-DEV-03", "EVENTIDX-DEV-04", "EVENTIDX-DEV-05", "EVENTIDX-DRV-01",
    "EVENTIDX-DRV-02", "EVENTIDX-DRV-03", "EVENTIDX-DRV-04", "FEAT-DEV-01", "FEAT-DEV-04", "FEAT-DEV-05",
    "FEAT-DEV-06", "FEAT-DEV-07", "FEAT-DEV-08", "FEAT-DEV-09", "FEAT-DEV-10", "FEAT-DEV-11", "FEAT-DEV-12",
    "FEAT-DEV-13", "FEAT-DRV-02", "FEAT-DRV-03", "FEAT-DRV-04", "FEAT-DRV-05", "FEAT-DRV-06", "FEAT-DRV-07",
    "INDIRECT-DEV-01", "INDIRECT-DEV-02", "INDIRECT-DEV-03", "INDIRECT-DEV-04", "INIT-DRV-01", "INIT-DRV-02",
    "INIT-DRV-03", "INIT-DRV-06", "INIT-DRV-08", "MMIO-DRV-06", "MMIO-DRV-08", "MMIO-DRV-10", "MMIO-DRV-12",
    "MMIO-DRV-18", "MMIO-DRV-19", "MMIO-DRV-20", "MMIO-DRV-21", "MMIO-DRV-23", "MMIO-DRV-24", "MMIO-DRV-25",
    "MMIO-HEAD-01", "MMIO-INIT-01", "MMIO-INIT-02", "MMIO-INIT-03", "MMIO-INIT-04", "MMIO-INIT-05", "MMIO-INIT-06",
    "MMIO-NOTIF-02", "MMIO-NOTIF-05", "MMIO-NOTIF-06", "MMIO-NOTIF-07", "MMIO-NOTIF-08", "MMIO-REG-04", "MMIO-REG-05",
    "MMIO-REG-08", "MMIO-REG-09", "MMIO-REG-10", "MMIO-REG-11", "MMIO-REG-12", "MMIO-REG-13", "MMIO-REG-14",
    "MMIO-REG-17", "MMIO-REG-20", "MMIO-REG-21", "MMIO-REG-22", "MMIO-REG-23", "MMIO-REG-24", "MMIO-REG-25",
    "MMIO-REG-26", "MMIO-REG-28", "MMIO-REG-29", "MMIO-REG-30", "MMIO-REG-31", "MMIO-REG-32", "MMIO-REG-34",
    "MMIO-REG-38", "MMIO-REG-39", "MMIO-VQ-02", "MMIO-VQ-03", "MMIO-VQ-04", "MMIO-VQ-05", "MMIO-VQ-06", "MMIO-VQ-07",
    "RESET-DRV-01", "RESET-DRV-02", "RESET-DRV-03", "RNG-DEV-02", "RNG-DEV-03", "RNG-DEV-04", "RNG-DRV-01",
    "RNG-DRV-02", "SPLIT-DEV-01", "SPLIT-DEV-02", "SPLIT-DEV-08", "SPLIT-DEV-11", "SPLIT-DEV-12", "SPLIT-DEV-15",
    "SPLIT-DEV-16", "SPLIT-DEV-17", "SPLIT-DEV-18", "SPLIT-DEV-19", "SPLIT-DEV-20", "SPLIT-DEV-21", "SPLIT-DEV-22",
    "SPLIT-DRV-05", "SPLIT-DRV-06", "SPLIT-DRV-07", "SPLIT-DRV-08", "SPLIT-DRV-09", "SPLIT-DRV-10", "STAT-DRV-03",
    "STAT-DRV-04",
  ]
  /// Rules without a wrong device.
  static let ruleCase: Set<String> = [
    "FEAT-DEV-02", "FEAT-DEV-03", "MMIO-NOTIF-03", "MMIO-NOTIF-04", "MMIO-REG-03", "MMIO-REG-06", "MMIO-REG-07",
    "MMIO-REG-15", "MMIO-REG-16", "MMIO-REG-18", "MMIO-REG-19", "MMIO-REG-33", "MMIO-REG-35", "MMIO-REG-37",
    "RNG-DEV-01", "SPLIT-DEV-03", "SPLIT-DEV-04", "SPLIT-DEV-05", "SPLIT-DEV-06", "SPLIT-DEV-07", "SPLIT-DEV-09",
    "SPLIT-DEV-10", "SPLIT-DEV-13", "SPLIT-DEV-14",
  ]
  /// Trace rules without a wrong driver.
  static let breachCase: Set<String> = [
    "CFG-DRV-03", "FEAT-DRV-01", "INDIRECT-DRV-01", "INDIRECT-DRV-02", "INDIRECT-DRV-03", "INDIRECT-DRV-04",
    "INIT-DRV-04", "INIT-DRV-05", "INIT-DRV-07", "INIT-DRV-09", "MMIO-DRV-01", "MMIO-DRV-03", "MMIO-DRV-04",
    "MMIO-DRV-05", "MMIO-DRV-07", "MMIO-DRV-14", "MMIO-DRV-15", "MMIO-DRV-16", "MMIO-DRV-17", "MMIO-DRV-22",
    "MMIO-NOTIF-01", "MMIO-VQ-01", "SPLIT-DRV-01", "SPLIT-DRV-02", "SPLIT-DRV-03", "SPLIT-DRV-04", "STAT-DRV-01",
    "STAT-DRV-02",
  ]
  /// Rules that no seed satisfies, and trace rules that none arms.
  static let seed: Set<String> = []
}

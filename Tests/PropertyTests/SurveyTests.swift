import Testing
import VirtioHarness
import VirtioProgram
import VirtioSpec

@Suite("What a process tells another of a device")
struct SurveyTests {
  private static let verdicts = [
    Verdict(
      FindingIdentity(clause: .mmioDev07, stepKind: .queue), severity: .error, step: 2, sight: "seen 0x1, expected 0x0",
      driverFault: "FEAT-DRV-06 at step 1"),
    Verdict(
      FindingIdentity(clause: .splitDev19, stepKind: nil), severity: .warning, step: 9, sight: "seen 0x2, expected 0x1"),
  ]

  @Test("A survey's line gives it back", arguments: [true, false], [0, 1, 2])
  func surveys(declaresHousePolicy: Bool, findings: Int) {
    let rows = [
      Survey.Row(clause: .mmioDev07, satisfied: 3, violated: 1, suspended: 0),
      Survey.Row(clause: .rob04, satisfied: 0, violated: 0, suspended: .max),
    ]
    for rows in [rows, []] {
      let survey = Survey(
        declaresHousePolicy: declaresHousePolicy, isMemoryAudited: findings > 0, rows: rows,
        findings: Array(Self.verdicts.prefix(findings)))
      #expect(Survey(line: survey.line) == survey)
      #expect(!survey.line.contains("\n"))
    }
  }

  @Test(
    "What is no survey's line is none",
    arguments: ["", "house", "\t1:2:3", "\t9999:1:1:1", "\tx:1:1:1", "\t0:1:1:1\tMMIO-DEV-07/queue"])
  func malformed(line: String) { #expect(Survey(line: line) == nil) }

  @Test("The line of what a device cannot show gives it back; rules that are judged are not in it")
  func blindSpots() {
    let all = BlindSpot.ofAnyDevice
    #expect(BlindSpot.list(line: BlindSpot.line(all)) == all)
    #expect(BlindSpot.list(line: "") == [])
    #expect(BlindSpot.list(line: "SHM-DEV-01") == nil)
    #expect(all.contains { $0.clause == .shmDev01 } && all.contains { $0.clause == .rob08 })
    #expect(!all.contains { [.rob01, .rob02, .mmioDev07, .mmioReg01].contains($0.clause) })
    #expect(all.allSatisfy { $0.clause.clause.side == .device })
  }
}

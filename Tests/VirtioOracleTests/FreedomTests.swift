import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("A freedom that the specification leaves")
struct FreedomTests {
  static let freedoms =
    interruptFreedoms + queueFreedoms + featureFreedoms + statusFreedoms + otherFreedoms + chainFreedoms

  @Test("is no finding", arguments: freedoms)
  func passes(_ freedom: Freedom) {
    for style in ProgramGenerator.Style.allCases {
      var harness = Harness(device: DeviceDouble(freedom.border()), observer: Judge(memory: .standard))
      var generator = ProgramGenerator(style: style, seed: Cases.seed)
      for number in 0..<Cases.count / 3 {
        let program = generator.program(steps: 24..<64)
        _ = harness.run(program)
        guard let finding = harness.observer.ledger.findings.first(where: { !freedom.warnsOf($0) }) else { continue }
        var shrinker = Shrinker(limit: 3000)
        let small = shrinker.shrink(program) { candidate in
          _ = harness.run(candidate)
          return harness.observer.ledger.findings.contains { $0.clause == finding.clause }
        }
        _ = harness.run(small)
        let shown = harness.observer.ledger.findings.first { $0.clause == finding.clause } ?? finding
        Issue.record("\(tell(shown, small, number, Cases.seed))")
        break
      }
    }
  }

  @Test(
    "is a finding where the profile has to declare it and does not", arguments: freedoms.filter { $0.declare != nil })
  func isStrictByDefault(_ freedom: Freedom) throws {
    let program = try #require(freedom.shownBy)
    #expect(try !judge(program, freedom.border(declared: false)).findings.isEmpty)
    #expect(try judge(program, freedom.border()).findings.isEmpty)
  }

  @Test("is a warning at most where it is against advice", arguments: freedoms.filter { !$0.warns.isEmpty })
  func isAgainstAdvice(_ freedom: Freedom) throws {
    let program = try #require(freedom.shownBy)
    let findings = try judge(program, freedom.border()).findings
    #expect(!findings.isEmpty && findings.allSatisfy(freedom.warnsOf))
  }

  @Test("is to serve a table that is longer than the queue, or not to", arguments: [1, 4])
  func servesLongTables(_ factor: UInt32) throws {
    let program = """
      device block
      negotiate accept=0xffffffffdfffffff
      queue size=4
      status set=driver-ok
      publish fault=long-indirect length=512 flags=kick
      service
      read offset=Status width=4
      """
    let border = Freedom("A23", "goes by a larger size") { $0.write = { $0 == .queueNum ? $1 * factor : $1 } }.border()
    #expect(try judge(program, border).findings.isEmpty)
  }
}

extension Freedom {
  fileprivate func warnsOf(_ finding: Finding) -> Bool {
    finding.severity == .warning && warns.contains(finding.clause)
  }
}

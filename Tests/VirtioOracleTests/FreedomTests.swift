import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("A freedom that the specification leaves")
struct FreedomTests {
  static let freedoms = interruptFreedoms + queueFreedoms + featureFreedoms + statusFreedoms + otherFreedoms

  @Test("is no finding", arguments: freedoms)
  func passes(_ freedom: Freedom) {
    for style in ProgramGenerator.Style.allCases {
      var harness = Harness(device: DeviceDouble(freedom.border()), observer: Judge(memory: .standard))
      var generator = ProgramGenerator(style: style, seed: Cases.seed)
      for number in 0..<Cases.count / 3 {
        let program = generator.program(steps: 24..<64)
        _ = harness.run(program)
        guard let finding = harness.observer.ledger.findings.first else { continue }
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
}

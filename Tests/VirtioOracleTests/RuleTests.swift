import TestSupport
import Testing
import VirtioOracle
import VirtioSpec

@Suite("Each rule")
struct RuleTests {
  static let cases =
    identityCases + selectorCases + registerCases + featureCases + queueCases + interruptCases + statusCases
    + splitCases + notificationCases + indirectCases + blockCases + entropyCases
    + ambiguityCases + legacyCases + notificationDataCases + queueResetCases + packedCases + consoleCases + networkCases
    + sharedMemoryCases + inOrderCases

  @Test("catches a wrong device, and lets the right one next to it pass", arguments: cases)
  func catches(_ rule: RuleCase) throws {
    let wrong = try judge(rule.program, Border(rule.breakIt))
    #expect(wrong.violated.contains(rule.clause), "found \(wrong.violated.map(\.name))")
    let right = try judge(rule.program, Border(rule.keepIt))
    #expect(right.findings.isEmpty, "found \(right.violated.map(\.name))")
    #expect(right[rule.clause].satisfied > 0, "\(rule.clause.name) was never judged")
  }

  @Test("about telling that a device gave up has nothing to say of one that did not")
  func goesOn() throws {
    let device = Border {
      $0.read = { register, value in
        switch register {
        case .status: value & ~64
        case .interruptStatus: 0
        default: value
        }
      }
      $0.line = { _ in nil }
    }
    let verdicts = try judge(Self.broken, device)
    #expect(verdicts.violated.contains(.statDev03))
    #expect(!verdicts.violated.contains(.statDev04))
  }
}

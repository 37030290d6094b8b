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
}

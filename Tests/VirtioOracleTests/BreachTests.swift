import TestSupport
import Testing
import VirtioOracle
import VirtioSpec

@Suite("Each trace rule")
struct BreachTests {
  static let cases = accessCases + blockCases + entropyCases

  @Test("catches a driver that breaks it, and lets the right one next to it pass", arguments: cases)
  func catches(_ rule: BreachCase) throws {
    let broken = try judge(rule.broken)
    #expect(broken.breaches.contains { $0.clause == rule.clause }, "\(broken.breaches.map(\.clause.name))")
    #expect(broken.findings.isEmpty, "found \(broken.violated.map(\.name))")
    let kept = try judge(rule.kept)
    // Small programs leave out what a driver owes to itself, such as finding out what the device is.
    let wrong = kept.breaches.filter { $0.mayMislead || $0.clause == rule.clause }
    #expect(wrong.isEmpty, "\(wrong.map(\.clause.name))")
    #expect(kept.findings.isEmpty, "found \(kept.violated.map(\.name))")
  }
}

import Testing
import TinyEntropy
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("The tiny entropy device")
struct TinyEntropyTests {
  @Test("breaks no rule, whatever the driver does", arguments: ProgramGenerator.Style.allCases)
  func keepsTheRules(style: ProgramGenerator.Style) {
    let outcome = check(TinyEntropy(), style: style)
    if let failure = outcome.failure { Issue.record("\(failure)") }
  }

  @Test("answers requests, and is really judged")
  func works() {
    let outcome = check(TinyEntropy(), style: .entropy)
    #expect(outcome.completedChains > outcome.programs)
    for clause: ClauseID in [.mmioDev07, .splitDev09, .rngDev01] { #expect(outcome.satisfied(clause) > 0) }
  }

  /// What once was found, as `check` printed it.
  @Test("shows no page of a queue that it does not have")
  func regression() throws {
    let findings = try findings(
      """
      virtio-program 1
      device entropy queues=1 queue-size=256 capacity=64 withheld=0x0 flags=none
      queue queue=1  # 0
      """, on: TinyEntropy())
    #expect(findings.isEmpty)
  }
}

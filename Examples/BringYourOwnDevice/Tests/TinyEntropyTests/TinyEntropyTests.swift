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

  /// What once was found, or taken for something: the steps, as they were printed.
  static let found: [String: String] = [
    "a queue that it does not have": "queue queue=1",
    "a value that QueueReady does not have": """
    queue
    write offset=Status width=4
    write offset=QueueSel width=4
    write offset=QueueReady width=4 value=0x3
    read offset=QueueReady width=4
    """,
    "a queue of size 0, that is stopped before another one is used": """
    negotiate accept=0x100000000
    queue
    status set=driver-ok
    stop
    queue size=1
    kick
    poll
    """,
  ]

  @Test("keeps the rules with", arguments: found.keys.sorted())
  func regression(name: String) throws {
    let steps = try #require(Self.found[name])
    let findings = try findings(
      """
      virtio-program 1
      device entropy queues=1 queue-size=256 capacity=64 withheld=0x0 flags=none
      \(steps)
      """, on: TinyEntropy())
    #expect(findings.isEmpty)
  }
}

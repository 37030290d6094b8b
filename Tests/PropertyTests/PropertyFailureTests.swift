import TestSupport
import Testing
import VirtioHarness
import VirtioProgram
import VirtioProperties

@Suite("A property that does not hold")
struct PropertyFailureTests {
  @Test("tells the clause, few steps, how to replay them and how to keep them")
  func tells() throws {
    let outcome = check(BrokenDevice(.resetKeepsQueueReady), [.mmioDev07], style: .lifecycle, cases: 500)
    let failure = try #require(outcome.failure)
    #expect(failure.contains("MMIO-DEV-07"))
    #expect(failure.contains("replay: VIRTIO_FUZZ_SEED="))
    #expect(failure.contains("@Test func regression()"))
    // It is pasted as it is: no line of a literal may be further to the left than its end.
    #expect(failure.contains("\n      virtio-program 1\n"))
    #expect(failure.contains("\n      \"\"\", on: BrokenDevice())"))
    let steps = failure.split(separator: "\n").count { $0.contains("  # ") }
    #expect(steps <= 4, "\(failure)")
  }
}

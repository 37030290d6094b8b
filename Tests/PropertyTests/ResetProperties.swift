import TestSupport
import Testing
import VirtioHarness
import VirtioProperties

@Suite("A reset")
struct ResetProperties {
  @Test("clears InterruptStatus and every queue's QueueReady")
  func clears() {
    expect([.mmioDev06, .mmioDev07, .mmioDev11], style: .lifecycle)
  }

  @Test("brings Status to 0, in whatever state the device is", arguments: ["registers", "descriptors", "lifecycle"])
  func clearsStatus(_ style: String) {
    expect([.resetDev01, .rob07], style: .named(style))
  }

  @Test("leaves nothing behind that notifies or touches memory")
  func isQuiet() {
    // RESET-DEV-03 is judged by what does not happen: it has no occasion to be satisfied.
    expect([.resetDev02], silent: [.resetDev03], style: .lifecycle)
  }

  @Test("of a queue leaves nothing of that queue, and leaves the others alone")
  func ofAQueue() {
    expect(
      [.mmioDev13, .ringresetDev03, .ringresetDev04, .ringresetDev05], silent: [.ringresetDev01, .ringresetDev02],
      style: .lifecycle, cases: 3 * Cases.count)
  }

  @Test("makes queues start again from index 0")
  func startsOver() {
    expect([.resetDev04], style: .lifecycle)
  }
}

import Foundation
import Testing

// A night needs libFuzzer: '.ci/run' has a short one.
@Suite("virtio-fuzz nightly")
struct NightlyTests {
  @Test("refuses a target that cannot fuzz, and says how to build it")
  func replayer() throws {
    let virtioFuzz = try CommandRunner()
    let result = try virtioFuzz("nightly", "--minutes", "0.1")
    #expect(result.code == 64)
    #expect(
      result.errors.hasPrefix(
        "Error: FuzzRegisters is built as a replayer only, it cannot fuzz; build it with libFuzzer by"))
    #expect(virtioFuzz.bytes("work/nightly/report/report.json") == nil)
  }

  @Test("refuses no time, and what is no target")
  func usage() throws {
    let virtioFuzz = try CommandRunner()
    let time = try virtioFuzz("nightly", "--minutes", "0")
    #expect(time.code == 64)
    #expect(time.errors.hasPrefix("Error: --minutes is 0.0; it can be more than 0\n"))
    let target = try virtioFuzz("nightly", "--with", "nothing")
    #expect(target.code == 1)
    #expect(target.errors.hasPrefix("Error: nothing: this is no fuzz target; it can be a path to one"))
  }
}

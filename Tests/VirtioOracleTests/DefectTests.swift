import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("A broken device is found")
struct DefectTests {
  /// The most programs of each style that a defect may stay hidden for.
  static let bound = 1500

  @Test("by generated programs, with its clause", arguments: Defect.allCases)
  func isFound(_ defect: Defect) {
    var missing = Set([defect.clause] + defect.alsoBreaks)
    var harness = Harness(device: BrokenDevice(defect), observer: Judge(memory: .standard))
    for style in ProgramGenerator.Style.allCases {
      // Some need a driver that keeps the rules for long, some one that breaks several.
      for faultRate in [0.03, 0.15] {
        var generator = ProgramGenerator(style: style, seed: Cases.seed, faultRate: faultRate)
        for _ in 0..<Self.bound {
          _ = harness.run(generator.program(steps: 24..<64))
          for finding in harness.observer.ledger.findings { missing.remove(finding.clause) }
          if missing.isEmpty { return }
        }
      }
    }
    Issue.record("\(missing.map(\.name)) not found in \(Self.bound) programs of each style")
  }
}

import Foundation
import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("Obligations of our own are never suspended")
struct OwnObligationTests {
  @Test("by a generated program", arguments: ProgramGenerator.Style.allCases, [0.03, 0.5])
  func ofGenerator(_ style: ProgramGenerator.Style, _ faultRate: Double) {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var generator = ProgramGenerator(style: style, seed: Cases.seed, faultRate: faultRate)
    for _ in 0..<Cases.count { _ = harness.run(generator.program(steps: 24..<64)) }
    #expect(Self.suspended(harness.observer.ledger).isEmpty)
  }

  @Test("by a program of the corpus")
  func ofCorpus() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Corpus")
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var programs = 0
    for name in names where name.hasSuffix(".vfz") {
      let bytes = try Data(contentsOf: root.appending(path: name))
      _ = harness.run(bytes.withUnsafeBytes { Program(decoding: $0) })
      programs += 1
    }
    #expect(programs > 0 && Self.suspended(harness.observer.ledger).isEmpty)
  }

  private static func suspended(_ ledger: borrowing Ledger) -> [String] {
    var names: [String] = []
    for clause in ClauseID.allCases
    where clause.clause.level == .obligation && ledger.counts[Int(clause.rawValue)].suspended > 0 {
      names.append(clause.name)
    }
    return names
  }
}

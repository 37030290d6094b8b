import Foundation
import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties

/// A program in `Corpus/`, named by its path from there.
struct CorpusFile: CustomTestStringConvertible, Sendable {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus")

  let name: String

  var url: URL { Self.root.appendingPathComponent(name) }
  var testDescription: String { name }

  static let all: [CorpusFile] = {
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".vfz") }.sorted().map(CorpusFile.init)
  }()
}

@Suite("The corpus")
struct CorpusTests {
  /// How long a program may run, in seconds: a loop in the device ends here, and the other files go on.
  static let timeLimit: UInt32 = 20

  @Test("is there")
  func isThere() {
    #expect(CorpusFile.all.count > 0, "no programs below \(CorpusFile.root.path)")
  }

  /// In a process of its own, so that a trap or a hang takes no other file down.
  @Test("replays without a finding", arguments: CorpusFile.all)
  func replays(_ file: CorpusFile) async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) { [path = file.url.path as String] in
      alarm(CorpusTests.timeLimit)
      let program = try Program(strict: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
      var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
      _ = harness.run(program)
      if let finding = harness.observer.ledger.findings.first(where: { $0.severity == .error }) {
        FileHandle.standardError.write(Data(finding.story(program, origin: path).utf8))
        exit(77)
      }
    }
    // Nothing but the child knows what was found.
    if let report = result?.standardErrorContent, !report.isEmpty {
      Issue.record("\(String(decoding: report, as: UTF8.self))")
    }
  }

  @Test("says in a file's text twin what its bytes say", arguments: CorpusFile.all)
  func hasTwins(_ file: CorpusFile) throws {
    let twin = file.url.deletingPathExtension().appendingPathExtension("txt")
    guard FileManager.default.fileExists(atPath: twin.path) else { return }
    let program = try Program(strict: Array(try Data(contentsOf: file.url)))
    #expect(try Program(text: String(contentsOf: twin, encoding: .utf8)) == program)
  }
}

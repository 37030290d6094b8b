import Foundation
import Testing
import VirtioHarness
import VirtioProgram

extension CorpusFile {
  static let regressions = all.filter { $0.name.hasPrefix("Regressions/") }

  /// What its name, its bytes and its text say.
  static func regression(at url: URL) throws -> Regression {
    let twin = url.deletingPathExtension().appendingPathExtension("txt")
    return try Regression(
      name: url.lastPathComponent, bytes: Array(try Data(contentsOf: url)),
      text: try? String(contentsOf: twin, encoding: .utf8))
  }
}

@Suite("A regression")
struct RegressionTests {
  private static let text = "virtio-program 1\ndevice block\nqueue size=8\n"
  private static let bytes = (try? Program(text: text).encode()) ?? []

  /// In a process of its own, so that a trap or a hang takes no other file down.
  @Test("puts its clause to the test", arguments: CorpusFile.regressions)
  func isInForce(_ file: CorpusFile) async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) { [path = file.url.path as String] in
      alarm(CorpusTests.timeLimit)
      do {
        try CorpusFile.regression(at: URL(fileURLWithPath: path)).check()
      } catch {
        FileHandle.standardError.write(Data("\(path): \(error)".utf8))
        exit(77)
      }
    }
    if let report = result?.standardErrorContent, !report.isEmpty {
      Issue.record("\(String(decoding: report, as: UTF8.self))")
    }
  }

  @Test("has bytes beside its text")
  func hasBytes() throws {
    let folder = CorpusFile.root.appendingPathComponent("Regressions")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    for name in names where !name.hasPrefix(".") {
      let isKnown = name.hasSuffix(".vfz") || name.hasSuffix(".txt") && names.contains("\(name.dropLast(4)).vfz")
      #expect(isKnown, "\(name): 'virtio-fuzz assemble' makes the bytes that 'swift test' replays")
    }
  }

  @Test(
    "that rots is an error which says how",
    arguments: [
      ("reset.vfz", bytes, text, "the name has to begin with the clause"),
      ("MMIO-DEV-7-a.vfz", bytes, text, "the name has to begin with the clause"),
      ("MMIO-DEV-07-a.vfz", bytes, nil, "its text is missing"),
      ("MMIO-DEV-07-a.vfz", bytes + [0], text, "byte 65: the length is 65 bytes"),
      ("MMIO-DEV-07-a.vfz", bytes, text + "reset\n", "its text is another program"),
      ("MMIO-DEV-07-a.vfz", bytes, text + "fly\n", "its text: line 4, column 1: 'fly' is no kind of step"),
      ("BLK-DEV-07-a.vfz", bytes, text, "BLK-DEV-07 is not armed on the reference device"),
      ("MMIO-DEV-07-a.vfz", bytes, "# not judged: because\n" + text, "it says '# not judged: …', but MMIO-DEV-07 is"),
    ] as [(String, [UInt8], String?, String)])
  func rots(name: String, bytes: [UInt8], text: String?, problem: String) {
    let error = #expect(throws: Regression.Problem.self) {
      try Regression(name: name, bytes: bytes, text: text).check()
    }
    #expect(error?.description.hasPrefix(problem) == true, "\(error?.description ?? "none")")
  }

  @Test("is fine when its clause is judged, or its text says why not, or nothing in its process could judge it")
  func isFine() throws {
    try Regression(name: "MMIO-DEV-07-a.vfz", bytes: Self.bytes, text: Self.text).check()
    try Regression(name: "BLK-DEV-07-a.vfz", bytes: Self.bytes, text: "# not judged: because\n" + Self.text).check()
    try Regression(name: "ROB-01-a.vfz", bytes: Self.bytes, text: Self.text).check()
  }
}

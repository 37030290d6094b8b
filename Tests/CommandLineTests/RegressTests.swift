import Foundation
import Testing
import VirtioHarness
import VirtioProgram

@Suite("virtio-fuzz regress")
struct RegressTests {
  private static let text = "virtio-program 1\ndevice block queues=2\npoll count=3\nqueue size=8\nreset\npoll\n"

  @Test("keeps a minimized finding under its clause and hash, with its text, as swift test takes it")
  func keeps() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.text, to: "a.txt")
    let result = try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt")
    #expect(result.code == 0, "\(result.errors)")
    let folder = virtioFuzz.folder.appending(path: "Corpus/Regressions").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    try #require(names.count == 2)
    #expect(names[1].wholeMatch(of: /MMIO-DEV-07-[0-9a-f]{8}\.vfz/) != nil, "\(names)")
    #expect(names[0] == "\(names[1].dropLast(4)).txt")
    let bytes = virtioFuzz.bytes("Corpus/Regressions/\(names[1])") ?? []
    try Regression(name: names[1], bytes: bytes, text: virtioFuzz.text("Corpus/Regressions/\(names[0])")).check()
    let lines = result.output.split(separator: "\n").suffix(2)
    #expect(
      lines == [
        "test: swift test --filter CorpusTests",
        "  \"puts its clause to the test\" → Regressions/\(names[1]): passes",
      ])
    // The same finding is the same file.
    #expect(try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt").code == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names)
  }

  @Test("says where the folder is, and what cannot be kept")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.text, to: "a.txt")
    #expect(try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt", "--folder", "kept/").code == 0)
    #expect(virtioFuzz.bytes("kept") == nil && files(in: virtioFuzz, "kept").count == 2)
    let fine = try virtioFuzz("regress", "a.txt")
    #expect(fine.code == 1)
    #expect(fine.errors.hasPrefix("Error: a.txt: nothing is found in it on FuzzLifecycle"))
    #expect(try virtioFuzz("regress", "missing.vfz").errors == "Error: missing.vfz: No such file or directory\n")
    try virtioFuzz.write("", to: "taken")
    let folder = try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt", "--folder", "taken")
    #expect(folder.code == 1)
    #expect(folder.errors.contains("Error: taken: "), "\(folder.errors)")
    #expect(try virtioFuzz("regress", "a.txt", "--not-judged", "one\ntwo").code == 64)
  }

  @Test("keeps a program that the reference device is not judged by only with an excuse")
  func unarmed() throws {
    let virtioFuzz = try CommandRunner()
    // Of size 0, a queue is ready on the broken device only.
    try virtioFuzz.write("virtio-program 1\ndevice block\nqueue\n", to: "a.txt")
    let refused = try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("Error: a.txt: minimized, it cannot be kept: MMIO-DEV-07 is not armed on the"))
    let kept = try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt", "--not-judged", "the queue has no size")
    #expect(kept.code == 0, "\(kept.errors)")
    #expect(kept.output.contains("\n# not judged: the queue has no size\nvirtio-program 1\n"))
  }

  @Test("keeps no excuse that is not needed")
  func excuse() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.text, to: "a.txt")
    let result = try virtioFuzz("regress", "--with", "FuzzBroken", "a.txt", "--not-judged", "because")
    #expect(result.code == 1)
    #expect(result.errors.contains("Error: a.txt: minimized, it cannot be kept: it says '# not judged: …', but MMIO"))
    #expect(files(in: virtioFuzz, "Corpus/Regressions").isEmpty)
  }

  private func files(in virtioFuzz: borrowing CommandRunner, _ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: virtioFuzz.folder.appending(path: folder).path)) ?? []
  }
}

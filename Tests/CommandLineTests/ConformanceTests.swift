import Foundation
import Testing
import VirtioProgram
import VirtioSpec

#if canImport(FoundationXML)
  import FoundationXML
#endif

// The tests' build is without libFuzzer: '.ci/run' has a campaign.
@Suite("virtio-fuzz conformance")
struct ConformanceTests {
  /// One object of `--json`.
  private struct Row: Decodable {
    struct Finding: Decodable {
      let finding, severity, program, source: String
      let steps: Int
      let isMinimized, isShownAgain: Bool
    }

    let clause, level, says, verdict: String
    let satisfied, violated, suspended: UInt64
    let reason, sameAs, severity, impact, known, program: String?
    let findings: [Finding]?
  }

  private static let head = "virtio-program 1\ndevice block queues=1 queue-size=8\n"
  private static let resets =
    head + "read offset=MagicValue width=4\npoll\nnegotiate accept=0x100000000\nqueue size=4\npoll\nreset\n"

  /// A folder with a corpus of one seed and one regression, the first of which FuzzBroken's device does not keep.
  private func folder(_ seed: String = resets) throws -> CommandRunner {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(seed, to: "Corpus/Seeds/FuzzLifecycle/seed.txt")
    try virtioFuzz.write(Self.head + "read offset=MagicValue width=4\n", to: "Corpus/Regressions/regression.txt")
    return virtioFuzz
  }

  private func rows(_ result: CommandResult) throws -> [String: Row] {
    let rows = try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.clause, $0) })
  }

  @Test("of the reference device finds nothing, and says of each clause for devices what was seen")
  func reference() throws {
    let result = try folder()("conformance", "--seconds", "0", "--json")
    #expect(result.code == 0, "\(result.errors)")
    let rows = try rows(result)
    #expect(Set(rows.keys) == Set(Clause.all.filter { $0.side == .device }.map(\.name)))
    #expect(result.output.split(separator: "\n").count == rows.count + 2)
    #expect(!rows.values.contains { $0.verdict == "violated" })
    let magic = try #require(rows["MMIO-DEV-01"])
    #expect((magic.verdict, magic.level, magic.satisfied, magic.reason) == ("holds", "MUST", 2, nil))
    // Each program that comes to its end.
    #expect(rows["ROB-01"]?.verdict == "holds" && rows["ROB-01"]?.satisfied == 2)
    #expect(rows["MMIO-DEV-10"]?.verdict == "neverArmed")
    #expect(rows["SHM-DEV-01"]?.verdict == "notObservable")
    #expect(rows["SHM-DEV-01"]?.reason?.hasPrefix("not observable: ") == true)
    #expect(rows["ROB-08"]?.verdict == "notObservable")
    #expect(rows["HOUSE-09"]?.verdict == "neverArmed")
    let twin = try #require(rows["MMIO-REG-01"])
    #expect((twin.verdict, twin.sameAs, twin.satisfied) == ("holds", "MMIO-DEV-01", 2))
  }

  @Test("shows of what is violated the shortest program, which shows it again, and what it may do")
  func broken() throws {
    let virtioFuzz = try folder()
    let result = try virtioFuzz("conformance", "--seconds", "0", "--with", "FuzzBroken", "--json")
    #expect(result.code == 77)
    let rows = try rows(result)
    #expect(rows.values.filter { $0.verdict == "violated" }.map(\.clause) == ["MMIO-DEV-07"])
    let row = try #require(rows["MMIO-DEV-07"])
    #expect((row.severity, row.impact, row.known) == ("error", "wedge until reset", nil))
    #expect(row.findings?.map(\.finding) == ["MMIO-DEV-07/end"])
    let finding = try #require(row.findings?.first)
    #expect(finding.steps == 1 && finding.isMinimized && finding.isShownAgain)
    #expect(finding.source == "Corpus/Seeds/FuzzLifecycle/seed.txt" && finding.program == row.program)
    let program = try Program(text: #require(row.program))
    #expect(program.steps.map(\.kind) == [.queue])
    try virtioFuzz.write(program.encode(), to: "shortest.vfz")
    #expect(try virtioFuzz("triage", "--with", "FuzzBroken", "shortest.vfz").output.hasPrefix("MMIO-DEV-07/end "))
  }

  @Test("prints a row for each clause, the program, and the counts")
  func table() throws {
    let result = try folder()("conformance", "--seconds", "0", "--with", "FuzzBroken")
    #expect(result.code == 77)
    let lines = result.output.split(separator: "\n").map(String.init)
    let row = try #require(lines.first { $0.hasPrefix("MMIO-DEV-07 ") })
    #expect(
      row.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        == "MMIO-DEV-07 MUST violated 0 1 0 error; wedge until reset")
    #expect(lines.contains("queue size=1  # 0"), "\(result.output.suffix(500))")
    let count = Clause.all.count { $0.side == .device }
    #expect(lines.last?.hasPrefix("FuzzBroken: of \(count) clauses for devices 1 are violated, ") == true)
    #expect(lines.last?.hasSuffix("; 2 programs") == true)
  }

  @Test(
    "takes traps and hangs for violations, and goes on behind them",
    arguments: [("trap", "ROB-01"), ("hang", "ROB-02")])
  func deaths(way: String, clause: String) throws {
    var virtioFuzz = try folder(Self.head + "poll\nwrite offset=QueueNotify width=4 value=9\n")
    virtioFuzz.environment["FUZZ_BROKEN"] = way
    let result = try virtioFuzz(
      "conformance", "--seconds", "0", "--with", "FuzzBroken", "--time-limit", "1", "--json")
    #expect(result.code == 77, "\(result.errors)")
    let row = try #require(rows(result)[clause])
    #expect((row.verdict, row.impact, row.violated, row.satisfied) == ("violated", "crash or hang", 1, 1))
    #expect(row.findings?.first?.steps == 1)
  }

  @Test("writes JUnit's XML: a test a clause, of which those are skipped that were not seen")
  func junit() throws {
    let virtioFuzz = try folder()
    _ = try virtioFuzz("conformance", "--seconds", "0", "--with", "FuzzBroken", "--junit", "a.xml")
    let document = try XMLDocument(data: Data(virtioFuzz.bytes("a.xml") ?? []))
    let suite = try #require(document.rootElement()?.elements(forName: "testsuite").first)
    let cases = suite.elements(forName: "testcase")
    let all = Clause.all.filter { $0.side == .device }
    #expect(cases.count == all.count)
    func those(with name: String) -> [XMLElement] { cases.filter { !$0.elements(forName: name).isEmpty } }
    let failed = try #require(those(with: "failure").first)
    #expect(failed.attribute(forName: "name")?.stringValue?.hasPrefix("MMIO-DEV-07: ") == true)
    #expect(failed.stringValue?.contains("\nqueue size=1") == true)
    let skipped = those(with: "skipped")
    #expect(skipped.contains { $0.attribute(forName: "name")?.stringValue?.hasPrefix("SHM-DEV-01: ") == true })
    #expect(!skipped.contains { $0.attribute(forName: "name")?.stringValue?.hasPrefix("MMIO-DEV-01: ") == true })
    let counts = ["tests", "failures", "errors", "skipped"].map { suite.attribute(forName: $0)?.stringValue }
    #expect(counts == ["\(all.count)", "1", "0", "\(skipped.count)"])
  }

  @Test(
    "makes a page that needs nothing else, with what happens in the program",
    arguments: ["FuzzBroken", "FuzzLifecycle"])
  func page(target: String) throws {
    let virtioFuzz = try folder()
    _ = try virtioFuzz("conformance", "--seconds", "0", "--with", target, "--html", "a.html")
    let page = virtioFuzz.text("a.html") ?? ""
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("{{report}}") && !page.contains("{{transcripts}}") && !page.contains("{{template}}"))
    #expect(!page.contains(" src=") && !page.contains("<link") && !page.contains("url("))
    // The page of a program is a text in this one, which must not end its script.
    #expect(page.components(separatedBy: "</script>").count == 2)
    #expect(page.contains(#"{"kind":"step","number":0,"text":"queue size=1"}"#) == (target == "FuzzBroken"))
  }

  @Test("shows what is known as known, until its day")
  func known() throws {
    let virtioFuzz = try folder()
    let arguments = ["--seconds", "0", "--with", "FuzzBroken", "--json", "--known", "known.txt"]
    try virtioFuzz.write("MMIO-DEV-07\t*\ta bug of the chip\t2999-12-31\n", to: "known.txt")
    let known = try virtioFuzz("conformance", arguments)
    #expect(known.code == 0, "\(known.errors)")
    let row = try #require(rows(known)["MMIO-DEV-07"])
    #expect((row.verdict, row.known) == ("violated", "a bug of the chip"))
    try virtioFuzz.write("MMIO-DEV-07\tkick\tanother step\t2999-12-31\n", to: "known.txt")
    #expect(try virtioFuzz("conformance", arguments).code == 77)
    try virtioFuzz.write("MMIO-DEV-07\t*\ta bug of the chip\t2020-12-31\n", to: "known.txt")
    let expired = try virtioFuzz("conformance", arguments)
    #expect(expired.code == 77)
    #expect(expired.errors.contains("Warning: MMIO-DEV-07/* was known until 2020-12-31"))
  }

  @Test("takes warnings for findings with --strict only")
  func strict() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "fussy"
    let arguments = ["--seconds", "0", "--with", "FuzzBroken", "--json", "--junit", "a.xml"]
    let lenient = try virtioFuzz("conformance", arguments)
    #expect(lenient.code == 0, "\(lenient.errors)")
    let row = try #require(rows(lenient)["FEAT-DEV-02"])
    #expect((row.verdict, row.level, row.severity) == ("violated", "SHOULD", "warning"))
    #expect(virtioFuzz.text("a.xml")?.contains("<failure") == false)
    #expect(try virtioFuzz("conformance", arguments + ["--strict"]).code == 77)
    #expect(virtioFuzz.text("a.xml")?.contains("<failure") == true)
  }

  @Test("says that a device does not declare this project's policy")
  func undeclared() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "foreign"
    let result = try virtioFuzz("conformance", "--seconds", "0", "--with", "FuzzBroken", "--json")
    #expect(result.code == 0, "\(result.output)")
    let row = try #require(rows(result)["HOUSE-09"])
    #expect(row.verdict == "notObservable" && row.reason?.hasPrefix("not declared: ") == true)
  }

  @Test("keeps the program that it found where a smaller one shows it in some processes only")
  func moody() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "moody"
    let result = try virtioFuzz("conformance", "--seconds", "0", "--with", "FuzzBroken", "--json")
    #expect(result.code == 77)
    let finding = try #require(rows(result)["MMIO-DEV-07"]?.findings?.first)
    #expect(finding.steps == 6 && !finding.isMinimized && !finding.isShownAgain)
    #expect(finding.program.contains("it was not seen again"))
  }

  @Test("passes over smaller programs that show it only behind others")
  func leaky() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "leaky"
    let result = try virtioFuzz("conformance", "--seconds", "0", "--with", "FuzzBroken", "--json")
    #expect(result.code == 77)
    let row = try #require(rows(result)["MMIO-DEV-07"])
    #expect(row.violated == 2)
    let finding = try #require(row.findings?.first { $0.finding == "MMIO-DEV-07/end" })
    #expect(finding.source == "Corpus/Seeds/FuzzLifecycle/seed.txt" && finding.isShownAgain && finding.isMinimized)
    #expect(finding.steps == 1)
  }

  @Test("used wrongly ends with 64, and without programs with 1")
  func errors() throws {
    let virtioFuzz = try folder()
    let time = try virtioFuzz("conformance", "--seconds", "-1")
    #expect(time.code == 64)
    let replayer = try virtioFuzz("conformance")
    #expect(replayer.code == 64)
    #expect(
      replayer.errors.hasPrefix(
        "Error: FuzzLifecycle is built as a replayer only, it cannot fuzz; --seconds 0 leaves that out, or build it"))
    #expect(try virtioFuzz("conformance", "--with", "FuzzBroken", "--device", "plugin:a.so").code == 64)
    let target = try virtioFuzz("conformance", "--seconds", "0", "--with", "nothing")
    #expect(target.code == 1)
    let page = try virtioFuzz("conformance", "--seconds", "0", "--html", "missing/a.html")
    #expect(page.errors.hasPrefix("Error: missing/a.html: there is no folder "))
    try virtioFuzz.write([1, 2, 3], to: "ragged.vfz")
    let ragged = try virtioFuzz("conformance", "--seconds", "0", "ragged.vfz")
    #expect(ragged.code == 1)
    #expect(ragged.errors.hasPrefix("Error: ragged.vfz: byte 3: the length is 3"))
    let empty = try CommandRunner()("conformance", "--seconds", "0")
    #expect(empty.code == 1)
    #expect(empty.errors.hasPrefix("Error: Corpus/Seeds: there is no such folder here; name programs"))
  }
}

import Foundation
import Testing
import VirtioProgram

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("virtio-fuzz triage")
struct TriageTests {
  /// On FuzzBroken: twice MMIO-DEV-07 behind the last step, of 3 steps and of 1, once in a queue step, and nothing.
  private static let programs: [(name: String, steps: [Step])] = [
    ("a long one & <more>", [Step(.poll), Step(.queue, [.size: 8]), Step(.poll)]),
    ("sub/short", [Step(.queue, [.size: 8])]),
    ("twice", [Step(.queue, [.size: 8]), Step(.reset), Step(.queue, [.size: 8])]),
    ("fine", [Step(.poll)]),
  ]

  private func folder() throws -> CommandRunner {
    let virtioFuzz = try CommandRunner()
    try FileManager.default.createDirectory(
      at: virtioFuzz.folder.appending(path: "found/sub"), withIntermediateDirectories: true)
    for program in Self.programs {
      try virtioFuzz.write(Program(steps: program.steps).encode(), to: "found/\(program.name)")
    }
    try virtioFuzz.write("No program.", to: "found/README.md")
    return virtioFuzz
  }

  @Test("has a line for each finding, with how many programs show it and the smallest")
  func lines() throws {
    let result = try folder()("triage", "found", "--with", "FuzzBroken")
    #expect(result.code == 77)
    #expect(
      result.output == """
        MMIO-DEV-07/queue  error       1×  smallest: found/twice (3 steps)
        MMIO-DEV-07/end    error       2×  smallest: found/sub/short (1 step)
        2 findings in 3 of 4 programs on FuzzBroken

        """)
    #expect(result.errors.isEmpty)
  }

  @Test("ends with 0 without findings, and with 1 for files that cannot be read")
  func codes() throws {
    let virtioFuzz = try folder()
    let fine = try virtioFuzz("triage", "found")
    #expect(fine.code == 0)
    #expect(fine.output == "0 findings in 0 of 4 programs on FuzzLifecycle\n")
    try virtioFuzz.write([1, 2, 3], to: "found/ragged")
    let ragged = try virtioFuzz("triage", "found", "missing")
    #expect(ragged.code == 1)
    #expect(ragged.errors.contains("Error: found/ragged: byte 3: the length is 3 bytes"))
    #expect(ragged.errors.contains("Error: missing: No such file or directory"))
    #expect(try virtioFuzz("triage", "found", "--any-bytes").code == 0)
    #expect(try virtioFuzz("triage", "found", "--with", "FuzzBroken").code == 77)
    let unwritable = try virtioFuzz("triage", "found", "--any-bytes", "--sarif", "nowhere/a.sarif")
    #expect(unwritable.code == 1)
    #expect(unwritable.errors.contains("Error: nowhere/a.sarif: No such file or directory"))
  }

  @Test(
    "goes on behind traps and hangs",
    arguments: [("trap", "ROB-01/write  error       2×"), ("hang", "ROB-02/write  error       2×")])
  func deaths(way: String, line: String) throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = way
    let fatal = Step(.write, [.index: 0x50, .choice: 2, .value: 9])
    for name in ["b", "z"] { try virtioFuzz.write(Program(steps: [fatal]).encode(), to: "found/\(name)") }
    let result = try virtioFuzz("triage", "found", "--with", "FuzzBroken", "--time-limit", "1")
    #expect(result.code == 77)
    #expect(
      result.output == """
        \(line)  smallest: found/b (1 step)
        1 finding in 2 of 6 programs on FuzzBroken

        """)
  }

  @Test("says all of it as JSON")
  func json() throws {
    struct Report: Decodable {
      struct Finding: Decodable {
        let clause, step, severity, smallest, sight: String
        let count, steps: Int
        let files: [String]
      }

      let device: String
      let fine: Int
      let findings: [Finding]
    }
    let result = try folder()("triage", "found", "--with", "FuzzBroken", "--json")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect((report.device, report.fine, report.findings.count) == ("FuzzBroken", 1, 2))
    let finding = try #require(report.findings.last)
    #expect((finding.clause, finding.step, finding.severity) == ("MMIO-DEV-07", "end", "error"))
    #expect((finding.count, finding.steps, finding.smallest) == (2, 1, "found/sub/short"))
    #expect(finding.files == ["found/sub/short", "found/a long one & <more>"])
    #expect(finding.sight == "seen 0x1, expected 0x0 at step 1")
  }

  @Test("writes JUnit's XML: a failure for each finding, an error for each file that cannot be read")
  func junit() throws {
    let virtioFuzz = try folder()
    try virtioFuzz.write([1, 2, 3], to: "found/ragged")
    _ = try virtioFuzz("triage", "found", "--with", "FuzzBroken", "--junit", "a.xml")
    let document = try XMLDocument(data: Data(virtioFuzz.bytes("a.xml") ?? []))
    let suite = try #require(document.rootElement()?.elements(forName: "testsuite").first)
    let cases = suite.elements(forName: "testcase")
    #expect(cases.count == 4)
    let counts = ["tests", "failures", "errors"].map { suite.attribute(forName: $0)?.stringValue }
    #expect(counts == ["4", "2", "1"])
    #expect(cases.map { $0.elements(forName: "failure").count } == [1, 1, 0, 0])
    #expect(cases.map { $0.elements(forName: "error").count } == [0, 0, 1, 0])
    #expect(cases[1].attribute(forName: "name")?.stringValue == "MMIO-DEV-07/end (error)")
    #expect(cases[1].stringValue?.contains("found/a long one & <more>\n") == true)
  }

  /// What section 3 of the standard requires of what is written, and what viewers of code scanning ask for besides.
  @Test("writes SARIF 2.1.0, with a result for each finding", arguments: [true, false])
  func sarif(isBroken: Bool) throws {
    let virtioFuzz = try folder()
    _ = try virtioFuzz(
      "triage", "found", "--with", isBroken ? "FuzzBroken" : "FuzzLifecycle", "--sarif", "a.sarif")
    let json = try JSONSerialization.jsonObject(with: Data(virtioFuzz.bytes("a.sarif") ?? []))
    let log = try #require(json as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let runs = try #require(log["runs"] as? [[String: Any]])
    try #require(runs.count == 1)
    let tool = try #require(runs[0]["tool"] as? [String: Any])
    let driver = try #require(tool["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "virtio-fuzz")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let results = try #require(runs[0]["results"] as? [[String: Any]])
    #expect((rules.count, results.count) == (isBroken ? 1 : 0, isBroken ? 2 : 0))
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(result["ruleId"] as? String == rules[index]["id"] as? String)
      #expect(["none", "note", "warning", "error"].contains(result["level"] as? String))
      #expect((result["message"] as? [String: Any])?["text"] is String)
      #expect((result["occurrenceCount"] as? Int ?? 0) >= 1)
      let locations = try #require(result["locations"] as? [[String: Any]])
      let place = try #require(locations.first?["physicalLocation"] as? [String: Any])
      let uri = try #require((place["artifactLocation"] as? [String: Any])?["uri"] as? String)
      #expect(URL(string: uri)?.relativePath.hasPrefix("found/") == true)
    }
    let fingerprints = results.compactMap { ($0["partialFingerprints"] as? [String: String])?["finding/v1"] }
    #expect(Set(fingerprints).count == results.count)
  }
}

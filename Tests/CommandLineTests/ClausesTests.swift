import Foundation
import Testing
import VirtioProgram
import VirtioSpec

@Suite("virtio-fuzz clauses")
struct ClausesTests {
  /// One object of `--json`.
  private struct Row: Decodable {
    let clause: String
    let level: String
    let side: String
    let state: String
    let reason: String?
    let armed: UInt64
    let satisfied: UInt64
    let violated: UInt64
    let suspended: UInt64
  }

  private let text = "virtio-program 1\ndevice block\nread offset=MagicValue width=4\nkick\n"

  private func rows(_ output: String) throws -> [Row] {
    try JSONDecoder().decode([Row].self, from: Data(output.utf8))
  }

  @Test("has an object for each clause, a line each, with its level, state and counts")
  func json() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(text, to: "a.txt")
    let result = try virtioFuzz("clauses", "a.txt", "--json")
    #expect(result.code == 0, "\(result.errors)")
    let rows = try rows(result.output)
    #expect(rows.map(\.clause) == Clause.all.map(\.name))
    #expect(result.output.split(separator: "\n").count == rows.count + 2)
    let magic = try #require(rows.first { $0.clause == "MMIO-DEV-01" })
    #expect(magic.level == "MUST" && magic.side == "device" && magic.state == "rule" && magic.reason == nil)
    #expect((magic.armed, magic.satisfied, magic.violated, magic.suspended) == (1, 1, 0, 0))
    // A breach of the driver is no finding.
    let breach = try #require(rows.first { $0.clause == "INIT-DRV-07" })
    #expect(breach.state == "trace-rule" && breach.side == "driver" && breach.violated == 1)
    let waived = try #require(rows.first { $0.clause == "SHM-DEV-01" })
    #expect(waived.state == "waived" && waived.reason?.hasPrefix("not observable: ") == true && waived.armed == 0)
    let twin = try #require(rows.first { $0.clause == "MMIO-REG-01" })
    #expect(twin.state == "same-as" && twin.reason == "MMIO-DEV-01")
  }

  @Test("shows a clause that nothing armed as such")
  func notArmed() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(text, to: "a.txt")
    let result = try virtioFuzz("clauses", "a.txt", "--group", "MMIO-DEV")
    let lines = result.output.split(separator: "\n")
    let stopped = try #require(lines.first { $0.hasPrefix("MMIO-DEV-10 ") })
    #expect(
      stopped.split(whereSeparator: \.isWhitespace).dropFirst(3).prefix(5) == ["device", "not", "armed", "–", "–"])
    #expect(lines.count { $0.hasPrefix("MMIO-DEV-") } == 16)
    #expect(lines.last?.hasPrefix("MMIO-DEV ") == true)
  }

  @Test("filters by group and state, and sorts by counts")
  func filters() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(text + "read offset=MagicValue width=4\n", to: "a.txt")
    let result = try virtioFuzz("clauses", "a.txt", "--json", "--group", "MMIO", "--state", "rule", "--sort", "armed")
    let rows = try rows(result.output)
    #expect(rows.allSatisfy { $0.clause.hasPrefix("MMIO-") && $0.state == "rule" })
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.armed >= $1.armed })
    #expect(rows.first.map { $0.armed >= 2 } == true)
    #expect(try virtioFuzz("clauses", "a.txt", "--group", "MMIO-DE").code == 64)
    #expect(try virtioFuzz("clauses", "a.txt", "--sort", "beauty").code == 64)
    #expect(try virtioFuzz("clauses", "a.txt", "--run", ".").code == 64)
  }

  @Test("takes a folder's programs, and texts that have no bytes beside them")
  func folders() throws {
    let virtioFuzz = try CommandRunner()
    for folder in ["Corpus", "Corpus/Seeds"] {
      try FileManager.default.createDirectory(
        at: virtioFuzz.folder.appending(path: folder), withIntermediateDirectories: true)
    }
    try virtioFuzz.write(text, to: "Corpus/alone.txt")
    try virtioFuzz.write(text, to: "Corpus/Seeds/twin.txt")
    try virtioFuzz.write(Program(text: text).encode(), to: "Corpus/Seeds/twin.vfz")
    let rows = try rows(virtioFuzz("clauses", "--json", "--group", "MMIO-DEV").output)
    #expect(rows.first?.armed == 2)
  }

  @Test("ends with 1 for files that cannot be read, and counts the others")
  func unreadable() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(text, to: "a.txt")
    try virtioFuzz.write([1, 2, 3], to: "ragged.vfz")
    try virtioFuzz.write("virtio-program 1\ndevice block\nfly\n", to: "b.txt")
    let result = try virtioFuzz("clauses", "ragged.vfz", "missing.vfz", "b.txt", "a.txt", "--json")
    #expect(result.code == 1)
    for problem in ["ragged.vfz: byte 3", "missing.vfz: No such file", "b.txt: line 3"] {
      #expect(result.errors.contains(problem), "\(result.errors)")
    }
    #expect(try rows(result.output).first { $0.clause == "MMIO-DEV-01" }?.armed == 1)
    #expect(try virtioFuzz("clauses").errors.hasPrefix("Error: Corpus: "))
    #expect(try virtioFuzz("clauses").code == 1)
    #expect(try virtioFuzz("clauses", "--run", "missing").code == 1)
  }

  @Test("counts what a run left, and ends with 1 where its checks are below a floor")
  func run() throws {
    let virtioFuzz = try CommandRunner()
    // As `FuzzEntry.Board` describes it.
    var words = [UInt64](repeating: 0, count: 64 + 3 * ClauseID.count)
    (words[0], words[1], words[2], words[9]) = (0x5354_4154_5346_5a56, 1, 7, UInt64(ClauseID.count))
    let place = 64 + 3 * Int(ClauseID.mmioDev09.rawValue)
    (words[place], words[place + 1], words[place + 2]) = (5, 0, 3)
    try virtioFuzz.write(
      words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }, to: "1.stats")
    let result = try virtioFuzz("clauses", "--run", ".", "--json", "--group", "MMIO-DEV")
    #expect(result.code == 0, "\(result.errors)")
    let row = try #require(rows(result.output).first { $0.clause == "MMIO-DEV-09" })
    #expect((row.armed, row.satisfied, row.suspended) == (8, 5, 3))
    let floors = try virtioFuzz("clauses", "--run", ".", "--json", "--floors", "FuzzLifecycle")
    #expect(floors.code == 1)
    #expect(floors.errors.contains("FuzzLifecycle, ROB: nothing armed it, floor"))
  }
}

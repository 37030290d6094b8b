import Foundation
import Testing

@testable import Mutation

@Suite("An outcome")
struct OutcomeTests {
  private static func child(_ code: Int32, _ output: String, isTooLong: Bool = false) -> Child {
    Child(code: code, output: output, isTooLong: isTooLong)
  }

  @Test(
    "of a fuzz target is a kill by the clause that it names",
    arguments: [
      (77, "x\n== virtio-fuzz: MMIO-DEV-07 at step 3: queue\n", "MMIO-DEV-07", Killing.Group.clause),
      (70, "x\n== virtio-fuzz: ROB-02 at step 3: kick\n", "ROB-02", .robustness),
      (77, "x\n== virtio-fuzz: HOUSE-01 behind the last step\n", "HOUSE-01", .house),
      (77, "x\n", nil, .unnamed), (-4, "", nil, .unnamed),
    ] as [(Int32, String, String?, Killing.Group)])
  func kill(_ code: Int32, _ output: String, _ clause: String?, _ group: Killing.Group) throws {
    let killing = try FuzzerExit(Self.child(code, output)).killing(by: "FuzzBlock")
    #expect(killing == Killing(by: "FuzzBlock", clause: clause))
    #expect(killing?.group == group)
  }

  @Test("of a fuzz target is nothing only where it fuzzed")
  func quiet() throws {
    #expect(try FuzzerExit(Self.child(0, "Done 12 runs in 1 second(s)\n")).killing(by: "FuzzBlock") == nil)
    #expect(throws: FileError.self) { try FuzzerExit(Self.child(0, "")).killing(by: "FuzzBlock") }
    #expect(throws: FileError.self) { try FuzzerExit(Self.child(64, "usage")).killing(by: "FuzzBlock") }
  }

  @Test(
    "of programs is a kill by the clause that is named, or by what a death means",
    arguments: [
      (77, "begins\n\n== virtio-fuzz: MMIO-DEV-07 at step 3\n", "seeds", "MMIO-DEV-07"),
      (77, "begins\nthe seeds are done\n\n== virtio-fuzz: HOUSE-01 at step 3\n", "programs", "HOUSE-01"),
      (-SIGTRAP, "begins\n", "seeds", "ROB-01"), (-SIGSEGV, "begins\nthe seeds are done\n", "programs", "ROB-01"),
      (-SIGALRM, "begins\n", "seeds", "ROB-02"),
    ] as [(Int32, String, String, String)])
  func programs(_ code: Int32, _ output: String, _ name: String, _ clause: String) throws {
    #expect(try TrialExit(Self.child(code, output)).killing == Killing(by: name, clause: clause))
  }

  @Test("of programs is nothing only where all of them ran, and no kill where none did")
  func quietPrograms() throws {
    let output = "begins\nthe seeds are done\nnothing found\n"
    #expect(try TrialExit(Self.child(0, output)).killing == nil)
    let late = Self.child(-SIGKILL, "begins\nthe seeds are done\n", isTooLong: true)
    #expect(try TrialExit(late).killing == Killing(by: "programs", clause: "ROB-02"))
    for (code, output) in [(0, ""), (0, "begins\n"), (1, "begins\n"), (-SIGTRAP, "")] as [(Int32, String)] {
      #expect(throws: FileError.self) { try TrialExit(Self.child(code, output)).killing }
    }
  }

  @Test("of a process is there soon behind the words that are waited for, and else when it ends")
  func waits() throws {
    func run(_ script: String, until words: String?) throws -> Child {
      try Child.run(URL(filePath: "/bin/sh"), ["-c", script], in: "/", limit: 20, until: words)
    }
    let said = try run("echo it failed here; exec sleep 60", until: "failed")
    #expect(said.code == -SIGKILL && !said.isTooLong && said.output == "it failed here\n")
    let silent = try run("echo nothing; exit 3", until: "failed")
    #expect(silent.code == 3 && !silent.isTooLong)
    #expect(try run("echo failed; exit 4", until: nil).code == 4)
  }

  @Test(
    "of the suites is a kill by the clause that a failure says was broken",
    arguments: [
      (1, "✘ Test \"x y\" recorded an issue at A.swift:1: STAT-DEV-02 at step 4: says\n", "tests: x y", "STAT-DEV-02"),
      (1, "✘ Test \"z\" recorded an issue at A.swift:1: STAT-DEV-02 was never judged\n", "tests: z", nil),
      (-11, "", "tests", nil),
    ] as [(Int32, String, String, String?)])
  func suites(_ code: Int32, _ output: String, _ name: String, _ clause: String?) throws {
    #expect(try TestSuites.killing(Self.child(code, output)) == Killing(by: name, clause: clause))
  }

  @Test("of the suites is nothing only where tests were run")
  func quietSuites() throws {
    #expect(try TestSuites.killing(Self.child(0, "Test run with 40 tests in 9 suites passed\n")) == nil)
    #expect(throws: FileError.self) {
      try TestSuites.killing(Self.child(0, "Test run with 0 tests in 0 suites passed"))
    }
    #expect(throws: FileError.self) { try TestSuites.killing(Self.child(0, "")) }
  }

  private static let outcomes: [Outcome] = {
    let mutants = SchemataFile(name: "F.swift", source: "let x = [a < b, a + 1, a & b, 2]\n", firstNumber: 1).mutants
    let fates: [Fate] = [
      .killed(Killing(by: "FuzzBlock", clause: "BLK-DEV-07")),
      .killed(Killing(by: "FuzzBlock seeds", clause: "ROB-01")),
      .killed(Killing(by: "tests", clause: nil)), .survived, .equivalent(reason: "So."), .uncompiled, .survived,
    ]
    return zip(mutants, fates).map { Outcome(mutant: $0, fate: $1, seconds: 1.25) }
  }()

  @Test("is counted by kind, and survivors are listed")
  func score() {
    #expect(Score(Self.outcomes).percent == 60)
    #expect(
      Score(Self.outcomes.reversed()).text == """
        kind                        mutants  clause  ROB  HOUSE  without id  survived  equivalent  not compiled
        comparison and boundary           1       1    0      0           0         0           0             0
        arithmetic and wrap-around        1       0    1      0           0         0           0             0
        removed statement                 0       0    0      0           0         0           0             0
        swapped branch                    0       0    0      0           0         0           0             0
        constant                          4       0    0      0           1         2           0             1
        mask and shift                    1       0    0      0           0         0           1             0
        missing check                     0       0    0      0           0         0           0             0
        early return                      0       0    0      0           0         0           0             0
        all                               7       1    1      0           1         2           1             1

        survived:
          F.swift:1:21:constant-1  1 becomes 1 - 1
          F.swift:1:31:constant-1  2 becomes 2 - 1

        score: 60.0 % (3 of 5 mutants killed; 1 without an id; 1 equivalent, 16.7 % of 6, which is more than 5.0 %)

        """)
  }

  @Test("is a line of JSON, from which a run goes on")
  func journal() throws {
    try Files.withTemporaryFolder { folder in
      let journal = Journal("\(folder)/journal.jsonl")
      #expect(journal.lines().isEmpty)
      for outcome in Self.outcomes { try journal.add(outcome) }
      let lines = journal.lines()
      let line = try #require(lines["F.swift:1:12:comparison"])
      #expect(
        try line.json() == """
          {"change":"< becomes <=","clause":"BLK-DEV-07","fate":"killed","id":"F.swift:1:12:comparison",\
          "killedBy":"FuzzBlock","kind":"comparison","seconds":1.3}
          """)
      let earlier = Self.outcomes.map { lines[$0.mutant.id]?.outcome(of: $0.mutant)?.fate }
      // What needs no run is asked anew.
      #expect(earlier == Self.outcomes.enumerated().map { [4, 5].contains($0) ? nil : $1.fate })
    }
  }
}

import Foundation
import Testing
import VirtioProgram

/// What is chosen, with an engine of a few lines whose features the test says: see `fake`.
@Suite("virtio-fuzz corpus merge and minimize")
struct CorpusSelectionTests {
  /// A merge as libFuzzer's, of programs that poll: the feature of a step is its count, from 8 on one of clauses. A program
  /// with a count of 13 dies.
  private static let fake = #"""
    #!/bin/sh
    [ "$1" = -help=1 ] && exit 0
    for word; do
      case $word in -merge_control_file=*) control=${word#*=} ;; -*) ;; *) folders="$folders $word" ;; esac
    done
    files=$(find $folders -type f | sort)
    echo 'INFO: Loaded 1 modules   (10 inline 8-bit counters): 10 [0x0, 0xa), ' >&2
    { echo "$files" | grep -c .; echo 1; echo "$files"; } >"$control"
    index=0
    for file in $files; do
      counts=$(od -An -v -tu1 -w32 -j32 "$file" | awk '{ print ($4 >= 8 ? 72 + $4 : $4) }' | tr '\n' ' ')
      echo "STARTED $index 1" >>"$control"
      case " $counts " in *" 85 "*) ;; *) printf 'FT %d %s\nCOV %d\n' $index "$counts" $index >>"$control" ;; esac
      index=$((index + 1))
    done
    """#

  /// A program whose features are these.
  private func program(_ features: UInt64...) -> [UInt8] {
    Program(steps: features.map { Step(.poll, [.count: $0]) }).encode()
  }

  private func runner() throws -> CommandRunner {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.fake, to: "fake")
    let file = virtioFuzz.folder.appending(path: "fake").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    return virtioFuzz
  }

  @Test("merge adds what adds something, also for clauses alone, and leaves everything else as it is")
  func merge() throws {
    let virtioFuzz = try runner()
    try virtioFuzz.write(program(1), to: "corpus/there")
    try virtioFuzz.write(program(1, 1), to: "new/nothing-new")
    try virtioFuzz.write(program(1, 2, 3), to: "new/code.vfz")
    try virtioFuzz.write(program(1, 9), to: "new/clause.vfz")
    try virtioFuzz.write(program(1, 2, 3), to: "new/twice")
    let result = try virtioFuzz("corpus", "merge", "new", "--into", "corpus", "--with", "./fake")
    #expect(result.code == 0)
    #expect(
      result.output == """
        corpus: of 3 new programs
          kept 2 programs, 1 of them for states of clauses alone, 224 bytes
          reached with what was there: 3 counts in the code, 1 state of clauses

        """)
    let names = try virtioFuzz.names(in: "corpus")
    #expect(names.count == 3 && names.contains("there"))
    let programs = names.compactMap { virtioFuzz.bytes("corpus/\($0)") }
    #expect(Set(programs) == [program(1), program(1, 2, 3), program(1, 9)])
    #expect(try virtioFuzz.names(in: "new").count == 4)
    let again = try virtioFuzz("corpus", "merge", "new", "--into", "corpus", "--with", "./fake")
    #expect(again.output.hasPrefix("corpus: of 1 new program\n  kept 0 programs, 0 bytes\n"))
    #expect(try virtioFuzz.names(in: "corpus") == names)
  }

  @Test("a budget keeps first what adds most per byte", arguments: [("2", 1), ("170B", 1), ("320B", 0), ("1", 2)])
  func budget(_ budget: String, dropped: Int) throws {
    let virtioFuzz = try runner()
    try virtioFuzz.write(program(1), to: "corpus/there")
    try virtioFuzz.write(program(1, 1, 1, 2), to: "new/long")
    try virtioFuzz.write(program(3, 4), to: "new/short")
    let result = try virtioFuzz("corpus", "merge", "new", "--into", "corpus", "--with", "./fake", "--budget", budget)
    #expect(result.code == 0)
    let isCut = result.output.contains("dropped \(dropped) program\(dropped == 1 ? "" : "s") over the budget")
    #expect(isCut == (budget != "320B"))
    let names = try virtioFuzz.names(in: "corpus")
    #expect(names.contains("there"))
    #expect(names.contains { virtioFuzz.bytes("corpus/\($0)") == program(3, 4) } == (budget != "1"))
  }

  @Test("minimize deletes what others make needless, and neither findings nor what a person wrote or nobody can read")
  func minimize() throws {
    let virtioFuzz = try runner()
    try virtioFuzz.write(program(1, 2), to: "corpus/both.vfz")
    try virtioFuzz.write(program(1, 2), to: "corpus/copy.vfz")
    try virtioFuzz.write(program(2), to: "corpus/needless.vfz")
    try virtioFuzz.write(program(2, 2), to: "corpus/hand.vfz")
    try virtioFuzz.write("a text", to: "corpus/hand.txt")
    try virtioFuzz.write(program(13), to: "corpus/deadly.vfz")
    try virtioFuzz.write([1, 2, 3], to: "corpus/ragged")
    try virtioFuzz.write(program(2), to: "corpus/Corpus/Seeds/Mine/seed.vfz")
    let result = try virtioFuzz("corpus", "minimize", "corpus", "--with", "./fake")
    #expect(result.code == 77)
    #expect(
      result.output == """
        corpus: deleted 2 programs
          kept 1 program, 96 bytes
          reached with what was there: 2 counts in the code, 0 states of clauses
          kept 2 programs that a person wrote

        """)
    #expect(result.errors.contains("Error: corpus/ragged: byte 3: the length is 3 bytes"))
    #expect(result.errors.contains("Error: corpus/deadly.vfz: it shows a finding, and stays"))
    let names = ["Corpus", "both.vfz", "deadly.vfz", "hand.txt", "hand.vfz", "ragged"]
    #expect(try virtioFuzz.names(in: "corpus") == names)
    #expect(virtioFuzz.bytes("corpus/Corpus/Seeds/Mine/seed.vfz") == program(2))
  }

  @Test("minimize to a budget of nothing leaves what a person wrote")
  func minimizeToNothing() throws {
    let virtioFuzz = try runner()
    try virtioFuzz.write(program(1), to: "corpus/a.vfz")
    try virtioFuzz.write(program(2), to: "corpus/hand.vfz")
    try virtioFuzz.write("a text", to: "corpus/hand.txt")
    let result = try virtioFuzz("corpus", "minimize", "corpus", "--with", "./fake", "--budget", "0")
    #expect(result.code == 0)
    #expect(result.output.contains("dropped 1 program over the budget"))
    #expect(try virtioFuzz.names(in: "corpus") == ["hand.txt", "hand.vfz"])
  }

  @Test("a merge of the engine that fails is an error, and deletes nothing")
  func failure() throws {
    let virtioFuzz = try runner()
    try virtioFuzz.write("#!/bin/sh\n[ $1 = -help=1 ] || { echo 'ERROR: no way' >&2; exit 1; }\n", to: "fake")
    try virtioFuzz.write(program(1), to: "corpus/a.vfz")
    let result = try virtioFuzz("corpus", "minimize", "corpus", "--with", "./fake")
    #expect(result.code == 1)
    #expect(result.errors.contains("fake: its merge ended with exit code 1: ERROR: no way"))
    #expect(try virtioFuzz.names(in: "corpus") == ["a.vfz"])
    #expect(try virtioFuzz("corpus", "minimize", "missing", "--with", "./fake").errors.contains("missing: "))
  }
}

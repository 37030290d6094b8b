import Foundation
import Testing
import VirtioProgram

@Suite("virtio-fuzz corpus")
struct CorpusCommandTests {
  private static let kick = Program(steps: [Step(.kick)])
  private static let polls = Program(
    header: Header(device: .entropy), steps: [Step(.poll), Step(.poll), Step(.poll), Step(.poll)])
  /// Any bytes that are not as a program is written.
  private static let noise = [UInt8](repeating: 0xa5, count: 70)

  @Test("stats counts files, duplicates, bytes, steps and devices")
  func stats() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.kick.encode(), to: "corpus/a.vfz")
    try virtioFuzz.write(Self.kick.encode() + [0], to: "corpus/sub/b")
    try virtioFuzz.write(Self.polls.encode(), to: "corpus/c.vfz")
    try virtioFuzz.write("No program.", to: "corpus/README.md")
    let result = try virtioFuzz("corpus", "stats", "corpus")
    #expect(result.code == 0)
    #expect(
      result.output == """
        files       3, 2 of them canonical
        duplicates  1
        bytes       289
        steps       6: 1 to 4 a program, median 1
        devices     2 block, 1 entropy, 0 console, 0 network

        """)
    let missing = try virtioFuzz("corpus", "stats", "corpus", "missing")
    #expect(missing.code == 1)
    #expect(missing.errors == "Error: missing: No such file or directory\n")
    #expect(missing.output == result.output)
  }

  @Test("import makes canonical programs of any bytes, each once")
  func imports() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.noise, to: "inputs/noise")
    try virtioFuzz.write(Self.kick.encode(), to: "inputs/kick")
    try virtioFuzz.write(Self.kick.encode() + [1, 2, 3], to: "inputs/kick-and-more")
    let result = try virtioFuzz("corpus", "import", "inputs", "--into", "corpus")
    #expect(result.code == 0)
    #expect(result.output == "corpus: 2 new programs; 1 of 3 files are duplicates, or were there\n")
    let names = try virtioFuzz.names(in: "corpus")
    #expect(names.count == 2 && names.allSatisfy { $0.hasSuffix(".vfz") && $0.count == 44 })
    for name in names {
      _ = try Program(strict: virtioFuzz.bytes("corpus/\(name)") ?? [])
    }
    let again = try virtioFuzz("corpus", "import", "inputs", "--into", "corpus")
    #expect(again.output == "corpus: 0 new programs; 3 of 3 files are duplicates, or were there\n")
    #expect(try virtioFuzz.names(in: "corpus") == names)
  }

  @Test("import takes the inputs of AFL's output, and nothing that is beside them")
  func importsFromAFL() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.kick.encode(), to: "afl/default/queue/id:000000,orig:kick")
    try virtioFuzz.write(Self.noise, to: "afl/default/queue/.state/x")
    try virtioFuzz.write("bitmap", to: "afl/default/fuzz_bitmap")
    let result = try virtioFuzz("corpus", "import", "afl", "--into", "corpus")
    #expect(result.code == 0)
    #expect(result.output == "corpus: 1 new program; 0 of 1 file are duplicates, or were there\n")
  }

  @Test("import of what it cannot read ends with 1 and the file, and takes the others")
  func importsOthers() throws {
    let virtioFuzz = try CommandRunner()
    var later = Self.kick.encode()
    later[4] = 9
    try virtioFuzz.write(later, to: "inputs/later")
    try virtioFuzz.write(Self.noise, to: "inputs/noise")
    let result = try virtioFuzz("corpus", "import", "inputs", "missing", "--into", "corpus")
    #expect(result.code == 1)
    #expect(result.errors.contains("Error: inputs/later: byte 4: the version is 9"))
    #expect(result.errors.contains("Error: missing: No such file or directory"))
    #expect(try virtioFuzz.names(in: "corpus").count == 1)
    try virtioFuzz.write("a file", to: "occupied")
    let unwritable = try virtioFuzz("corpus", "import", "inputs", "--into", "occupied")
    #expect(unwritable.code == 1)
    #expect(unwritable.errors.contains("Error: occupied: "))
  }

  @Test("export writes seed corpus, dictionary and options of a target, the same bytes each time")
  func exports() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.kick.encode(), to: "Corpus/Seeds/FuzzRegisters/kick.vfz")
    try virtioFuzz.write(Self.kick.text(numbered: false), to: "Corpus/Seeds/FuzzRegisters/kick.txt")
    try virtioFuzz.write(Self.kick.encode(), to: "more/again.vfz")
    try virtioFuzz.write(Self.polls.encode(), to: "more/polls.vfz")
    let result = try virtioFuzz("corpus", "export", "FuzzRegisters", "--with-corpus", "more", "-o", "out")
    #expect(result.code == 0)
    #expect(result.output == "out/FuzzRegisters_seed_corpus.zip: 2 programs, 224 bytes\n")
    let names = ["FuzzRegisters.dict", "FuzzRegisters.options", "FuzzRegisters_seed_corpus.zip"]
    #expect(try virtioFuzz.names(in: "out") == names)
    #expect(virtioFuzz.text("out/FuzzRegisters.options") == "[libfuzzer]\nmax_len = 16416\ndict = FuzzRegisters.dict\n")

    _ = try virtioFuzz("corpus", "export", "FuzzRegisters", "--with-corpus", "more", "-o", "again")
    for name in names { #expect(virtioFuzz.bytes("out/\(name)") == virtioFuzz.bytes("again/\(name)")) }
    let files = try unzipped(virtioFuzz.bytes("out/FuzzRegisters_seed_corpus.zip") ?? [])
    #expect(Set(files.map(\.bytes)) == [Self.kick.encode(), Self.polls.encode()])
    #expect(files.map(\.name) == files.map(\.name).sorted())
    // As `cksum -o 3` or any other tool has it for the nine digits.
    #expect(checksum(Array("123456789".utf8)) == 0xcbf4_3926)
  }

  @Test("export of a target without seeds ends with 1 and the folder")
  func exportsNothing() throws {
    let result = try CommandRunner()("corpus", "export", "-o", "out")
    #expect(result.code == 1)
    #expect(result.errors == "Error: Corpus/Seeds/FuzzRegisters: there is no program for FuzzRegisters here\n")
  }

  @Test("export's dictionary has words that engines take: names, and 2 to 64 bytes in hexadecimal, each once")
  func dictionary() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.kick.encode(), to: "Corpus/Seeds/FuzzRegisters/kick.vfz")
    _ = try virtioFuzz("corpus", "export", "FuzzRegisters", "-o", "out")
    let lines = (virtioFuzz.text("out/FuzzRegisters.dict") ?? "").split(separator: "\n")
    #expect(lines.count > 50)
    let words = lines.compactMap { try? /[a-z][a-z0-9_]*="((?:\\x[0-9a-f]{2}){2,64})"/.wholeMatch(in: $0)?.1 }
    #expect(words.count == lines.count)
    #expect(Set(words).count == words.count)
    #expect(lines.contains(#"number_8000="\x00\x80""#))
    #expect(lines.contains(#"register_50="\x50\x00""#))
    let step = "step_queue_reset=\"" + Step.record(.queueReset).map { "\\x" + hexadecimal($0) }.joined() + "\""
    #expect(lines.contains { $0 == step })
  }

  @Test(
    "takes a budget of programs or bytes",
    arguments: [("12", true), ("0", true), ("500B", true), ("64kB", true), ("4MB", true), ("4GB", false)])
  func budget(_ word: String, isFine: Bool) throws {
    let virtioFuzz = try CommandRunner()
    let result = try virtioFuzz("corpus", "minimize", "corpus", "--budget=\(word)")
    // The target of this build cannot measure.
    #expect(result.errors.contains("it cannot measure coverage") == isFine)
    #expect(result.code == 64)
  }
}

extension Step {
  /// The bytes of a step of this kind.
  fileprivate static func record(_ kind: StepKind) -> [UInt8] {
    Array(Program(steps: [Step(kind)]).encode().dropFirst(Header.size))
  }
}

private func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

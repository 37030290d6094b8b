import Foundation
import Testing

@Suite("virtio-fuzz")
struct UsageTests {
  @Test("explains each command with an example, also those that others start")
  func help() throws {
    let virtioFuzz = try CommandRunner()
    let shown = try Self.commands(of: virtioFuzz)
    #expect(shown.contains("run") && shown.contains("judge"), "\(shown)")
    for command in shown + ["replay-one", "count-clauses"] {
      let result = try virtioFuzz(command, "--help")
      #expect(result.code == 0, "\(command)")
      #expect(result.output.contains("OVERVIEW: "), "\(command)")
      // Lines are as long as the terminal allows.
      let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("Example: virtio-fuzz \(command) "), "\(command)")
    }
    #expect(try virtioFuzz("--help").output.contains("Example: "))
  }

  /// The commands that the command line's own help has, one a line behind its heading, indented by two.
  private static func commands(of virtioFuzz: borrowing CommandRunner) throws -> [String] {
    let lines = try virtioFuzz("--help").output.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test(
    "replaces nothing of what it is given",
    arguments: [
      ["assemble", "steps.txt", "-o", "steps.txt"], ["assemble", "steps.txt", "-o", "link"],
      ["show", "steps.txt", "--html", "./steps.txt"], ["minimize", "steps.txt", "-o", "steps.vfz"],
      ["import-trace", "steps.txt", "-o", "folder/../steps.txt"],
      ["triage", "steps.txt", "--junit", "report", "--sarif", "report"],
    ])
  func inputs(arguments: [String]) throws {
    let virtioFuzz = try CommandRunner()
    let steps = "virtio-program 1\ndevice block\nreset\n"
    for file in ["steps.txt", "folder/other.txt"] { try virtioFuzz.write(steps, to: file) }
    try FileManager.default.createSymbolicLink(
      at: virtioFuzz.folder.appending(path: "link"), withDestinationURL: virtioFuzz.folder.appending(path: "steps.txt"))
    let result = try virtioFuzz(arguments[0], Array(arguments.dropFirst()))
    #expect(result.code == 64)
    #expect(result.errors.contains("would replace what it is made of; it can be any other file"), "\(result.errors)")
    #expect(virtioFuzz.bytes("steps.txt") == Array(steps.utf8))
  }

  @Test("writes to what is no file as it is, and to where a link leads")
  func devices() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("virtio-program 1\ndevice block\nreset\n", to: "steps.txt")
    let made = try virtioFuzz.start(
      URL(filePath: "/bin/sh"), ["-c", "mkfifo pipe && : > there.vfz && ln -s there.vfz link"])
    #expect(made.code == 0)
    let reader = Process()
    reader.executableURL = URL(filePath: "/bin/cat")
    reader.arguments = ["pipe"]
    reader.currentDirectoryURL = virtioFuzz.folder
    reader.standardOutput = FileHandle.nullDevice
    try reader.run()
    #expect(try virtioFuzz("assemble", "steps.txt", "-o", "pipe").code == 0)
    reader.waitUntilExit()
    #expect(try virtioFuzz("assemble", "steps.txt", "-o", "link").code == 0)
    let kinds = try virtioFuzz.start(
      URL(filePath: "/bin/sh"), ["-c", "test -p pipe && test -L link && test -s there.vfz"])
    #expect(kinds.code == 0)
  }

  @Test(
    "says what --with takes",
    arguments: [
      ("/bin/true", "it came to no result; --with takes a fuzz target made with FuzzEntry"),
      ("/bin", "this is no fuzz target"), ("Nobody", "this is no fuzz target"),
    ])
  func otherExecutables(target: String, problem: String) throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("virtio-program 1\ndevice block\nreset\n", to: "steps.txt")
    let result = try virtioFuzz("minimize", "--with", target, "steps.txt")
    #expect(result.code == 1)
    #expect(result.errors.contains("\(target): \(problem)"), "\(result.errors)")
  }

  @Test("finds no program in an empty folder", arguments: ["replay", "triage", "clauses"])
  func emptyFolders(command: String) throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("", to: "folder/notes.md")
    let result = try virtioFuzz(command, ["folder"])
    #expect(result.code == 1)
    #expect(result.errors.contains("folder: there is no program in it"), "\(result.errors)")
  }

  @Test(
    "completes its command line in bash",
    arguments: [
      ("virtio-fuzz re", ["replay", "regress"]),
      (
        "virtio-fuzz run Fuzz",
        [
          "FuzzRegisters", "FuzzDescriptors", "FuzzLifecycle", "FuzzLegacy", "FuzzPacked", "FuzzBlock", "FuzzEntropy",
          "FuzzConsole", "FuzzNetwork",
        ]
      ),
      ("virtio-fuzz show --h", ["--html", "--help"]),
    ])
  func completions(line: String, words: [String]) throws {
    let virtioFuzz = try CommandRunner()
    let script = try virtioFuzz("--generate-completion-script", "bash")
    #expect(script.code == 0)
    try virtioFuzz.write(script.output, to: "completions")
    // What the shell does when the tabulator is pressed.
    try virtioFuzz.write(
      """
      source completions
      COMP_LINE=$1 COMP_POINT=${#1}
      read -ra COMP_WORDS <<<"$1"
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _virtio-fuzz virtio-fuzz "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """, to: "complete")
    let result = try virtioFuzz.start(URL(filePath: "/bin/bash"), ["complete", line])
    #expect(result.errors == "")
    #expect(Set(result.output.split(separator: "\n").map(String.init)) == Set(words))
  }

  @Test(
    "explains each command of corpus with an example", arguments: ["merge", "minimize", "stats", "import", "export"])
  func corpusHelp(command: String) throws {
    let result = try CommandRunner()("corpus", command, "--help")
    #expect(result.code == 0)
    #expect(result.output.contains("Example: virtio-fuzz corpus \(command)"))
  }

  @Test("lists the targets")
  func list() throws {
    let result = try CommandRunner()("list")
    #expect(result.code == 0)
    for target in [
      "FuzzRegisters", "FuzzDescriptors", "FuzzLifecycle", "FuzzLegacy", "FuzzPacked", "FuzzBlock", "FuzzEntropy",
      "FuzzConsole", "FuzzNetwork",
    ] {
      #expect(result.output.contains(target))
    }
    #expect(result.output.contains("0 seeds"))
  }

  @Test("ends with 64 when it is used wrongly")
  func usage() throws {
    #expect(try CommandRunner()("replay").code == 64)
    #expect(try CommandRunner()("fly").code == 64)
    #expect(try CommandRunner()("run", "FuzzEverything").code == 64)
    let jobs = try CommandRunner()("run", "--jobs", "0")
    #expect(jobs.code == 64)
    #expect(jobs.errors.hasPrefix("Error: --jobs is 0; it can be 1 or more\n"))
    let workers = try CommandRunner()("run", "--", "-jobs=2")
    #expect(workers.code == 64)
    #expect(workers.errors.hasPrefix("Error: -jobs=2 hides what the processes find; --jobs has as many"))
  }

  @Test("run of targets without libFuzzer ends with 64 and the command that builds them with it")
  func replayersOnly() throws {
    let result = try CommandRunner()("run", "FuzzRegisters")
    #expect(result.code == 64)
    #expect(result.errors.contains("swift build -c release -Xswiftc -sanitize=fuzzer"))
  }

  @Test(
    "run of malformed known findings ends with 1 and the line",
    arguments: [
      ("MMIO-DEV-07\tkick\tbecause", "there are 3 fields"),
      ("MMIO-DEV-77\tkick\tbecause\t2030-12-31", "'MMIO-DEV-77' is no clause"),
      ("MMIO-DEV-07\tkik\tbecause\t2030-12-31", "'kik' is no kind of step"),
      ("MMIO-DEV-07\t*\t \t2030-12-31", "there is no reason"),
      ("MMIO-DEV-07\tkick\tbecause\t2030-02-30", "'2030-02-30' is no day"),
      ("MMIO-DEV-07\tkick\tbecause\t2030-2-3", "'2030-2-3' is no day"),
    ])
  func knownFindings(line: String, problem: String) throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("# clause, step, reason, expiry\n\n\(line)\n", to: "known.txt")
    let result = try virtioFuzz("run", "--known", "known.txt")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: known.txt: line 3: \(problem)"))
  }
}

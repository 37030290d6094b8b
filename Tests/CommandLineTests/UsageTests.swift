import Testing

@Suite("virtio-fuzz")
struct UsageTests {
  @Test(
    "explains each command with an example",
    arguments: [
      "list", "run", "replay", "clauses", "judge", "minimize", "regress", "triage", "corpus", "show", "assemble",
      "import-trace",
    ])
  func help(command: String) throws {
    let result = try CommandRunner()(command, "--help")
    #expect(result.code == 0)
    #expect(result.output.contains("OVERVIEW: "))
    #expect(result.output.contains("Example: virtio-fuzz \(command)"))
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
    for target in ["FuzzRegisters", "FuzzDescriptors", "FuzzLifecycle"] { #expect(result.output.contains(target)) }
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
    #expect(result.errors.contains("swift run -c release -Xswiftc -sanitize=fuzzer virtio-fuzz run FuzzRegisters"))
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

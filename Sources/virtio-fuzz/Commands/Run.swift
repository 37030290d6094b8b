import ArgumentParser
import Foundation

/// Fuzzing.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fuzzes a target, shows how it goes, and ends with a summary.",
    discussion: """
      Example: virtio-fuzz run FuzzRegisters --seconds 600 --jobs 2 -- -use_value_profile=1

      Inputs are read from Corpus/Seeds/<target> and Corpus/Regressions in the current folder, where they exist. It \
      stops at the first finding that is not known, and prints the target's report of it.

      A file of known findings has a line each: clause, step kind or *, reason, and expiry as YYYY-MM-DD, with tabs \
      between them. Where a device died of what is known, the run goes on without the input.
      """)

  @Argument(help: "The fuzz target. (default: FuzzLifecycle)")
  var target: FuzzTarget?

  @OptionGroup var foreign: ForeignDeviceOption

  @Option(help: "How long to fuzz, in seconds. (default: 60, or no limit with --runs)")
  var seconds: Int?

  @Option(help: "How many inputs to run, over all jobs.")
  var runs: Int?

  @Option(help: "Where randomness begins; each job adds its number. (default: a random one)")
  var seed: UInt32?

  @Option(help: "How many processes fuzz, with one corpus.")
  var jobs = 1

  @Option(help: "Known findings, which are counted and do not stop the run.", completion: .file())
  var known: String?

  @Option(
    help: "The folder for inputs that reach something new. (default: work/corpus/<target>)", completion: .directory)
  var corpus: String?

  @Option(help: "The folder for inputs that found something.", completion: .directory)
  var artifacts = "work/findings"

  @Option(
    help: "The folder that it counts in, emptied first: see 'clauses --run'. (default: work/stats/<target>)",
    completion: .directory)
  var stats: String?

  @Argument(parsing: .postTerminator, help: "Flags for libFuzzer, behind '--'.")
  var engineFlags: [String] = []

  func validate() throws {
    if target != nil, foreign.device != nil {
      throw ValidationError("--device has a fuzz target of its own; leave the other one out")
    }
    for (name, number) in [("--seconds", seconds), ("--runs", runs), ("--jobs", jobs)] {
      if let number, number < 1 { throw ValidationError("\(name) is \(number); it can be 1 or more") }
    }
    if let flag = engineFlags.first(where: { $0.hasPrefix("-jobs=") || $0.hasPrefix("-workers=") }) {
      throw ValidationError("\(flag) hides what the processes find; --jobs has as many, before the '--'")
    }
  }

  func run() throws {
    let known = try KnownFinding.inForce(in: self.known)
    let executable = try foreign.device?.fuzzTarget() ?? FuzzExecutable(target ?? .lifecycle)
    try executable.requireEngine()
    let campaign = Campaign(
      target: executable, seconds: seconds ?? (runs == nil ? 60 : nil), runs: runs,
      seed: seed ?? .random(in: 1...(.max)),
      jobs: jobs, known: known, corpus: corpus ?? "work/corpus/\(executable.name)",
      artifacts: artifacts, statistics: stats ?? "work/stats/\(executable.name)", engineFlags: engineFlags)
    let result = try campaign.run()
    print(result.summary, terminator: "")
    if result.exitCode != .success { throw result.exitCode }
  }
}

import ArgumentParser
import Dispatch
import Foundation
import VirtioHarness
import VirtioSpec

/// One run of a fuzz target, in one or more processes that share a corpus.
struct Campaign {
  let target: FuzzExecutable
  let seconds: Int?
  let runs: Int?
  let seed: UInt32
  let jobs: Int
  let known: [KnownFinding]
  /// Findings that it passes, too, since they were reported already.
  var reported: [FindingIdentity] = []
  /// A folder for a program of each finding. With it, a finding does not end the run.
  var keep: String?
  let corpus: String
  let artifacts: String
  /// The folder that its processes count in.
  let statistics: String
  let engineFlags: [String]
  /// Nothing is shown of how it goes.
  var isQuiet = false

  /// Fuzzes until the limits are reached, something is found, or a person interrupts it.
  ///
  /// - Parameter sample: is called some times a second with what was counted so far, and the edges that were reached.
  func run(
    until interruption: Interruption = Interruption(), sample: (Statistics, _ coverage: Int) -> Void = { _, _ in }
  ) throws -> CampaignResult {
    try Files.withTemporaryFolder { try run(withSeedsIn: $0, until: interruption, sample: sample) }
  }

  private func run(
    withSeedsIn seeds: String, until interruption: Interruption, sample: (Statistics, _ coverage: Int) -> Void
  ) throws -> CampaignResult {
    try copySeeds(to: seeds)
    try Files.makeFolder(corpus)
    try Files.makeFolder(artifacts)
    let folder = URL(filePath: statistics)
    try Files.makeFolder(statistics)
    try Statistics.removeAll(in: folder)

    let console = Console(isQuiet: isQuiet)
    console.line(opening)
    let start = ContinuousClock.now
    let ended = DispatchSemaphore(value: 0)
    func child(_ limits: [String], number: Int) throws -> FuzzChild {
      try FuzzChild(
        target.url, limits + arguments(number: number) + [corpus, seeds], environment, console: console, ended: ended)
    }
    let jobs = try (0..<jobs).map { FuzzJob(try child(limits(ofJob: $0), number: $0)) }
    interruption.pass(to: jobs)
    defer {
      interruption.pass(to: [])
      for job in jobs { job.kill() }
    }

    let monitor = Monitor(folder: folder, jobs: jobs, start: start, console: console)
    var hasFailed = false
    var known: [String] = []
    var kept: [String] = []
    while !jobs.allSatisfy(\.isOver) {
      _ = ended.wait(timeout: .now() + .milliseconds(250))
      monitor.show()
      sample(Statistics(folder: folder), jobs.map(\.progress.coverage).max() ?? 0)
      for job in jobs where !job.isOver && !job.isRunning {
        let outcome = job.outcome()
        let last = outcome.code != .interrupted && job.progress.artifacts.isEmpty ? job.lastInput(in: folder) : nil
        guard !hasFailed, last != nil || ![.success, .interrupted].contains(outcome.code) else {
          job.end()
          continue
        }
        // What nobody else has kept.
        let artifact = try last.map(keep) ?? job.progress.artifacts.last
        guard let artifact, !job.diesForEver(of: artifact),
          known.count(where: { $0 == artifact }) <= FuzzJob.mostDeaths,
          try known.contains(artifact) || isKnown(artifact, last == nil ? outcome.code : .finding)
        else {
          if let last, let artifact {
            kept.append(artifact)
            try explain(last, outcome, artifact)
          }
          // It is there again, and to be reported.
          known.removeAll { $0 == artifact }
          hasFailed = true
          job.end(as: last == nil ? nil : .finding)
          continue
        }
        known.append(artifact)
        try remove(artifact, from: [seeds, corpus])
        guard !interruption.hasHappened, let limits = remainingLimits(Statistics(folder: folder), since: start) else {
          job.end(as: .success)
          continue
        }
        job.goOn(with: try child(limits, number: jobs.count + known.count))
        // Whoever interrupted it meanwhile did so to the one before.
        if interruption.hasHappened { job.interrupt() }
      }
      // One finding is enough: the others stop at it, too.
      if hasFailed { for job in jobs { job.interrupt() } }
    }
    console.endStatus()
    return CampaignResult(
      campaign: self, outcomes: jobs.map { $0.outcome() }, knownDeaths: known, keptInputs: kept,
      wasInterrupted: interruption.hasHappened, progress: jobs.flatMap(\.allProgress),
      statistics: Statistics(folder: folder), duration: .now - start)
  }

  private var opening: String {
    let limits = [seconds.map { "\($0) s" }, runs.map { "\($0) runs" }].compactMap(\.self).joined(separator: ", ")
    let seeds = target.seedFolders
    return "\(target.name): \(limits), seed \(seed), \(jobs == 1 ? "1 job" : "\(jobs) jobs")\n"
      + "  reads \(seeds.isEmpty ? "no seeds" : seeds.joined(separator: ", ")); collects in \(corpus); "
      + "findings go to \(artifacts)"
  }

  /// Without the texts beside them, which libFuzzer would take for programs, too. By folder, since a process that forks
  /// forgets seeds that are given by file.
  private func copySeeds(to folder: String) throws {
    for (index, file) in try target.seedFolders.flatMap({ try Files.programs(in: $0) }).enumerated() {
      try Files.write(try Files.bytes(file), to: "\(folder)/\(index)")
    }
  }

  private func limits(ofJob job: Int) -> [String] {
    limits(seconds: seconds, runs: runs.map { $0 / jobs + (job < $0 % jobs ? 1 : 0) })
  }

  /// For a job that goes on; nil where nothing is left.
  private func remainingLimits(_ statistics: Statistics, since start: ContinuousClock.Instant) -> [String]? {
    let seconds = seconds.map { $0 - Int((.now - start) / Duration.seconds(1)) }
    let runs = runs.map { ($0 - Int(statistics.executions)) / jobs }
    return (seconds ?? 1) > 0 && (runs ?? 1) > 0 ? limits(seconds: seconds, runs: runs) : nil
  }

  private func limits(seconds: Int?, runs: Int?) -> [String] {
    [seconds.map { "-max_total_time=\($0)" }, runs.map { "-runs=\($0)" }].compactMap(\.self)
  }

  private func arguments(number: Int) -> [String] {
    [
      "-seed=\(seed &+ UInt32(number))", "-artifact_prefix=\(artifacts.hasSuffix("/") ? artifacts : artifacts + "/")",
      "-timeout=10", "-print_funcs=0",
      // What -fork takes for no finding by itself.
      "-ignore_timeouts=0", "-ignore_ooms=0",
    ] + engineFlags
  }

  /// Whether a job that left an artifact has ended by a trap or a hang that is known.
  private func isKnown(_ artifact: String, _ code: ExitCode) throws -> Bool {
    let deaths = known.filter { [.rob01, .rob02].contains($0.clause) }
    guard !deaths.isEmpty, [.finding, .timeOut].contains(code),
      let verdict = try TargetDevice(target, timeLimit: nil).verdicts([artifact])[0]
    else { return false }
    return deaths.contains { $0.covers(verdict.identity) }
  }

  /// Keeps the program that a process was at when it ended, as libFuzzer does where it can.
  private func keep(_ input: LastInput) throws -> String {
    let artifact = "\(artifacts.hasSuffix("/") ? artifacts : artifacts + "/")crash-\(contentHash(input.bytes))"
    try Files.write(input.bytes, to: artifact)
    return artifact
  }

  /// Lets the target report on the program that its process ended at.
  private func explain(_ input: LastInput, _ outcome: ChildOutcome, _ artifact: String) throws {
    guard !isQuiet else { return }
    let cause = outcome.reason == .exit ? "exit code \(outcome.status)" : String(cString: strsignal(outcome.status))
    let process = Process()
    process.executableURL = target.url
    process.arguments = ["--explain", "crash", cause, "\(input.step)", artifact]
    process.environment = ProcessInfo.processInfo.environment.merging(target.environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: artifact))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  /// Takes an artifact away that shows nothing new, and the inputs that are equal to it: a job that goes on would die of
  /// them again. It is gone where two jobs have died of the same, and of the corpus other jobs take inputs out, too.
  private func remove(_ artifact: String, from folders: [String]) throws {
    guard let bytes = try? Files.bytes(artifact) else { return }
    for file in try folders.flatMap({ try Files.programs(in: $0) }) where (try? Files.bytes(file)) == bytes {
      try? Files.remove(file)
    }
    try Files.remove(artifact)
  }

  private var environment: [String: String] {
    let environment = [
      "SWIFT_BACKTRACE": "enable=no", "VIRTIO_FUZZ_STATS": statistics,
      "VIRTIO_FUZZ_KNOWN": (known.map(\.key) + reported.map(\.description)).joined(separator: ","),
      "VIRTIO_FUZZ_KEEP": keep ?? "",
    ]
    return environment.merging(target.environment) { $1 }
  }
}

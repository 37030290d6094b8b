import ArgumentParser
import Dispatch
import Foundation
import VirtioHarness

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
  func run(sample: (Statistics, _ coverage: Int) -> Void = { _, _ in }) throws -> CampaignResult {
    try Files.withTemporaryFolder { try run(withSeedsIn: $0, sample: sample) }
  }

  private func run(
    withSeedsIn seeds: String, sample: (Statistics, _ coverage: Int) -> Void
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
    let children = try (0..<jobs).map { job in
      try FuzzChild(
        target.url, arguments(job: job) + [corpus, seeds], environment, console: console, ended: ended)
    }
    let interruption = Interruption(of: children)

    let monitor = Monitor(folder: folder, children: children, start: start, console: console)
    var hasFailed = false
    while children.contains(where: \.isRunning) {
      _ = ended.wait(timeout: .now() + .milliseconds(250))
      monitor.show()
      sample(Statistics(folder: folder), children.map(\.progress.coverage).max() ?? 0)
      // One finding is enough: the others stop at it, too.
      if !hasFailed, children.contains(where: { !$0.isRunning && $0.outcome().code != .success }) {
        hasFailed = true
        for child in children { child.interrupt() }
      }
    }
    console.endStatus()
    return CampaignResult(
      campaign: self, outcomes: children.map { $0.outcome() }, wasInterrupted: interruption.hasHappened,
      progress: children.map(\.progress), statistics: Statistics(folder: folder), duration: .now - start)
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

  private func arguments(job: Int) -> [String] {
    var arguments = [
      "-seed=\(seed &+ UInt32(job))", "-artifact_prefix=\(artifacts.hasSuffix("/") ? artifacts : artifacts + "/")",
      "-timeout=10", "-print_funcs=0",
      // What -fork takes for no finding by itself.
      "-ignore_timeouts=0", "-ignore_ooms=0",
    ]
    if let seconds { arguments.append("-max_total_time=\(seconds)") }
    if let runs { arguments.append("-runs=\(runs / jobs + (job < runs % jobs ? 1 : 0))") }
    return arguments + engineFlags
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

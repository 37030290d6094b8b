import ArgumentParser
import Foundation
import VirtioHarness
import VirtioProgram

/// What is left out of fuzzing, to know what it is good for.
enum Ablation: String, CaseIterable, Encodable {
  case nothing, mutator, clauses, seeds, judge

  /// For people.
  var words: String {
    switch self {
    case .nothing: "all of it"
    case .mutator: "mutates bytes"
    case .clauses: "no clause feedback"
    case .seeds: "no seeds"
    case .judge: "crashes only"
    }
  }

  /// What is added to the environment of a fuzz target.
  fileprivate var environment: [String: String] {
    switch self {
    case .nothing, .seeds: [:]
    case .mutator, .clauses, .judge: ["VIRTIO_FUZZ_WITHOUT": rawValue]
    }
  }
}

/// One attempt to find a fault.
struct FaultTrial {
  let seed: UInt32
  /// What was found; nil for nothing.
  let verdict: Verdict?
  /// Whether that is what may be reported for it.
  let isExpected: Bool
  /// How many were run until then.
  let programs: UInt64
  /// How long that took.
  let seconds: Double
  /// What found it.
  let program: Program?
}

/// Fuzzes a device with a fault, from the committed seeds, until something is found.
struct FaultSearch {
  let fault: Fault
  let ablation: Ablation
  /// The target with the fault.
  let executable: URL
  /// How long to search, in seconds.
  let seconds: Int
  let interruption: Interruption

  func trial(seed: UInt32) throws -> FaultTrial {
    try Files.withTemporaryFolder { folder in
      let result = try campaign(seed: seed, folder).run(until: interruption)
      if result.wasInterrupted { throw ExitCode.interrupted }
      guard [.success, .finding, .timeOut, .outOfMemory].contains(result.exitCode) else {
        throw FileError(
          fault.target.name,
          "it ended with exit code \(result.exitCode.rawValue): \(result.progress.last?.lastWords ?? "")")
      }
      let artifact = result.artifacts.first
      let verdict = try artifact.flatMap { try device.verdicts([$0])[0] }
      let isExpected = verdict.map { ablation == .judge || fault.expects.contains($0.identity.clause) } ?? false
      return FaultTrial(
        seed: seed, verdict: verdict, isExpected: isExpected, programs: result.statistics.executions,
        seconds: result.duration / .seconds(1),
        program: isExpected ? try artifact.map { try Files.program($0, anyBytes: true) } : nil)
    }
  }

  /// The smallest program with the same finding, as far as it is found in this time.
  func minimized(_ trial: FaultTrial, seconds: Int) throws -> Program? {
    guard let program = trial.program, let verdict = trial.verdict else { return nil }
    return try device.minimized(program, only: verdict.identity, seconds: seconds)
  }

  private var target: FuzzExecutable {
    var target = FuzzExecutable(at: executable, environment: ablation.environment)
    target.seedFolders = ablation == .seeds ? [] : ["Corpus/Seeds/\(fault.target.name)"]
    return target
  }

  private var device: TargetDevice { TargetDevice(target, timeLimit: nil) }

  private func campaign(seed: UInt32, _ folder: String) -> Campaign {
    Campaign(
      target: target, seconds: seconds, runs: nil, seed: seed, jobs: 1, known: [], corpus: "\(folder)/corpus",
      artifacts: "\(folder)/artifacts", statistics: "\(folder)/stats",
      engineFlags: ["-timeout=\(device.timeLimit)"], isQuiet: true)
  }
}

import ArgumentParser
import Dispatch
import Foundation
import VirtioProgram

/// What programs reach of code and clauses, as libFuzzer's merge sees it: it goes on behind programs that die.
struct CoverageMeasurement {
  /// Code and clauses of a program, numbered by libFuzzer; nil for one that shows a finding.
  typealias Features = [UInt32]?

  /// In the order of the programs.
  let features: [Features]
  /// Features from this one on are of clauses, and those below of code.
  let firstOfClauses: UInt32

  /// Runs the programs on the target. Findings in `known`, which are written as ``KnownFinding/key``, count for nothing.
  init(of programs: [StoredProgram], on target: TargetDevice, known: [String]) throws {
    // A merge of nothing leaves no result.
    guard !programs.isEmpty else {
      (features, firstOfClauses) = ([], 0)
      return
    }
    (features, firstOfClauses) = try Files.withTemporaryFolder { folder in
      try Self.stage(programs, in: folder)
      let output = try Self.merge(in: folder, on: target, known: known)
      guard let control = MergeControlFile(try Files.bytes("\(folder)/control")) else {
        throw FileError(target.executable.relativePath, "it left no result of its merge: \(output.lastWords)")
      }
      let features = try programs.indices.map { index -> Features in
        let name = Self.name(index)
        if let features = control.features[name] { return features }
        guard control.unfinished.contains(name) else {
          throw FileError(target.executable.relativePath, "its merge left \(programs[index].path) out")
        }
        return nil
      }
      // libFuzzer gives each counter of code eight numbers, and those that it is given besides the next ones.
      return (features, UInt32(8 * output.codeCounters))
    }
  }

  private static func name(_ index: Int) -> String { "p\(index)" }

  /// In the first folder are the programs under other names. They run first, so that what a process does once, such as
  /// initializing a table, is not put down to a program.
  private static func stage(_ programs: [StoredProgram], in folder: String) throws {
    try Files.makeFolder("\(folder)/first")
    try Files.makeFolder("\(folder)/programs")
    for (index, program) in programs.enumerated() {
      try Files.write(program.bytes, to: "\(folder)/first/once-\(index)")
      try Files.write(program.bytes, to: "\(folder)/programs/\(name(index))")
    }
  }

  private static func merge(in folder: String, on target: TargetDevice, known: [String]) throws -> EngineOutput {
    let ended = DispatchSemaphore(value: 0)
    let child = try FuzzChild(
      target.executable,
      // A set cover needs all features of each program, and not only those that were new when it ran.
      [
        "-set_cover_merge=1", "-merge_control_file=\(folder)/control", "-artifact_prefix=\(folder)/",
        // It holds the features of all programs at a time; what one program asks for stays limited.
        "-rss_limit_mb=0", "-malloc_limit_mb=2048",
        "-timeout=\(target.timeLimit)", "\(folder)/first", "\(folder)/programs",
      ],
      ["SWIFT_BACKTRACE": "enable=no", "VIRTIO_FUZZ_KNOWN": known.joined(separator: ",")]
        .merging(target.environment) { $1 },
      console: nil, ended: ended)
    let interruption = Interruption(of: [FuzzJob(child)])
    ended.wait()
    let outcome = child.outcome()
    if interruption.hasHappened { throw ExitCode.interrupted }
    guard outcome.code == .success else {
      throw FileError(
        target.executable.relativePath,
        "its merge ended with exit code \(outcome.code.rawValue): \(child.progress.lastWords)")
    }
    return child.progress
  }
}

import Foundation

/// Runs the checks of a built ``MutantPackage`` against one mutant at a time.
public struct Laboratory: Sendable {
  private let package: MutantPackage
  /// How long each fitting target fuzzes, in seconds.
  private let seconds: Int
  /// The seed of fuzzing.
  private let seed: UInt32
  private let targets: [String]
  private let suites: TestSuites
  /// With a folder of inputs for each target.
  private let seedFolder: String

  /// How long the seeds of one target may take, in seconds, or fuzzing beyond its time.
  private static let patience = 60
  /// How long one program may take, in seconds: far longer than any does on a busy machine.
  private static let programLimit = 5

  public init(of package: MutantPackage, seconds: Int, seed: UInt32) throws {
    self.package = package
    self.seconds = seconds
    self.seed = seed
    targets = try MutantPackage.fuzzTargets(in: package.folder)
    suites = try TestSuites(in: package.folder)
    seedFolder = "\(package.folder)/.seeds"
    try copySeeds()
  }

  /// Without the texts beside them, which libFuzzer would take for programs, too.
  private func copySeeds() throws {
    for target in targets {
      for folder in ["Corpus/Seeds/\(target)", "Corpus/Regressions"] {
        for name in try Files.names(below: "\(package.folder)/\(folder)") where name.hasSuffix(".vfz") {
          let bytes = try Data(contentsOf: URL(filePath: "\(package.folder)/\(folder)/\(name)"))
          try Files.update("\(seedFolder)/\(target)/\(name)", bytes)
        }
      }
    }
  }

  /// Checks that nothing is found without a mutant.
  public func checkBaseline() throws {
    for target in targets {
      if let killing = try replay(target, 0) ?? fuzz(target, 0) { throw Self.error(killing) }
    }
    if let killing = try suites.run(0) { throw Self.error(killing) }
  }

  private static func error(_ killing: Killing) -> FileError {
    FileError(killing.by, "it finds \(killing.clause ?? "something") without a mutant")
  }

  /// Runs the seeds of all targets, then fuzzes with those that fit, then runs the suites; until something is found.
  public func outcome(of mutant: Mutant) throws -> Outcome {
    let start = ContinuousClock.now
    let killing = try killing(of: mutant)
    return Outcome(
      mutant: mutant, fate: killing.map(Fate.killed) ?? .survived, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func killing(of mutant: Mutant) throws -> Killing? {
    let fitting = FittingTargets.targets(for: mutant.file).filter(targets.contains)
    for target in fitting + targets.filter({ !fitting.contains($0) }) {
      if let killing = try replay(target, mutant.number) { return killing }
    }
    for target in fitting {
      if let killing = try fuzz(target, mutant.number) { return killing }
    }
    return try suites.run(mutant.number)
  }

  private func replay(_ target: String, _ number: Int) throws -> Killing? {
    try run(target, number, ["-runs=0"], name: "\(target) seeds")
  }

  private func fuzz(_ target: String, _ number: Int) throws -> Killing? {
    try run(target, number, ["-max_total_time=\(seconds)"], name: target)
  }

  private func run(_ target: String, _ number: Int, _ limits: [String], name: String) throws -> Killing? {
    try Files.withTemporaryFolder { folder in
      let corpus = "\(folder)/corpus"
      try Files.makeFolder(corpus)
      let flags = [
        "-seed=\(seed)", "-artifact_prefix=\(folder)/", "-timeout=\(Self.programLimit)", "-print_funcs=0",
        "-ignore_timeouts=0",
        "-ignore_ooms=0",
      ]
      let child = try Child.run(
        package.executable(target), flags + limits + [corpus, "\(seedFolder)/\(target)"], in: folder,
        environment: ["SWIFT_BACKTRACE": "enable=no", SupportFiles.variable: "\(number)"],
        limit: seconds + Self.patience)
      return try FuzzerExit(child).killing(by: name)
    }
  }
}

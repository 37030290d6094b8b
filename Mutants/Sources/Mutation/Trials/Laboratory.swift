import Foundation

/// Runs the checks of a built ``MutantPackage`` against one mutant at a time.
public struct Laboratory: Sendable {
  private let package: MutantPackage
  private let effort: Effort
  private let suites: TestSuites
  /// The fuzz targets.
  private let targets: [String]
  /// For each target, a folder with its seeds and the regressions.
  private let seedFolder: String
  /// All committed programs, by the folder that they are in: a target's name, or another.
  private let programs: [(folder: String, path: String)]

  /// How much is done to find a mutant.
  public struct Effort: Sendable {
    /// How many new programs of each fitting style run.
    public var programs: Int
    /// How long each fitting target fuzzes, in seconds. For 0 none does.
    public var seconds: Int
    /// The seed of both.
    public var seed: UInt32

    public init(programs: Int, seconds: Int, seed: UInt32) {
      (self.programs, self.seconds, self.seed) = (programs, seconds, seed)
    }
  }

  /// How long the committed programs may take, in seconds, or fuzzing beyond its time. One that hangs ends sooner.
  private static let patience = 60
  /// How many new programs there are in a second at least, on a slow and busy machine.
  private static let leastPace = 500
  /// How long one program may take under libFuzzer, in seconds: far longer than any does on a busy machine.
  private static let programLimit = 5

  public init(of package: MutantPackage, effort: Effort) throws {
    self.package = package
    self.effort = effort
    suites = try TestSuites(in: package.folder)
    targets = try MutantPackage.fuzzTargets(in: package.folder)
    seedFolder = "\(package.folder)/.seeds"
    programs = try Files.names(below: "\(package.folder)/Corpus").filter { $0.hasSuffix(".vfz") }.map { name in
      let path = "\(package.folder)/Corpus/\(name)"
      return (URL(filePath: path).deletingLastPathComponent().lastPathComponent, path)
    }
    try copySeeds()
  }

  /// Without the texts beside them, which libFuzzer would take for programs, too.
  private func copySeeds() throws {
    for program in programs {
      let bytes = try Data(contentsOf: URL(filePath: program.path))
      let name = URL(filePath: program.path).lastPathComponent
      for target in targets where [target, "Regressions"].contains(program.folder) {
        try Files.update("\(seedFolder)/\(target)/\(name)", bytes)
      }
    }
  }

  /// Checks that nothing is found without a mutant.
  public func checkBaseline() throws {
    guard let killing = try killing(0, fitting: targets) else { return }
    throw FileError(killing.by, "it finds \(killing.clause ?? "something") without a mutant")
  }

  /// Runs programs, then the suites, then fuzzes; until something is found.
  public func outcome(of mutant: Mutant) throws -> Outcome {
    let start = ContinuousClock.now
    let fitting = FittingTargets.targets(for: mutant.file).filter(targets.contains)
    let killing = try killing(mutant.number, fitting: fitting)
    return Outcome(
      mutant: mutant, fate: killing.map(Fate.killed) ?? .survived, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// What takes less time comes first.
  private func killing(_ number: Int, fitting: [String]) throws -> Killing? {
    if let killing = try runPrograms(number, fitting) { return killing }
    for module in TestSuites.modules {
      if let killing = try suites.run(module, number) { return killing }
    }
    guard effort.seconds > 0 else { return nil }
    for target in fitting {
      if let killing = try fuzz(target, number) { return killing }
    }
    return nil
  }

  /// The committed programs, those first that get at the mutant, and new ones that come from them: in one process,
  /// without libFuzzer, which takes its time to get going.
  private func runPrograms(_ number: Int, _ fitting: [String]) throws -> Killing? {
    let first = programs.filter { fitting.contains($0.folder) }
    let paths = (first + programs.filter { !fitting.contains($0.folder) }).map(\.path)
    let child = try Child.run(
      package.trial(engine: false), [SupportFiles.trialWord, "\(effort.programs)", "\(effort.seed)"] + paths,
      in: package.folder, environment: environment(number, fitting),
      limit: Self.patience + effort.programs * fitting.count / Self.leastPace)
    return try TrialExit(child).killing
  }

  private func fuzz(_ target: String, _ number: Int) throws -> Killing? {
    try Files.withTemporaryFolder { folder in
      let corpus = "\(folder)/corpus"
      try Files.makeFolder(corpus)
      let flags = [
        "-seed=\(effort.seed)", "-artifact_prefix=\(folder)/", "-timeout=\(Self.programLimit)", "-print_funcs=0",
        "-ignore_timeouts=0", "-ignore_ooms=0", "-max_total_time=\(effort.seconds)",
      ]
      let child = try Child.run(
        package.trial(engine: true), flags + [corpus, "\(seedFolder)/\(target)"], in: folder,
        environment: environment(number, [target]), limit: effort.seconds + Self.patience)
      return try FuzzerExit(child).killing(by: target)
    }
  }

  private func environment(_ number: Int, _ targets: [String]) -> [String: String] {
    [
      "SWIFT_BACKTRACE": "enable=no", SupportFiles.variable: "\(number)",
      SupportFiles.styleVariable: targets.joined(separator: ","),
    ]
  }
}

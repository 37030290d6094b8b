import ArgumentParser
import Foundation
import VirtioSpec

/// Code coverage beside clause coverage.
struct Coverage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which lines of the device model, and which clauses, the programs of a target reach.",
    discussion: """
      Example: virtio-fuzz coverage FuzzDescriptors --html work/coverage

      It builds this command line once more, with the compiler's counters, in the package in the current folder, and runs \
      the programs there: the target's seeds, Corpus/Regressions and what its runs collected, or those that are named. \
      Lines that no program reaches are listed. It needs the toolchain's own llvm-cov and llvm-profdata.
      """)

  @Argument(help: "The fuzz target whose programs they are.")
  var target = FuzzTarget.lifecycle

  @Option(
    name: .customLong("program"), parsing: .upToNextOption,
    help: "Programs, or folders of them, instead of the target's.", completion: .file())
  var paths: [String] = []

  @Option(help: "The folder for pages with every line and its count.", completion: .directory)
  var html: String?

  @Option(help: "Where the build is, so that the next one is quick.", completion: .directory)
  var scratchPath = ".build-coverage"

  @Flag(help: "Print one JSON object instead of tables.")
  var json = false

  @OptionGroup var options: ReplayOptions

  func run() throws {
    let files = try programs()
    let build = CoverageBuild(scratchPath: scratchPath)
    try build.make()
    let (tally, profile) = try Files.withTemporaryFolder { folder in
      let tally = try run(files, build.executable, profilesIn: folder)
      return (tally, try build.profile(of: folder, html: html))
    }
    let report = CoverageReport(
      target: target, programs: files.count, files: profile, clauses: ClauseGroup.all(tally.clauses))
    print(json ? try report.json : report.text, terminator: "")
    if let html, !json { print("pages: \(html)/index.html") }
    if tally.codes.worst != .success { throw tally.codes.worst }
  }

  private func programs() throws -> [String] {
    let collected = ["work/corpus/\(target.name)"].filter(Files.isFolder)
    let paths = paths.isEmpty ? target.seedFolders + collected : paths
    let files = try paths.flatMap { Files.isFolder($0) ? try Files.programsAndTexts(in: $0) : [$0] }
    guard !files.isEmpty else {
      throw FileError(
        paths.isEmpty ? "Corpus/Seeds/\(target.name)" : paths.joined(separator: ", "),
        "there is no program in it; start this in the package's folder, or name programs with --program")
    }
    return files
  }

  /// Runs programs so that each process leaves its counters in a folder. One that dies leaves none, not even for the
  /// programs before: the others are run again without those that killed it.
  private func run(_ files: [String], _ executable: URL, profilesIn folder: String) throws -> ClauseTally {
    var options = options
    // What a run collected need not be canonical.
    options.anyBytes = true
    func count(_ files: [String]) throws -> ClauseTally {
      var tally = ClauseTally()
      tally.executable = executable
      tally.environment["LLVM_PROFILE_FILE"] = "\(folder)/%p.profraw"
      try tally.count(files, options)
      return tally
    }
    let all = try count(files)
    guard !all.fatal.isEmpty else { return all }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    let fatal = Set(all.fatal)
    _ = try count(files.filter { !fatal.contains($0) })
    return all
  }
}

import ArgumentParser
import Foundation
import VirtioProgram

/// Whether fuzzing finds what others have shipped.
struct Faults: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts published bugs into the device model, one at a time, and says how fast fuzzing finds each.",
    discussion: """
      Example: virtio-fuzz faults E1 D3 --seeds 3

      For each patch in Faults, or for those that are named, it applies it to a copy of the package in the current \
      folder, builds the fuzz target that the patch names, and fuzzes from the committed seeds of that target until \
      something is found. A fault is found where what was reported is one of the clauses that the patch expects. \
      Programs and seconds are the median of several seeds, and the program is the smallest one that shows it. The \
      copy stays in the scratch folder. The exit code is 1 where a fault is not found, and where a patch does not apply \
      or build any more.
      """)

  @Argument(help: "The faults: names of files in the folder, without .patch. (default: all)")
  var ids: [String] = []

  @Option(help: "The folder with the patches.", completion: .directory)
  var folder = "Faults"

  @Option(help: "How many seeds to try, from --seed on.")
  var seeds = 1

  @Option(help: "The first seed.")
  var seed: UInt32 = 1

  @Option(help: "How long to fuzz with each seed at most, in seconds.")
  var seconds = 60

  @Option(help: "How long to make the program of each fault small, in seconds; 0 leaves it out.")
  var minimizing = 30

  @Option(name: .customLong("scratch-path"), help: "The folder for the copy.", completion: .directory)
  var scratch = "work/faults"

  @Flag(help: "Only check that each patch applies, and that the device can be built with it.")
  var check = false

  @Flag(
    help:
      "Search also with bytes mutated only, without clause feedback, without seeds, and for crashes only, each alone.")
  var ablation = false

  @Option(help: "How many seeds to try with each of these. (default: as --seeds)")
  var ablationSeeds: Int?

  @Flag(help: "Print an array with an object for each fault, a line each, instead of a table.")
  var json = false

  @Flag(help: "Print a table in Markdown.")
  var markdown = false

  func validate() throws {
    for (name, number) in [("--seeds", seeds), ("--seconds", seconds), ("--ablation-seeds", ablationSeeds ?? 1)]
    where number < 1 {
      throw ValidationError("\(name) is \(number); it can be 1 or more")
    }
    if ablationSeeds != nil, !ablation { throw ValidationError("--ablation-seeds goes with --ablation only") }
    if json, markdown { throw ValidationError("--json and --markdown are two forms of the same; choose one") }
    guard minimizing >= 0 else { throw ValidationError("--minimizing is \(minimizing); it can be 0 or more") }
  }

  func run() throws {
    let faults = try Fault.all(in: folder, ids: ids)
    let package = try FaultyPackage(folder: "\(scratch.removingSuffix("/"))/package")
    defer { try? package.restore() }
    guard !check else { return try check(faults, in: package) }
    var results: [FaultResult] = []
    var isGood = true
    let interruption = Interruption()
    // What goes wrong with one of them does not lose what was found out about the others.
    for fault in faults where !interruption.hasHappened {
      do {
        results += try search(for: fault, in: package, until: interruption)
      } catch {
        // A build, or a search, that came to its end with an interruption is no error.
        guard !interruption.hasHappened else { continue }
        complain("\(error)")
        isGood = false
      }
    }
    let table = FaultTable(results: results, seconds: seconds)
    print(json ? try table.json() : markdown ? table.markdown : table.text, terminator: "")
    if interruption.hasHappened { throw ExitCode.interrupted }
    guard isGood, results.allSatisfy({ $0.isFound || $0.ablation != .nothing }) else { throw ExitCode.failure }
  }

  private func check(_ faults: [Fault], in package: FaultyPackage) throws {
    var isGood = true
    for fault in faults {
      do {
        try package.apply(fault)
        try package.checkBuild(of: fault)
      } catch {
        complain("\(error)")
        isGood = false
      }
    }
    guard isGood else { throw ExitCode.failure }
    print("\(counted(faults.count, "fault")) can be applied and built")
  }

  private func search(
    for fault: Fault, in package: FaultyPackage, until interruption: Interruption
  ) throws -> [FaultResult] {
    try package.apply(fault)
    progress("\(fault.id): builds \(fault.target.name)")
    let executable = try package.build(fault)
    return try (ablation ? Ablation.allCases : [.nothing]).map { ablation in
      let search = FaultSearch(
        fault: fault, ablation: ablation, executable: executable, seconds: seconds, interruption: interruption)
      let seeds = ablation == .nothing ? seeds : ablationSeeds ?? seeds
      let trials = try (0..<seeds).map { number in
        let trial = try search.trial(seed: seed &+ UInt32(number))
        progress("\(fault.id), \(ablation.words), seed \(trial.seed): \(trial.words)")
        return trial
      }
      let example = trials.first(where: \.isExpected)
      let isSmall = minimizing > 0 && ablation == .nothing
      return FaultResult(
        fault: fault, ablation: ablation, trials: trials,
        // Its complaint is on the error stream already, and the fault was found.
        smallest: isSmall ? example.flatMap { try? search.minimized($0, seconds: minimizing) } : nil)
    }
  }

  private func progress(_ line: String) { Console().line(line) }
}

extension FaultTrial {
  /// For people.
  fileprivate var words: String {
    let time = "after \(programs) programs, \((seconds * 10).rounded() / 10) s"
    guard let verdict else { return "nothing \(time)" }
    return "\(verdict.identity)\(isExpected ? "" : ", which is not expected,") \(time)"
  }
}

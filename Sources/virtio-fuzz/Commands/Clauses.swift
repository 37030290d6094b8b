import ArgumentParser
import Foundation
import VirtioOracle
import VirtioSpec

/// Clause coverage.
struct Clauses: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints how each clause is judged, and how often a corpus or a run put it to the test.",
    discussion: """
      Example: virtio-fuzz clauses --group MMIO-DEV --sort suspended

      Of a folder, every program in it is taken: bytes, and texts without bytes beside them. With --run, the counts are \
      those of a run, which goes on or has ended. A clause is armed when there was an occasion to judge it: satisfied or \
      violated, or suspended, since the driver had broken a rule that it relies on. For a driver's clause, violated \
      counts the breaches of programs' drivers, which are no findings.
      """)

  @Argument(help: "Programs, or folders of them. (default: Corpus)", completion: .file())
  var paths: [String] = []

  @Option(
    name: .customLong("run"), help: "The folder that a run counts in, instead of programs.", completion: .directory)
  var runFolder: String?

  @Option(help: "Only clauses whose ids begin so: MMIO, or MMIO-DEV.")
  var group: String?

  @Option(help: "Only clauses in this state.")
  var state: ClauseReport.State?

  @Option(help: "What the rows are sorted by; most first, where it is a count.")
  var sort = Order.id

  @Flag(help: "Print an array with an object for each clause, a line each, instead of a table.")
  var json = false

  @Option(help: "Fail where the share of checks in force is below a floor of this target.")
  var floors: FuzzTarget?

  @OptionGroup var options: ReplayOptions

  enum Order: String, CaseIterable, ExpressibleByArgument {
    case id, armed, violated, suspended, state
  }

  func validate() throws {
    guard runFolder == nil || paths.isEmpty else {
      throw ValidationError("--run counts a run, and takes no programs")
    }
    guard let group, !ClauseID.allCases.contains(where: { $0.isIn(group: group) }) else { return }
    throw ValidationError(
      "no clause begins with '\(group)-'; it can be one of \(ClauseGroup.names.joined(separator: ", "))")
  }

  func run() throws {
    let tally = try runFolder.map(tally(ofRun:)) ?? tally(ofCorpus: paths.isEmpty ? [defaultCorpus()] : paths)
    let rows = rows(tally.clauses)
    print(json ? try ClauseReport.json(rows) : ClauseReport.table(rows), terminator: "")
    var codes = tally.codes
    if let floors {
      let verdicts = floors.floors.map { $0.verdict(ClauseGroup.all(tally.clauses)) }
      for verdict in verdicts where verdict.isKept && !json { print("\(floors.name), \(verdict.text)") }
      for verdict in verdicts where !verdict.isKept { complain("\(floors.name), \(verdict.text)") }
      if verdicts.contains(where: { !$0.isKept }) { codes.append(.failure) }
    }
    if codes.worst != .success { throw codes.worst }
  }

  private func defaultCorpus() throws -> String {
    guard Files.isFolder("Corpus") else {
      throw FileError("Corpus", "there is no such folder here; name programs, folders of them, or a run with --run")
    }
    return "Corpus"
  }

  private func rows(_ counts: [Statistics.Count]) -> [ClauseReport] {
    let all = ClauseID.allCases.map { ClauseReport($0, counts[Int($0.rawValue)]) }
    let shown = all.filter { row in
      (group.map(row.id.isIn(group:)) ?? true) && (state.map { row.state == $0 } ?? true)
    }
    // `sorted` keeps the order of the ids where rows are alike.
    return switch sort {
    case .id: shown
    case .armed: shown.sorted { $0.count.armed > $1.count.armed }
    case .violated: shown.sorted { $0.count.violated > $1.count.violated }
    case .suspended: shown.sorted { $0.count.suspended > $1.count.suspended }
    case .state: shown.sorted { $0.state < $1.state }
    }
  }

  private func tally(ofRun folder: String) throws -> ClauseTally {
    let statistics = Statistics(folder: URL(filePath: folder))
    guard statistics.executions > 0 else {
      throw FileError(
        folder,
        Files.isFolder(folder) ? "no run has counted anything here" : "there is no such folder; see 'run --help'")
    }
    return ClauseTally(clauses: statistics.clauses)
  }

  private func tally(ofCorpus paths: [String]) throws -> ClauseTally {
    var tally = ClauseTally()
    var files: [String] = []
    for path in paths {
      do {
        files += Files.isFolder(path) ? try Files.programsAndTexts(in: path) : [path]
      } catch {
        complain("\(error)")
        tally.codes.append(.failure)
      }
    }
    guard !files.isEmpty || !tally.codes.isEmpty else {
      throw FileError(paths.joined(separator: ", "), "there is no program in it")
    }
    try tally.count(files, options)
    return tally
  }
}

extension ClauseID {
  /// Whether the id begins with these whole words.
  func isIn(group: String) -> Bool { name == group || name.hasPrefix("\(group)-") }
}

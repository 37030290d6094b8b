import Foundation
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// A target, and what has come of it so far in a night.
struct NightTarget {
  /// What was counted up to a moment.
  struct Sample: Encodable {
    /// Since the night began.
    let seconds: Double
    let executions: UInt64
    let coverage: Int
    let clauses: Int
    let findings: Int
  }

  /// A finding that was kept.
  struct Kept: Encodable {
    let finding: String
    let says: String
    let severity: String
    /// How many inputs showed it.
    let count: Int
    /// The smallest program, in the report's folder.
    let program: String?
    /// The page that shows it.
    let page: String?
    /// Why it is the smallest input that was found, and not a smaller program.
    let problem: String?
  }

  let executable: FuzzExecutable
  let corpus: String
  let artifacts: String

  private(set) var turns = 0
  /// The number of the turn, over all targets, that it had last.
  private(set) var lastTurn = 0
  /// The edges and clauses that were new in the last turn.
  private(set) var lastNews = 0
  /// How many inputs have ended a process otherwise than by a verdict.
  private(set) var deaths = 0
  private(set) var reported: [FindingIdentity] = []
  private(set) var samples: [Sample] = []
  private(set) var kept: [Kept] = []
  private(set) var result: TriageResult

  private(set) var executions: UInt64 = 0
  private(set) var steps: UInt64 = 0
  /// How long it fuzzed.
  private(set) var duration = Duration.zero
  private(set) var coverage = 0
  private(set) var armed = [Bool](repeating: false, count: ClauseID.count)
  /// How many inputs of the corpus were needless in the end.
  private(set) var corpusDeleted = 0
  private var newsBefore = 0

  private var device: TargetDevice { TargetDevice(executable, timeLimit: 10) }
  private var news: Int { coverage + clauses }
  var clauses: Int { armed.count { $0 } }

  init(_ executable: FuzzExecutable, corpus: String, artifacts: String) {
    self.executable = executable
    self.corpus = corpus
    self.artifacts = artifacts
    result = TriageResult(device: executable.name, programs: [], unreadable: [])
  }

  /// How it stands, for people.
  var line: String {
    "\(executable.name): \(executions) programs, \(coverage) edges, \(clauses) clauses, \(reported.count) findings"
      + (deaths == 0 ? "" : ", \(deaths) deaths")
  }

  /// - Parameter number: of the turn, over all targets.
  mutating func beginTurn(_ number: Int) {
    turns += 1
    lastTurn = number
    newsBefore = news
  }

  /// Notes where a run of this turn is, at most once in five seconds.
  mutating func sample(_ statistics: Statistics, _ coverage: Int, at time: Duration) {
    let seconds = time / .seconds(1)
    guard seconds - (samples.last?.seconds ?? -5) >= 5 else { return }
    let armed = zip(self.armed, statistics.clauses).count { $0 || $1.armed > 0 }
    samples.append(
      Sample(
        seconds: (seconds * 10).rounded() / 10, executions: executions + statistics.executions,
        coverage: max(self.coverage, coverage), clauses: armed, findings: reported.count))
  }

  /// Adds what a run came to.
  mutating func finish(_ result: CampaignResult) {
    executions += result.statistics.executions
    steps += result.statistics.steps
    duration += result.duration
    coverage = max(coverage, result.progress.map(\.coverage).max() ?? 0)
    for (index, count) in result.statistics.clauses.enumerated() where count.armed > 0 { armed[index] = true }
    lastNews = news - newsBefore
  }

  /// Takes note of what an earlier night has found, so that it does not stop this one.
  mutating func resume() throws {
    try report(Files.programs(in: artifacts))
    deaths = 0
  }

  /// Takes note of what new artifacts show, so that the same does not stop the next run.
  mutating func report(_ artifacts: [String]) throws {
    let verdicts = try allVerdicts(of: artifacts, passing: reported)
    if verdicts.isEmpty { deaths += artifacts.count }
    for (_, verdict) in verdicts {
      if verdict.isDeath {
        deaths += 1
      } else if !reported.contains(verdict.identity) {
        reported.append(verdict.identity)
      }
    }
  }

  /// Sorts all artifacts by what they show.
  mutating func triage() throws {
    let files = try Files.programs(in: artifacts)
    let programs = try allVerdicts(of: files, passing: []).map { file, verdict in
      (file, try Files.program(file, anyBytes: true).steps.count, Optional(verdict))
    }
    result = TriageResult(device: executable.name, programs: programs, unreadable: [])
  }

  /// What is wrong with each of these programs, also behind what is found first.
  private func allVerdicts(
    of files: [String], passing passed: [FindingIdentity]
  ) throws -> [(file: String, verdict: Verdict)] {
    var all: [(String, Verdict)] = []
    var passed = passed
    while true {
      let verdicts = try device.verdicts(files, passing: passed)
      let new = zip(files, verdicts).compactMap { file, verdict in verdict.map { (file, $0) } }
        .filter { !passed.contains($0.1.identity) }
      all += new
      // What kills a process hides all that is behind it.
      let found = Set(new.filter { !$0.1.isDeath }.map(\.1.identity))
      guard !found.isEmpty else { return all }
      passed += found
    }
  }

  /// Takes the inputs out of the corpus that add nothing to the others and to the seeds.
  mutating func shrinkCorpus(known: [KnownFinding]) throws {
    let minimization = CorpusMinimization(
      target: device, folder: corpus, known: known.map(\.key) + reported.map(\.description), anyBytes: true)
    corpusDeleted = try minimization.run().deleted
  }

  /// Writes the smallest program of each finding, its text, and a page.
  mutating func keepFindings(in folder: String) throws {
    kept = try result.groups.map { group in
      let name = "\(executable.name)-\("\(group.identity)".replacingOccurrences(of: "/", with: "-"))"
      let program = try Files.program(group.smallest.path, anyBytes: true)
      var small: MinimizedFinding?
      var problem: String?
      do {
        small = try MinimizedFinding(of: program, at: group.smallest.path, only: group.identity, on: device)
        try small?.write(to: "\(folder)/\(name).vfz")
      } catch {
        problem = "\(error)"
        try Files.write(program.encode(), to: "\(folder)/\(name).vfz")
      }
      let page = try TranscriptPage(of: small?.program ?? program, on: device)
      try Files.write([UInt8](page.text.utf8), to: "\(folder)/\(name).html")
      return Kept(
        finding: "\(group.identity)", says: group.clause.says, severity: "\(group.severity)",
        count: group.examples.count, program: "findings/\(name).vfz", page: "findings/\(name).html", problem: problem)
    }
  }
}

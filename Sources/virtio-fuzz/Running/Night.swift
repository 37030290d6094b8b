import ArgumentParser
import Foundation
import VirtioHarness

/// A long run over several targets, which take turns.
struct Night {
  /// The turns of a target that have found the same death over and over come to an end.
  private static let mostDeaths = 20
  /// What has to be free in a folder before a turn, in bytes.
  private static let leastRoom: Int64 = 64 << 20

  let limit: Duration
  /// With a folder for each target.
  let corpus: String
  /// Of the report.
  let folder: String
  let known: [KnownFinding]
  let seed: UInt32
  let jobs: Int

  func run(_ executables: [FuzzExecutable]) throws -> NightReport {
    var targets = try executables.map { executable in
      var target = NightTarget(
        executable, corpus: "\(corpus)/\(executable.name)", artifacts: "\(folder)/artifacts/\(executable.name)")
      for path in [target.corpus, target.artifacts] { try Files.makeFolder(path) }
      try target.resume()
      return target
    }
    try Files.makeFolder("\(folder)/findings")
    let console = Console()
    let started = Date()
    let start = ContinuousClock.now
    var report = NightReport(started: started, seed: seed, limit: limit)
    report.wasInterrupted = try takeTurns(&targets, &report, since: start, console)
    try keep(&targets, shrinksCorpus: !report.wasInterrupted, console)
    report.update(targets, .now - start)
    report.isComplete = true
    try report.write(to: folder)
    return report
  }

  /// Fuzzes one target after the other, until the time is over. True where somebody interrupted it.
  private func takeTurns(
    _ targets: inout [NightTarget], _ report: inout NightReport, since start: ContinuousClock.Instant,
    _ console: Console
  ) throws -> Bool {
    // Each target has four turns at least, and none takes longer than five minutes, so that a report is never old.
    let turn = max(min(limit / (4 * targets.count), .seconds(300)), .seconds(2))
    var turns: UInt32 = 0
    // One for all turns: what comes between two of them counts, too.
    let interruption = Interruption()
    while let index = Self.next(targets), ContinuousClock.now - start < limit, !interruption.hasHappened {
      for path in [corpus, folder] { try Files.checkRoom(path, atLeast: Self.leastRoom) }
      let rest = limit - (ContinuousClock.now - start)
      turns += 1
      targets[index].beginTurn(Int(turns))
      try fuzz(&targets[index], min(turn, rest), seed &+ turns &* 1000, since: start, until: interruption)
      console.line("\(Int((.now - start) / .seconds(1))) s  \(targets[index].line)")
      report.update(targets, .now - start)
      try report.write(to: folder)
    }
    return interruption.hasHappened
  }

  /// Whose turn it is: whoever had none yet, then who found most in the last one, as long as nobody waits for three.
  private static func next(_ targets: [NightTarget]) -> Int? {
    let open = targets.indices.filter { targets[$0].deaths < mostDeaths }
    let turns = targets.map(\.turns).reduce(0, +)
    return open.max { first, second in
      rank(targets[first], turns, open.count) < rank(targets[second], turns, open.count)
    }
  }

  private static func rank(_ target: NightTarget, _ turns: Int, _ count: Int) -> (Int, Int) {
    let waits = target.turns == 0 ? Int.max : turns - target.lastTurn
    return (waits >= 2 * count ? waits : 0, target.lastNews)
  }

  /// One turn: what is found does not end it.
  private func fuzz(
    _ target: inout NightTarget, _ length: Duration, _ seed: UInt32, since start: ContinuousClock.Instant,
    until interruption: Interruption
  ) throws {
    let end = ContinuousClock.now + length
    var seed = seed
    while ContinuousClock.now < end, target.deaths < Self.mostDeaths {
      let seconds = max(1, Int((end - ContinuousClock.now) / .seconds(1)))
      let campaign = Campaign(
        target: target.executable, seconds: seconds, runs: nil, seed: seed, jobs: jobs, known: known,
        reported: target.reported, corpus: target.corpus, artifacts: target.artifacts,
        statistics: "\(folder)/.stats/\(target.executable.name)", engineFlags: [],
        isQuiet: true)
      let result = try campaign.run(until: interruption) { statistics, coverage in
        target.sample(statistics, coverage, at: .now - start)
      }
      target.finish(result)
      if result.wasInterrupted { return }
      if result.artifacts.isEmpty {
        guard result.exitCode == .success else {
          throw FileError(target.executable.name, "it ended with exit code \(result.exitCode.rawValue) and no artifact")
        }
        break
      }
      try target.report(result.artifacts)
      seed &+= 1
    }
  }

  /// Sorts what each target has found, also in a night before that was killed, makes the smallest programs of it, and
  /// leaves in its corpus what the others do not make needless, unless somebody waits for the end.
  private func keep(_ targets: inout [NightTarget], shrinksCorpus: Bool, _ console: Console) throws {
    for index in targets.indices {
      console.line(
        "\(targets[index].executable.name): minimizing its findings" + (shrinksCorpus ? " and its corpus" : ""))
      try targets[index].triage()
      try Files.write(targets[index].result.junit(), to: "\(folder)/junit-\(targets[index].executable.name).xml")
      try targets[index].keepFindings(in: "\(folder)/findings")
      guard shrinksCorpus else { continue }
      do {
        try targets[index].shrinkCorpus(known: known)
      } catch let error as FileError {
        // The night is not lost for that, and the corpus is as it was.
        warn("\(error); the corpus of \(targets[index].executable.name) is not minimized")
      }
    }
  }
}

import VirtioHarness
import VirtioProgram
import VirtioSpec

/// What programs have shown of a device so far.
struct Evidence {
  /// A program that shows a finding.
  struct Example {
    let source: NamedProgram
    let verdict: Verdict

    var steps: Int { source.program.steps.count }
  }

  /// By the raw values of the ids. A program that comes to its end keeps ROB-01 and ROB-02.
  private(set) var counts = [Statistics.Count](repeating: Statistics.Count(), count: ClauseID.count)
  /// The smallest few of each finding, the smallest first. Not one alone: a device that keeps something over power-on
  /// shows in a program what another one did.
  private(set) var examples: [FindingIdentity: [Example]] = [:]
  private(set) var blindSpots: [ClauseID: String] = [:]
  private(set) var declaresHousePolicy = false
  /// How many programs were run, also in a campaign.
  private(set) var programs: UInt64 = 0

  /// Adds what was seen of programs on a device.
  ///
  /// - Parameter isCounted: whether the programs were counted when they were found, all but deaths.
  /// - Returns: for each program whether the device lived through it.
  @discardableResult
  mutating func add(_ programs: [NamedProgram], on device: TargetDevice, isCounted: Bool = false) throws -> [Bool] {
    guard !programs.isEmpty else { return [] }
    let (spots, surveys) = try device.survey(programs.map(\.program))
    for spot in spots { blindSpots[spot.clause] = spot.reason }
    return zip(programs, surveys).map { program, survey in
      add(survey, of: program, isCounted: isCounted)
      return !survey.findings.contains(where: \.isDeath)
    }
  }

  private mutating func add(_ survey: Survey, of program: NamedProgram, isCounted: Bool) {
    let deaths = survey.findings.filter(\.isDeath)
    // What the judge saw itself it has counted, too.
    let judged = survey.rows.filter { $0.violated > 0 }.map(\.clause)
    for death in deaths where !judged.contains(death.identity.clause) {
      counts[Int(death.identity.clause.rawValue)].violated += 1
    }
    if survey.declaresHousePolicy { declaresHousePolicy = true }
    if !survey.isMemoryAudited {
      for spot in BlindSpot.ofUnauditedMemory { blindSpots[spot.clause] = spot.reason }
    }
    if !isCounted {
      programs += 1
      if deaths.isEmpty { countEnds(1) }
      for row in survey.rows {
        counts[Int(row.clause.rawValue)] += Statistics.Count(
          satisfied: row.satisfied, violated: row.violated, suspended: row.suspended)
      }
    }
    var seen = Set<FindingIdentity>()
    for verdict in survey.findings where seen.insert(verdict.identity).inserted {
      insert(Example(source: program, verdict: verdict), into: &examples[verdict.identity, default: []])
    }
  }

  private func insert(_ example: Example, into examples: inout [Example]) {
    let place = examples.firstIndex { example.steps < $0.steps } ?? examples.count
    examples.insert(example, at: place)
    if examples.count > Self.exampleLimit { examples.removeLast() }
  }

  private static let exampleLimit = 4

  /// Adds what a campaign has counted, and what its programs show when they are run again.
  mutating func add(_ campaign: KeepingCampaign.Result, on device: TargetDevice) throws {
    for statistics in campaign.statistics {
      programs += statistics.executions
      countEnds(statistics.executions)
      for index in counts.indices { counts[index] += statistics.clauses[index] }
    }
    let deaths = try add(campaign.found, on: device, isCounted: true).count { !$0 }
    // It also dies of what no program shows by itself.
    counts[Int(ClauseID.rob01.rawValue)].violated += UInt64(max(campaign.deaths - deaths, 0))
  }

  private mutating func countEnds(_ count: UInt64) {
    for clause in [ClauseID.rob01, .rob02] { counts[Int(clause.rawValue)].satisfied += count }
  }
}

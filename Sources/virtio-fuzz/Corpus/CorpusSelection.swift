/// Which programs are worth keeping: a few that together reach all the code, and put all the clauses to the test, that
/// all of them do.
struct CorpusSelection {
  /// Those to keep, the one that adds most for its size first.
  let kept: [StoredProgram]
  /// How many of `kept` add nothing in the code, and only states of clauses.
  let countForClauses: Int
  /// Those that would be kept, were there more room.
  let dropped: [StoredProgram]
  /// Those that show a finding, or die.
  let withFindings: [StoredProgram]
  /// What all of them reach, with those that are there.
  let reach: Reach

  struct Reach: Equatable {
    /// Counters in the code at their different counts, and states of clauses.
    var code = 0
    var clauses = 0
  }

  /// Chooses among `candidates`, of which none are alike, what adds to `present`. The budget is for the kept ones and
  /// those in `charged` together.
  init(
    from candidates: [StoredProgram], beside present: [StoredProgram], charging charged: [StoredProgram] = [],
    budget: Budget?, on target: TargetDevice, known: [String]
  ) throws {
    let all = present + candidates
    let coverage = try CoverageMeasurement(of: all, on: target, known: known)
    var covered: Set<UInt32> = []
    for features in coverage.features.prefix(present.count) { covered.formUnion(features ?? []) }
    let features = coverage.features.dropFirst(present.count).map { $0 ?? [] }
    let choice = SetCover.choose(
      zip(features, candidates).map { SetCover.Candidate(features: $0, cost: $1.bytes.count) }, covered: covered)
    let cover = choice.map { candidates[$0] }
    kept = budget?.cut(cover, beside: charged) ?? cover
    let keptHashes = Set(kept.map(\.hash))
    dropped = cover.filter { !keptHashes.contains($0.hash) }
    withFindings = zip(candidates, coverage.features.dropFirst(present.count)).filter { $1 == nil }.map(\.0)

    var countForClauses = 0
    for index in choice where keptHashes.contains(candidates[index].hash) {
      let new = features[index].filter { !covered.contains($0) }
      covered.formUnion(new)
      if new.allSatisfy({ $0 >= coverage.firstOfClauses }) { countForClauses += 1 }
    }
    self.countForClauses = countForClauses
    let clauses = covered.count { $0 >= coverage.firstOfClauses }
    reach = Reach(code: covered.count - clauses, clauses: clauses)
  }
}

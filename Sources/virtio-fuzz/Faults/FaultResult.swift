import VirtioProgram
import VirtioSpec

/// How a fault was searched for, with several seeds.
struct FaultResult {
  let fault: Fault
  let ablation: Ablation
  /// One at least.
  let trials: [FaultTrial]
  /// The smallest program that shows it.
  let smallest: Program?

  var foundCount: Int { trials.count(where: \.isExpected) }

  /// What half of the seeds need at most, of what was found: of an even number, that of the slower one in the middle.
  private var median: FaultTrial? {
    let sorted = trials.sorted { ($0.isExpected ? $0.seconds : .infinity) < ($1.isExpected ? $1.seconds : .infinity) }
    let middle = sorted[sorted.count / 2]
    return middle.isExpected ? middle : nil
  }

  var isFound: Bool { median != nil }
  var medianSeconds: Double? { median?.seconds }

  var medianPrograms: UInt64? {
    let sorted = trials.map { $0.isExpected ? $0.programs : .max }.sorted()
    let middle = sorted[sorted.count / 2]
    return middle == .max ? nil : middle
  }

  /// What was reported, the most frequent first.
  var clauses: [ClauseID] {
    let counts = Dictionary(grouping: trials.compactMap { $0.verdict?.identity.clause }) { $0 }.mapValues(\.count)
    return counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map(\.key)
  }
}

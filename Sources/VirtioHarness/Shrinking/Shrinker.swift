import VirtioProgram

/// Makes a program smaller as long as it still shows what it is about: first fewer steps, then simpler fields.
/// Deterministic: the same program and the same question give the same answer.
public struct Shrinker {
  /// How many programs were tried.
  public private(set) var attempts = 0
  private let limit: Int

  /// - Parameter limit: how many programs are tried at most.
  public init(limit: Int = 20000) {
    self.limit = limit
  }

  /// The smallest program found for which `shows` says true, as it does for `program`.
  public mutating func shrink(_ program: Program, while shows: (Program) -> Bool) -> Program {
    var best = program
    var before: Program
    repeat {
      before = best
      dropSteps(&best, shows)
      simplifyHeader(&best, shows)
      simplifyFields(&best, shows)
    } while best != before && attempts < limit
    return best
  }

  /// Takes out runs of steps, long ones first.
  private mutating func dropSteps(_ best: inout Program, _ shows: (Program) -> Bool) {
    var length = max(best.steps.count / 2, 1)
    while true {
      var start = best.steps.count
      while start > 0 {
        start = max(start - length, 0)
        var smaller = best
        smaller.steps.removeSubrange(start..<min(start + length, best.steps.count))
        accept(smaller, &best, shows)
      }
      guard length > 1 else { return }
      length /= 2
    }
  }

  private mutating func simplifyHeader(_ best: inout Program, _ shows: (Program) -> Bool) {
    let changes: [(inout Header) -> Void] = [
      { $0 = Header(device: $0.device) }, { $0.withheldFeatures = 0 }, { $0.flags = [] }, { $0.queueCount = 1 },
      { $0.sizeLog2 = 8 }, { $0.capacity = 64 },
    ]
    for change in changes {
      var simpler = best
      change(&simpler.header)
      accept(simpler, &best, shows)
    }
  }

  /// Brings every field towards 0: at once, or bit by bit from the top.
  private mutating func simplifyFields(_ best: inout Program, _ shows: (Program) -> Bool) {
    for index in best.steps.indices {
      for spec in best.steps[index].kind.fields {
        let number = best.steps[index][spec.field]
        guard number != 0 else { continue }
        if trySetting(spec.field, 0, index, &best, shows) { continue }
        var bit: UInt64 = 1 << UInt64(63 - number.leadingZeroBitCount)
        while bit != 0 {
          let current = best.steps[index][spec.field]
          if current & bit != 0 { _ = trySetting(spec.field, current & ~bit, index, &best, shows) }
          bit >>= 1
        }
      }
    }
  }

  private mutating func trySetting(
    _ field: StepField, _ number: UInt64, _ index: Int, _ best: inout Program, _ shows: (Program) -> Bool
  ) -> Bool {
    var simpler = best
    simpler.steps[index][field] = number
    simpler.steps[index] = simpler.steps[index].reduced()
    return accept(simpler, &best, shows)
  }

  @discardableResult
  private mutating func accept(_ candidate: Program, _ best: inout Program, _ shows: (Program) -> Bool) -> Bool {
    guard candidate != best, attempts < limit else { return false }
    attempts += 1
    guard shows(candidate) else { return false }
    best = candidate
    return true
  }
}

import VirtioProgram

/// Makes a program smaller as long as it still shows what it is about: first fewer steps, then simpler fields.
///
/// Deterministic: the same program and the same question give the same answer. Where ``isDone``, nothing that it tries
/// is left to take away, so that shrinking the result gives the result.
public struct Shrinker {
  /// How many programs were tried.
  public private(set) var attempts = 0
  private let limit: Int

  /// Whether it ended because nothing more could be taken away, and not at the limit.
  public var isDone: Bool { attempts < limit }

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
    for bit in 0..<64 {
      var simpler = best
      simpler.header.withheldFeatures &= ~(1 << UInt64(bit))
      accept(simpler, &best, shows)
    }
    for bit in 0..<Header.Flags.RawValue.bitWidth {
      var simpler = best
      simpler.header.flags.remove(Header.Flags(rawValue: 1 << Header.Flags.RawValue(bit)))
      accept(simpler, &best, shows)
    }
  }

  /// Brings every field towards the simplest number of its domain.
  private mutating func simplifyFields(_ best: inout Program, _ shows: (Program) -> Bool) {
    for index in best.steps.indices {
      for spec in best.steps[index].kind.fields {
        while acceptSimpler(spec, index, &best, shows) {}
      }
    }
  }

  /// Takes the first of the simpler numbers of a field with which the program still shows it.
  private mutating func acceptSimpler(
    _ spec: FieldSpec, _ index: Int, _ best: inout Program, _ shows: (Program) -> Bool
  ) -> Bool {
    for number in spec.simpler(than: best.steps[index][spec.field]) {
      var simpler = best
      simpler.steps[index][spec.field] = number
      if accept(simpler, &best, shows) { return true }
    }
    return false
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

extension ProgramGenerator {
  /// The step with one field changed inside its domain; another step of the style for a kind without fields.
  mutating func tweaked(_ step: Step) -> Step {
    let rules = StepTable.shapes[Int(step.kind.rawValue)].rules
    guard !rules.isEmpty else { return self.step() }
    let rule = StepTable.rules[rules.lowerBound + random.below(rules.count)]
    return step.setting(rule.field, tweaked(step[rule.field], rule)).reduced()
  }

  private mutating func tweaked(_ number: UInt64, _ rule: StepTable.Rule) -> UInt64 {
    switch rule.meaning {
    case .flags: return number ^ 1 << random.below(UInt64(rule.largest.nonzeroBitCount))
    case .address: return tweaked(SymbolicAddress(reducing: number)).rawValue
    case .any, .below, .offset:
      switch random.below(8) {
      case 0: return number &+ 1
      case 1: return number &- 1
      case 2: return number ^ 1 << random.below(UInt64(64 - rule.largest.leadingZeroBitCount))
      case 3: return number &+ random.next() >> 60 &- 8
      default: return self.number(rule)
      }
    }
  }

  private mutating func tweaked(_ address: SymbolicAddress) -> SymbolicAddress {
    let distance = InterestingNumbers.distances[random.below(InterestingNumbers.distances.count)]
    switch random.below(4) {
    case 0: return SymbolicAddress(address.place, address.number, offset: address.offset + distance)
    case 1: return SymbolicAddress(address.place, address.number, offset: address.offset - distance)
    case 2: return SymbolicAddress(address.place, address.number ^ UInt8(1 << random.below(3)), offset: address.offset)
    default: return self.address()
    }
  }
}

import VirtioSpec

// Steps whose fields hold anything of their domains.
extension ProgramGenerator {
  mutating func anyStep() -> Step {
    anyStep(StepKind(reducing: UInt8(random.below(StepKind.allCases.count))))
  }

  mutating func anyStep(_ kind: StepKind) -> Step {
    var step = Step(kind)
    for index in StepTable.shapes[Int(kind.rawValue)].rules {
      let rule = StepTable.rules[index]
      step[rule.field] = number(rule)
    }
    return step.reduced()
  }

  /// A number for a field; one that is not in the domain yet may be among them.
  mutating func number(_ rule: StepTable.Rule) -> UInt64 {
    switch rule.meaning {
    case .any: interesting()
    case .below: random.oneIn(4) ? 0 : random.oneIn(4) ? interesting() : random.below(rule.largest + 1)
    case .flags: random.oneIn(2) ? 0 : random.oneIn(2) ? random.next() : 1 << random.below(UInt64(16))
    case .offset: registerOffset()
    case .address: address().rawValue
    }
  }

  mutating func interesting() -> UInt64 {
    switch random.below(8) {
    case 0: 1 << random.below(UInt64(64))
    case 1: 1 << random.below(UInt64(64)) &- 1
    case 2: random.next() >> random.below(UInt64(64))
    case 3: random.below(UInt64(8))
    default: random.pick(InterestingNumbers.numbers)
    }
  }

  mutating func address() -> SymbolicAddress {
    let number = UInt8(random.below(random.oneIn(4) ? 64 : 4))
    let distance = InterestingNumbers.distances[random.below(InterestingNumbers.distances.count)]
    let address =
      switch random.below(32) {
      case 0..<4: SymbolicAddress.automatic
      case 4..<15: SymbolicAddress(.buffer, number, offset: random.oneIn(2) ? 0 : distance)
      case 15, 16: SymbolicAddress(.descriptors, number, offset: distance)
      case 17, 18: SymbolicAddress(.driverArea, number, offset: distance)
      case 19, 20: SymbolicAddress(.deviceArea, number, offset: distance)
      case 21, 22: SymbolicAddress(.table, number, offset: distance)
      case 23: SymbolicAddress(.regionStart, number, offset: random.oneIn(2) ? distance : -distance)
      case 24..<27: SymbolicAddress(.regionEnd, number, offset: -distance)
      case 27, 28: SymbolicAddress(.hole, number, offset: distance)
      case 29, 30: SymbolicAddress(.top, offset: -distance)
      default: SymbolicAddress(.absolute, offset: Int64(random.next() >> (17 + random.below(UInt64(47)))))
      }
    return SymbolicAddress(reducing: address.rawValue)
  }
}

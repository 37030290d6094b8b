/// What ``StepKind/fields`` says, as flat tables of trivial values: reducing runs for every step of every input, and
/// must neither count references nor allocate.
enum StepTable {
  /// What a field of a kind may hold.
  struct Rule: Sendable {
    enum Meaning {
      case any, below, flags, offset, address
    }

    let field: StepField
    let meaning: Meaning
    /// Of `below` the largest number; of the others the bits that may be set.
    let largest: UInt64

    init(_ spec: FieldSpec) {
      field = spec.field
      switch spec.domain {
      case .any: (meaning, largest) = (.any, spec.field.mask)
      case .below(let limit): (meaning, largest) = (.below, limit - 1)
      case .choice(let names): (meaning, largest) = (.below, UInt64(names.count) - 1)
      case .flags(let names): (meaning, largest) = (.flags, 1 << UInt64(names.count) - 1)
      case .offset: (meaning, largest) = (.offset, spec.field.mask)
      case .address: (meaning, largest) = (.address, spec.field.mask)
      }
    }
  }

  /// The records of one kind.
  struct Shape: Sendable {
    /// The bits of each word that have a meaning, without the kind.
    let keep: RecordWords
    /// The largest number of each field, by the field's raw value; all ones where keeping bits is enough.
    let largest: [11 of UInt64]
    let hasAddress: Bool
    /// Where the kind's rules are in ``rules``.
    let rules: Range<Int>

    init(_ kind: StepKind, firstRule: Int) {
      let kindRules = kind.fields.map(Rule.init)
      var kept = Step(kind)
      var largest = [11 of UInt64](repeating: .max)
      for rule in kindRules {
        kept[rule.field] = rule.meaning == .flags ? rule.largest : rule.field.mask
        if rule.meaning == .below { largest[Int(rule.field.rawValue)] = rule.largest }
      }
      keep = (kept.words.0 & ~0xff, kept.words.1, kept.words.2, kept.words.3)
      self.largest = largest
      hasAddress = kindRules.contains { $0.meaning == .address }
      rules = firstRule..<firstRule + kindRules.count
    }
  }

  /// The rules of every kind, one kind after the other.
  static let rules: [Rule] = StepKind.allCases.flatMap { $0.fields.map(Rule.init) }

  /// By the kind's raw value.
  static let shapes: [Shape] = StepKind.allCases.reduce(into: []) { shapes, kind in
    shapes.append(Shape(kind, firstRule: shapes.last?.rules.upperBound ?? 0))
  }
}

import Testing

@testable import VirtioProgram

@Suite("A step's canonical form")
struct StepTests {
  @Test("is what the domains of its fields say, for any bytes")
  func followsTheDomains() {
    var random = ProgramRandom(seed: 2)
    for _ in 0..<20_000 {
      var words = (random.next(), random.next(), random.next(), random.next())
      if random.oneIn(2) { words.0 = words.0 & ~0xff | random.below(UInt64(StepKind.allCases.count)) }
      let step = Step(words: words)
      var expected = Step(step.kind)
      for spec in step.kind.fields { expected[spec.field] = spec.domain.reduce(step[spec.field]) }
      #expect(step.reduced() == expected)
      #expect(expected.reduced() == expected)
    }
  }

  @Test("keeps every number that a field can hold")
  func keepsTheDomain() {
    for kind in StepKind.allCases {
      for spec in kind.fields {
        guard case .choice(let names) = spec.domain else { continue }
        for number in names.indices {
          let step = Step(kind).setting(spec.field, UInt64(number))
          #expect(step.reduced() == step)
        }
      }
    }
  }

  @Test("has no two fields of a kind at one place")
  func fieldsAreDistinct() {
    for kind in StepKind.allCases {
      #expect(Set(kind.fields.map(\.field)).count == kind.fields.count)
      #expect(Set(kind.fields.map(\.name)).count == kind.fields.count)
    }
  }
}

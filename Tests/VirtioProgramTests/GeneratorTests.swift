import Testing

@testable import VirtioProgram

@Suite("The generator")
struct GeneratorTests {
  @Test("makes canonical programs of the wished length", arguments: ProgramGenerator.Style.allCases)
  func canonical(style: ProgramGenerator.Style) {
    var generator = ProgramGenerator(style: style, seed: 5)
    for _ in 0..<500 {
      let program = generator.program(steps: 24..<65)
      #expect((24..<65).contains(program.steps.count))
      #expect(Program.isCanonical(program.encode()))
      let step = generator.step()
      #expect(step.reduced() == step)
    }
    #expect(generator.program(steps: 3..<3).steps.count == 3)
    #expect(generator.program(steps: 1000..<1001).steps.count == Program.maxSteps)
  }

  @Test("makes the same programs of the same seed", arguments: ProgramGenerator.Style.allCases)
  func deterministic(style: ProgramGenerator.Style) {
    var first = ProgramGenerator(style: style, seed: 6)
    var second = ProgramGenerator(style: style, seed: 6)
    var other = ProgramGenerator(style: style, seed: 7)
    let programs = (0..<20).map { _ in first.program(steps: 24..<65) }
    #expect(programs == (0..<20).map { _ in second.program(steps: 24..<65) })
    #expect(programs != (0..<20).map { _ in other.program(steps: 24..<65) })
  }

  @Test("makes steps of every kind")
  func everyKind() {
    let kinds = Set(samplePrograms(perStyle: 200).flatMap(\.steps).map(\.kind))
    #expect(kinds == Set(StepKind.allCases))
  }

  @Test("breaks chains in every way that there is")
  func everyFault() {
    var generator = ProgramGenerator(style: .descriptors, seed: 8)
    let steps = (0..<400).flatMap { _ in generator.program(steps: 24..<65).steps }
    let faults = Set(steps.filter { $0.kind == .publish }.map { $0[.fault] })
    #expect(faults == Set(ChainFault.allCases.map { UInt64($0.rawValue) }))
  }

  @Test("begins a lifecycle with a driver that makes the device live")
  func bringsUp() {
    var generator = ProgramGenerator(style: .lifecycle, seed: 9, faultRate: 0)
    for _ in 0..<200 {
      let program = generator.program(steps: 24..<65)
      let queues = Int(program.header.virtqueueCount)
      let expected = [StepKind.negotiate] + Array(repeating: .queue, count: queues) + [.status]
      // The legacy interface has its own words for some of it.
      let kinds = program.steps.map(\.kind).filter { $0 != .pageSize }.map { $0 == .legacyQueue ? .queue : $0 }
      #expect(kinds.prefix(queues + 2) == expected[...])
      #expect(program.steps.contains { $0.kind == .publish })
    }
  }

  @Test("keeps the rules where no faults are asked for")
  func wellFormed() {
    var generator = ProgramGenerator(style: .lifecycle, seed: 10, faultRate: 0)
    for _ in 0..<1000 {
      let program = generator.program(steps: 24..<65)
      for step in program.steps { expectWellFormed(step, header: program.header) }
    }
  }

  private func expectWellFormed(_ step: Step, header: Header) {
    #expect(step[.fault] == 0)
    #expect(![.descriptor, .offer, .store, .race].contains(step.kind))
    #expect([.service, .fill, .deliver].contains(step.kind) || step[.queue] < UInt64(header.virtqueueCount))
    switch step.kind {
    case .queue:
      #expect(step[.size].nonzeroBitCount == 1 || header.flags.contains(.packed) && step[.size] > 0)
      #expect(step[.size] <= 1 << UInt64(header.sizeLog2))
    case .negotiate:
      #expect(step[.value] >> 32 & 1 == 1)
      #expect(step[.index] == 0)
    case .publish:
      #expect(step.address == .automatic)
      let request = Request(rawValue: UInt8(step[.choice]))!
      #expect((request == .entropy) == (header.device == .entropy))
      guard header.device == .block, request == .read || request == .write else { break }
      #expect(step[.length].isMultiple(of: 512))
      #expect(step[.value] + step[.length] / 512 <= UInt64(header.capacity))
    default: break
    }
  }
}

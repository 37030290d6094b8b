import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("The rules for drivers of a transport")
struct TransportTests {
  @Test("are all that its drivers have an occasion for", arguments: Transport.allCases)
  func isComplete(transport: Transport) {
    let foreign = Set(Judge.traceRules).subtracting(Judge.traceRules(of: transport))
    #expect(!foreign.isEmpty)
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    for style in [ProgramGenerator.Style.registers, .lifecycle, .legacy] {
      var generator = ProgramGenerator(style: style, seed: Cases.seed)
      for _ in 0..<200 {
        var program = generator.program(steps: 24..<64)
        program.header.flags.remove(.legacy)
        if transport == .legacy { program.header.flags.insert(.legacy) }
        _ = harness.run(program)
      }
    }
    let judged = foreign.filter { harness.observer.ledger.counts[Int($0.rawValue)].armed > 0 }
    #expect(judged.isEmpty, "\(judged.map(\.name))")
  }

  @Test("are rules for drivers of one transport at least")
  func isKnown() {
    #expect(Set(Transport.allCases.flatMap(Judge.traceRules(of:))) == Set(Judge.traceRules))
  }
}

import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("A driver that keeps all rules")
struct GuaranteeProperties {
  private typealias JudgedHarness = Harness<ReferenceDevice, Judge>

  @Test("is what a generator without faults makes", arguments: ["lifecycle", "packed"])
  func isGenerated(_ style: String) {
    var harness = JudgedHarness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var generator = ProgramGenerator(style: .named(style), seed: Cases.seed, faultRate: 0)
    for number in 0..<Cases.count {
      let program = generator.program(steps: 24..<64)
      _ = harness.run(program)
      guard let breach = harness.observer.ledger.misleadingBreaches.first else { continue }
      Issue.record(
        """
        program \(number) of seed \(Cases.seed) breaks \(breach.clause.name) at step \(breach.step):
        \(program.text(numbered: true))
        """)
      return
    }
  }

  @Test(
    "keeps every obligation of the device in force", arguments: ["registers", "descriptors", "lifecycle", "packed"])
  func keepsAllInForce(_ style: String) {
    var harness = JudgedHarness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var generator = ProgramGenerator(style: .named(style), seed: Cases.seed, faultRate: 0)
    var steps = 0
    for number in 0..<Cases.count {
      let program = lawful(generator.program(steps: 24..<64), &harness)
      steps += program.steps.count
      let suspended = Self.suspended(harness.observer.ledger)
      guard let clause = suspended.first else { continue }
      var shrinker = Shrinker(limit: 5000)
      let small = shrinker.shrink(program) { candidate in
        _ = harness.run(candidate)
        return harness.observer.ledger.misleadingBreaches.isEmpty
          && Self.suspended(harness.observer.ledger).contains(clause)
      }
      Issue.record(
        """
        program \(number) of seed \(Cases.seed) breaks no rule, and \(clause.name) was suspended:
        \(small.text(numbered: true))
        """)
      return
    }
    #expect(steps > 10 * Cases.count, "too little is left of the programs")
  }

  private static func suspended(_ ledger: borrowing Ledger) -> [ClauseID] {
    var clauses: [ClauseID] = []
    for clause in ClauseID.allCases where ledger.marks[Int(clause.rawValue)].contains(.suspended) {
      clauses.append(clause)
    }
    return clauses
  }

  /// The program without the steps that break a driver's rules, as the judge names them one after the other, and without
  /// those that no driver takes: changes of memory while the device works, and raw numbers and buffers wherever they may
  /// fall.
  private func lawful(_ program: Program, _ harness: inout JudgedHarness) -> Program {
    var program = program
    var isNegotiated = false
    let formats: [RingFormat] = program.header.flags.contains(.packed) ? [.split, .packed] : [.split]
    func isPossible(_ size: UInt32) -> Bool { formats.contains { $0.isValidSize(size) } }
    program.steps.removeAll { step in
      switch step.kind {
      case .reset: isNegotiated = false
      case .negotiate: isNegotiated = true
      case .write where step[.index] == UInt64(Register.status.rawValue):
        if step[.value] & 0xffff_ffff == 0 { isNegotiated = false }
      default: break
      }
      return switch step.kind {
      case .race, .store, .fill, .descriptor, .offer: true
      // Buffers are not where rings may be.
      case .publish: step[.fault] == UInt64(ChainFault.border.rawValue) || step.address != .automatic
      // Where a driver begins is its own business (INIT-DRV-01), but a queue that lives before tells nothing.
      // What a device makes of a size that no ring can have is open (A7).
      case .queue: !isNegotiated || !isPossible(UInt32(step[.size]))
      case .write where step[.index] == UInt64(Register.queueNum.rawValue):
        !isPossible(UInt32(truncatingIfNeeded: step[.value]))
      case .write where step[.index] == UInt64(Register.queueReady.rawValue): !isNegotiated
      // What a queue does until its reset has been read to be over is open.
      case .write: step[.index] == UInt64(Register.queueReset.rawValue)
      default: false
      }
    }
    while true {
      _ = harness.run(program)
      guard let breach = harness.observer.ledger.misleadingBreaches.first, breach.step < program.steps.count else {
        return program
      }
      program.steps.remove(at: breach.step)
    }
  }
}

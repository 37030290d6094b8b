import ArgumentParser
import Foundation
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// The same programs on two devices.
struct Comparison {
  /// A clause that one of them breaks where the other does not, which the specification does not allow for.
  struct Breach {
    let clause: Clause
    let severity: Clause.Severity
    /// The name of the device that breaks it.
    let device: String
    /// How many programs show it.
    var count: Int
    /// The smallest of them, and what is wrong in it.
    var example: NamedProgram
    var verdict: Verdict?
  }

  /// What they do differently within the specification.
  struct Difference {
    let what: String
    /// How many programs show it.
    var count: Int
    /// The smallest of them.
    var example: NamedProgram
    var detail: AllowedDifference
  }

  /// Their names, as a person gave them.
  let names: [String]
  private(set) var programs = 0
  /// In the order of the clauses.
  private(set) var breaches: [Breach] = []
  /// What most programs show comes first.
  private(set) var differences: [Difference] = []
  /// What both break in the same program.
  private(set) var common: Set<ClauseID> = []

  /// - Parameters:
  ///   - names: Of the two devices, in their order.
  init(of programs: [NamedProgram], on devices: [TargetDevice], names: [String]) throws {
    self.names = names
    self.programs = programs.count
    let surveys = try devices.map { try $0.survey(programs.map(\.program)).surveys }
    for (index, program) in programs.enumerated() {
      let both = surveys.map { $0[index] }
      compareVerdicts(program, both)
      // Where a clause is broken, what is different may come from that.
      guard both.allSatisfy(\.broken.isEmpty) else { continue }
      let transcripts = try devices.map { try $0.transcriptLines(of: program.program).lines }
      guard transcripts[0] != transcripts[1] else { continue }
      let answers = try transcripts.map(DeviceAnswers.init)
      for difference in answers[0].differences(from: answers[1]) { add(difference, program) }
    }
    breaches.sort { ($0.clause.id.rawValue, $0.device) < ($1.clause.id.rawValue, $1.device) }
    differences.sort { ($1.count, $0.what) < ($0.count, $1.what) }
  }

  private mutating func compareVerdicts(_ program: NamedProgram, _ surveys: [Survey]) {
    // Of a device that died nothing else is known.
    let isDead = surveys.contains { $0.findings.contains(where: \.isDeath) }
    let broken = surveys.map { survey in isDead ? survey.broken.intersection([.rob01, .rob02]) : survey.broken }
    common.formUnion(broken[0].intersection(broken[1]))
    for (index, other) in [(0, 1), (1, 0)] {
      for clause in broken[index].subtracting(broken[other]) {
        add(clause, program, surveys[index].findings.first { $0.identity.clause == clause }, names[index])
      }
    }
  }

  private mutating func add(_ clause: ClauseID, _ program: NamedProgram, _ verdict: Verdict?, _ device: String) {
    guard let index = breaches.firstIndex(where: { $0.clause.id == clause && $0.device == device }) else {
      let severity = verdict?.severity ?? clause.clause.severity
      return breaches.append(
        Breach(
          clause: clause.clause, severity: severity, device: device, count: 1, example: program, verdict: verdict))
    }
    breaches[index].count += 1
    if program.program.steps.count < breaches[index].example.program.steps.count {
      breaches[index].example = program
      breaches[index].verdict = verdict
    }
  }

  private mutating func add(_ difference: AllowedDifference, _ program: NamedProgram) {
    guard let index = differences.firstIndex(where: { $0.what == difference.what }) else {
      return differences.append(Difference(what: difference.what, count: 1, example: program, detail: difference))
    }
    differences[index].count += 1
    if program.program.steps.count < differences[index].example.program.steps.count {
      differences[index].example = program
      differences[index].detail = difference
    }
  }

  func code(isStrict: Bool) -> ExitCode {
    breaches.contains { isStrict || $0.severity == .error } ? .finding : .success
  }
}

extension Survey {
  /// The clauses for devices that were broken.
  fileprivate var broken: Set<ClauseID> {
    Set(rows.filter { $0.violated > 0 && $0.clause.clause.side == .device }.map(\.clause))
      .union(findings.map(\.identity.clause))
  }
}

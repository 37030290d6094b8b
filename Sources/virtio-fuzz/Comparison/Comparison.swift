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
    var sight: Sight
  }

  /// What is wrong in a program.
  struct Sight {
    /// `seen 0x1, expected 0x0 at step 2`
    let words: String
    let step: Int?
    let severity: Clause.Severity
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
      let transcripts = try devices.map { try $0.transcriptLines(of: program.program) }
      guard !compareEnds(program, transcripts.map(\.end)), transcripts[0].lines != transcripts[1].lines
      else { continue }
      let answers = try transcripts.map { try DeviceAnswers($0.lines) }
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
        let verdict = surveys[index].findings.first { $0.identity.clause == clause }
        let sight = verdict.map { Sight(words: "\($0.sight) at step \($0.step)", step: $0.step, severity: $0.severity) }
        add(
          clause, program, names[index],
          sight
            ?? Sight(
              words: "behind the findings that are kept of one program", step: nil, severity: clause.clause.severity))
      }
    }
  }

  /// Whether a device died, though it did not when the program was judged.
  private mutating func compareEnds(_ program: NamedProgram, _ ends: [TargetDevice.EarlyEnd?]) -> Bool {
    for (name, end) in zip(names, ends) {
      guard let end else { continue }
      let words = "it \(end.words) when the program was run once more"
      add(end.clause, program, name, Sight(words: words, step: nil, severity: .error))
    }
    return ends.contains { $0 != nil }
  }

  private mutating func add(_ clause: ClauseID, _ program: NamedProgram, _ device: String, _ sight: Sight) {
    guard let index = breaches.firstIndex(where: { $0.clause.id == clause && $0.device == device }) else {
      return breaches.append(
        Breach(
          clause: clause.clause, severity: sight.severity, device: device, count: 1, example: program, sight: sight))
    }
    breaches[index].count += 1
    if program.program.steps.count < breaches[index].example.program.steps.count {
      breaches[index].example = program
      breaches[index].sight = sight
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

import VirtioHarness
import VirtioProgram
import VirtioSpec

/// Makes the examples of findings small, in a time that is limited for all of them together.
struct Minimization {
  let device: TargetDevice
  /// In seconds; with 0, programs stay as they were found.
  let limit: Int

  /// One for each finding, in the order of clauses and then of sizes, and each shown once more by running it again.
  func run(_ examples: [FindingIdentity: [Evidence.Example]]) throws -> [Violation] {
    let start = ContinuousClock.now
    // The small ones need little time, and leave the rest of theirs to the others.
    let sorted = examples.values.sorted { $0[0].rank < $1[0].rank }
    let violations = try sorted.enumerated().map { index, examples in
      let left = limit - Int((.now - start) / Duration.seconds(1))
      return try violation(examples, seconds: left / (sorted.count - index))
    }
    return violations.sorted { $0.rank < $1.rank }
  }

  /// Of the first of these that shows it by itself, if one does.
  private func violation(_ examples: [Evidence.Example], seconds: Int) throws -> Violation {
    let identity = examples[0].verdict.identity
    let alone = try examples.first { try device.verdict($0.source.program, only: identity) != nil }
    guard let example = alone else {
      let first = examples[0]
      return Violation(
        program: first.source.program, verdict: first.verdict, source: first.source.path, size: .asFound,
        isShownAgain: false)
    }
    let program = example.source.program
    // Its complaint is on the error stream already, and the program that was found is still one.
    let start = ContinuousClock.now
    let small = seconds > 0 ? try? device.minimized(program, only: identity, seconds: seconds) : nil
    let isDone = .now - start < .seconds(seconds)
    let again = try device.verdict(small ?? program, only: identity)
    return Violation(
      program: small ?? program, verdict: again ?? example.verdict, source: example.source.path,
      size: small == nil ? .asFound : isDone ? .smallest : .smaller, isShownAgain: again != nil)
  }
}

/// A finding, and the smallest program of it.
struct Violation {
  enum Size {
    case asFound
    /// The time was over before all was tried.
    case smaller
    case smallest
  }

  let program: Program
  let verdict: Verdict
  /// The path of the program that it was found in.
  let source: String
  let size: Size
  /// Whether it was seen again when the program was run once more, by itself.
  let isShownAgain: Bool

  var clause: Clause { verdict.identity.clause.clause }

  /// Of this and another of the same clause, the first that a person should look at comes first.
  fileprivate var rank: (UInt16, Int, Int, UInt8) {
    (
      verdict.identity.clause.rawValue, verdict.severity == .error ? 0 : 1, program.steps.count,
      verdict.identity.stepKind?.rawValue ?? .max
    )
  }

  /// `seen 0x1, expected 0x0 at step 2, after the driver broke FEAT-DRV-06 at step 1`
  var sight: String {
    let fault = verdict.driverFault.isEmpty ? "" : ", after the driver broke \(verdict.driverFault)"
    return "\(verdict.sight) at step \(verdict.step)\(fault)"
  }

  /// The program as it can be assembled, with comments that say what is wrong.
  var text: String {
    let history =
      switch size {
      case .asFound: "not minimized, from \(source)"
      case .smaller: "smaller, and not minimal, as there was no time left; from \(source)"
      case .smallest: "minimized, from \(source)"
      }
    let again = isShownAgain ? "" : "; it was not seen again when it was run once more"
    let lines = ["# \(verdict.identity): \(sight)", "# \(history)\(again)"]
    return lines.map { "\($0)\n" }.joined() + program.text(numbered: true)
  }
}

extension Evidence.Example {
  fileprivate var rank: (Int, UInt16, UInt8) {
    (steps, verdict.identity.clause.rawValue, verdict.identity.stepKind?.rawValue ?? .max)
  }
}

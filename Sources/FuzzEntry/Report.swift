import VirtioOracle
import VirtioProgram
import VirtioSpec

/// What a person is told of a finding: what was broken, where, by whom, and how to see it again.
struct Report {
  enum Cause {
    /// The judge saw a clause broken; `others` are what it saw besides, in the same program, and `scope` is what it could
    /// not see there.
    case violation(Finding, others: [Finding], scope: Scope)
    /// The process died, of what `signal` names.
    case crash(signal: String)
    /// The program ran into its time limit.
    case hang
  }

  let cause: Cause
  /// The number of the step; not a step's for what comes before the first and behind the last.
  let step: UInt64
  let program: Program
  /// Where the program's bytes are, or will be once the process has ended.
  let artifact: String
  /// Whether they are what the program is written as; other bytes are taken for a program only when asked for.
  let isCanonical: Bool
  /// The fuzz target, as it was started.
  let executable: String
  /// As `--device` has it, where the device is not of the executable.
  let foreignDevice: String?

  var text: String {
    var lines = ["", "== virtio-fuzz: \(clause.name) \(place)"]
    lines += facts.map { "\(pad($0.0)) \($0.1)" }
    lines += ["program:"] + programLines + [""]
    return lines.joined(separator: "\n")
  }

  private var clause: Clause {
    switch cause {
    case .violation(let finding, _, _): finding.clause.clause
    case .crash: ClauseID.rob01.clause
    case .hang: ClauseID.rob02.clause
    }
  }

  private var place: String {
    if step < program.steps.count { return "at step \(step): \(program.steps[Int(step)].text)" }
    return step == Board.outsideProgram ? "at power-on" : "behind the last step"
  }

  private var facts: [(String, String)] {
    var facts = [("says", clause.says)]
    switch cause {
    case .violation(let finding, let others, let scope):
      facts.append(("severity", "\(finding.severity)"))
      facts.append(("seen", hexadecimal(finding.seen)))
      facts.append(("expected", hexadecimal(finding.expected)))
      facts.append(("at fault", finding.fault))
      let places = others.prefix(8).map { "\($0.clause.name) at step \($0.step)" }
      if !places.isEmpty { facts.append(("besides", places.joined(separator: ", "))) }
      if let text = scope.text { facts.append(("scope", text)) }
    case .crash(let signal):
      facts.append(("died of", signal))
      facts.append(("at fault", "device"))
    case .hang:
      facts.append(("at fault", "device"))
    }
    let (target, file) = (quoted(executable), quoted(artifact))
    facts.append(("artifact", artifact))
    let bytes = isCanonical ? "" : "--any-bytes "
    guard let device = foreignDevice else {
      // By itself, since nobody else knows its device.
      facts.append(("replay", "\(target) \(file)"))
      facts.append(("minimize", "virtio-fuzz minimize \(bytes)--with \(target) \(file)"))
      return facts
    }
    facts.append(("replay", "\(ForeignDevice.variable)=\(quoted(device)) \(target) \(file)"))
    facts.append(("minimize", "virtio-fuzz minimize \(bytes)--device \(quoted(device)) \(file)"))
    return facts
  }

  /// The program's text form, which can be assembled as it is here: what is added is in comments.
  private var programLines: [String] {
    let headLines = 2
    var lines = program.text(numbered: true).split(separator: "\n").map(String.init)
    if step < program.steps.count { lines[headLines + Int(step)] += "  <== \(clause.name)" }
    return lines
  }

  private func pad(_ label: String) -> String {
    "  \(label):" + String(repeating: " ", count: max(0, 10 - label.count))
  }
}

extension Finding {
  /// Who was first at fault.
  var fault: String {
    guard let driverFault else { return "device" }
    return "device, after the driver broke \(driverFault.clause.name) at step \(driverFault.step)"
  }
}

/// A word as a shell takes it.
private func quoted(_ word: String) -> String {
  let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "/._-+=,:@%".contains($0) }
  let parts = word.split(separator: "'", omittingEmptySubsequences: false)
  return isPlain ? word : "'" + parts.joined(separator: #"'\''"#) + "'"
}

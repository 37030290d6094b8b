import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Findings by their identity: a clause, and the kind of step that breaks it.
struct FindingList {
  /// What stands for the kind of what comes behind the last step.
  fileprivate static let endName = "end"

  fileprivate struct Entry {
    let clause: ClauseID
    /// As in ``Finding/stepKind``; nil for any.
    let stepKind: UInt8?
  }

  struct Malformed: Error, CustomStringConvertible {
    let entry: String

    var description: String {
      "'\(entry)' names no finding; it is written CLAUSE/step, as in MMIO-DEV-03/kick, "
        + "with * for any step and '\(FindingList.endName)' for what comes behind the last one"
    }
  }

  private let entries: [Entry]

  /// The findings in a list like `MMIO-DEV-03/kick,ROB-05/*`.
  init(_ list: String) throws(Malformed) {
    var entries: [Entry] = []
    for word in list.split(separator: ",") {
      guard let entry = Entry(word) else { throw Malformed(entry: String(word)) }
      entries.append(entry)
    }
    self.entries = entries
  }

  func contains(_ finding: Finding) -> Bool {
    for entry in entries where entry.clause == finding.clause {
      if entry.stepKind == nil || entry.stepKind == finding.stepKind { return true }
    }
    return false
  }
}

extension Finding {
  /// Its identity, as a list spells it.
  var identity: String {
    "\(clause.name)/\(StepKind(rawValue: stepKind)?.name ?? FindingList.endName)"
  }
}

extension FindingList.Entry {
  init?(_ word: Substring) {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let clause = ClauseID(name: parts[0]) else { return nil }
    self.clause = clause
    switch parts[1] {
    case "*": stepKind = nil
    case FindingList.endName: stepKind = .max
    case let name:
      guard let kind = StepKind.allCases.first(where: { $0.name == name }) else { return nil }
      stepKind = kind.rawValue
    }
  }
}

import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Findings that do not stop fuzzing: each a clause, and the kind of step that breaks it.
struct KnownFindings {
  /// Where a list of them is looked for.
  static let variable = "VIRTIO_FUZZ_KNOWN"

  fileprivate struct Entry {
    let clause: ClauseID
    /// As in ``Finding/stepKind``; nil for any.
    let stepKind: UInt8?
  }

  struct Malformed: Error, CustomStringConvertible {
    let entry: String

    var description: String {
      "'\(entry)' in \(KnownFindings.variable) is no finding; it is written CLAUSE/step, as in MMIO-DEV-03/kick, "
        + "with * for any step and 'end' for what comes behind the last one"
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

extension KnownFindings.Entry {
  init?(_ word: Substring) {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let clause = ClauseID(name: parts[0]) else { return nil }
    self.clause = clause
    switch parts[1] {
    case "*": stepKind = nil
    case "end": stepKind = .max
    default:
      guard let kind = StepKind.allCases.first(where: { $0.name == parts[1] }) else { return nil }
      stepKind = kind.rawValue
    }
  }
}

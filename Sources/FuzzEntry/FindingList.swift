import VirtioHarness
import VirtioOracle
import VirtioSpec

/// Findings by their identity: a clause, and the kind of step that breaks it.
struct FindingList {
  private enum Entry {
    case any(ClauseID)
    case one(FindingIdentity)

    init?(_ word: Substring) {
      if word.hasSuffix("/*"), let clause = ClauseID(name: word.dropLast(2)) {
        self = .any(clause)
      } else if let identity = FindingIdentity(word) {
        self = .one(identity)
      } else {
        return nil
      }
    }
  }

  struct Malformed: Error, CustomStringConvertible {
    let entry: String

    var description: String {
      "'\(entry)' names no finding; it is written CLAUSE/step, as in MMIO-DEV-03/kick, "
        + "with * for any step and '\(FindingIdentity.endName)' for what comes behind the last one"
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
    entries.contains { entry in
      switch entry {
      case .any(let clause): clause == finding.clause
      case .one(let identity): identity == finding.identity
      }
    }
  }
}

import VirtioOracle
import VirtioSpec

/// All that was seen of a program on a device, as a process tells it to another: how often each clause was judged, and
/// every finding. A ``Verdict`` is one finding of them.
public struct Survey: Equatable, Sendable {
  /// How often a program put one clause to the test.
  public struct Row: Equatable, Sendable {
    public let clause: ClauseID
    public let satisfied: UInt64
    public let violated: UInt64
    public let suspended: UInt64

    public init(clause: ClauseID, satisfied: UInt64, violated: UInt64, suspended: UInt64) {
      self.clause = clause
      self.satisfied = satisfied
      self.violated = violated
      self.suspended = suspended
    }
  }

  /// Whether the device owes the `HOUSE-*` clauses.
  public let declaresHousePolicy: Bool
  /// Whether each of its accesses to memory is seen; also where it died, since nothing is known then.
  public let isMemoryAudited: Bool
  /// The clauses that there was an occasion to judge, also those for drivers, in the order of their ids. None of a program
  /// that the device died of.
  public let rows: [Row]
  /// In the order of events. A death is one, ROB-01 or ROB-02, and the only one.
  public let findings: [Verdict]

  public init(declaresHousePolicy: Bool, isMemoryAudited: Bool, rows: [Row], findings: [Verdict]) {
    self.declaresHousePolicy = declaresHousePolicy
    self.isMemoryAudited = isMemoryAudited
    self.rows = rows
    self.findings = findings
  }

  /// What ``line`` made; nil where it is none.
  public init?(line: some StringProtocol) {
    let fields = line.split(separator: Character("\t"), omittingEmptySubsequences: false).map { String($0) }
    guard fields.count >= 2, (fields.count - 2).isMultiple(of: Verdict.fieldCount) else { return nil }
    let words = fields[0].split(separator: " ")
    declaresHousePolicy = words.contains(Self.houseWord)
    isMemoryAudited = !words.contains(Self.blindWord)
    var rows: [Row] = []
    for word in fields[1].split(separator: " ") {
      guard let row = Row(word) else { return nil }
      rows.append(row)
    }
    self.rows = rows
    var findings: [Verdict] = []
    for first in stride(from: 2, to: fields.count, by: Verdict.fieldCount) {
      guard let verdict = Verdict(fields: Array(fields[first..<first + Verdict.fieldCount])) else { return nil }
      findings.append(verdict)
    }
    self.findings = findings
  }

  /// With tabs between its parts, without a line feed: words about the device, four numbers a row, and the fields of each finding.
  public var line: String {
    let words = (declaresHousePolicy ? [Self.houseWord] : []) + (isMemoryAudited ? [] : [Self.blindWord])
    let head = [words.joined(separator: " "), rows.map(\.word).joined(separator: " ")]
    return (head + findings.map(\.line)).joined(separator: "\t")
  }

  private static let houseWord: Substring = "house"
  private static let blindWord: Substring = "blind"
}

extension Survey.Row {
  fileprivate init?(_ word: some StringProtocol) {
    let numbers = word.split(separator: Character(":")).compactMap { UInt64($0) }
    guard numbers.count == 4, let id = UInt16(exactly: numbers[0]), let clause = ClauseID(rawValue: id) else {
      return nil
    }
    self.init(clause: clause, satisfied: numbers[1], violated: numbers[2], suspended: numbers[3])
  }

  fileprivate var word: String { "\(clause.rawValue):\(satisfied):\(violated):\(suspended)" }
}

import ArgumentParser
import VirtioOracle
import VirtioSpec

/// One clause: how it is judged, and how often that was done.
struct ClauseReport {
  /// The state of a clause without what it says besides; in the order in which people want to see them.
  enum State: String, CaseIterable, Comparable, ExpressibleByArgument {
    case rule
    case traceRule = "trace-rule"
    case sameAs = "same-as"
    case judgedElsewhere = "judged-elsewhere"
    case waived
    /// A gap in the catalogue: a test forbids it.
    case none

    static func < (a: State, b: State) -> Bool { allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)! }
  }

  let id: ClauseID
  let state: State
  /// Why it is waived, or which clause says the same.
  let reason: String?
  let count: Statistics.Count

  init(_ id: ClauseID, _ count: Statistics.Count) {
    self.id = id
    self.count = count
    (state, reason) =
      switch Judge.state(of: id) {
      case .rule: (.rule, nil)
      case .traceRule: (.traceRule, nil)
      case .twin(let first): (.sameAs, first.name)
      case .judgedElsewhere: (.judgedElsewhere, "of how a process ends, or of two runs")
      case .waived(let reason): (.waived, reason)
      case nil: (.none, nil)
      }
  }

  /// Whether there is something that counts it.
  private var hasRule: Bool { state == .rule || state == .traceRule }

  private var side: String { id.clause.side == .device ? "device" : "driver" }

  private var stateText: String {
    switch state {
    case .rule: "rule"
    case .traceRule: "trace rule"
    case .sameAs: "same as \(reason ?? "")"
    case .judgedElsewhere: "judged elsewhere"
    case .waived: "waived: \(reason ?? "")"
    case .none: "none"
    }
  }

  // The table.

  /// A row for each clause, and below them one for each group. A clause that nothing armed says so, and has no numbers.
  static func table(_ rows: [ClauseReport]) -> String {
    let head = ["clause", "level", "side", "armed", "satisfied", "violated", "suspended", "state"]
    let clauses = Columns.aligned([head] + rows.map(\.cells), numbers: 3..<7)
    let groups = Columns.aligned([groupHead] + groupRows(rows), numbers: 1..<10)
    return (clauses + [""] + groups).map { "\($0)\n" }.joined()
  }

  private var cells: [String] {
    let numbers =
      !hasRule
      ? ["–", "–", "–", "–"]
      : count.armed == 0
        ? ["not armed", "–", "–", "–"]
        : [count.armed, count.satisfied, count.violated, count.suspended].map { "\($0)" }
    return [id.name, id.clause.level.rawValue, side] + numbers + [stateText]
  }

  private static let groupHead = [
    "group", "clauses", "rules", "trace rules", "twins", "elsewhere", "waived", "armed", "satisfied", "in force",
  ]

  private static func groupRows(_ rows: [ClauseReport]) -> [[String]] {
    var groups: [(name: String, rows: [ClauseReport])] = []
    // Rows may be sorted otherwise; groups are in the order of the ids.
    for row in rows.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
      if groups.last?.name != row.id.groupName { groups.append((row.id.groupName, [])) }
      groups[groups.count - 1].rows.append(row)
    }
    return groups.map { groupCells($0.name, $0.rows) } + (groups.count > 1 ? [groupCells("all", rows)] : [])
  }

  private static func groupCells(_ name: String, _ rows: [ClauseReport]) -> [String] {
    func count(_ state: State) -> String { "\(rows.count { $0.state == state })" }
    let judged = rows.filter(\.hasRule)
    var sum = Statistics.Count()
    for row in judged where row.state == .rule { sum += row.count }
    return [
      name, "\(rows.count)", count(.rule), count(.traceRule), count(.sameAs), count(.judgedElsewhere), count(.waived),
      judged.isEmpty ? "–" : "\(judged.count { $0.count.armed > 0 })",
      judged.isEmpty ? "–" : "\(judged.count { $0.count.satisfied > 0 })", percent(sum.inForce, of: sum.armed),
    ]
  }

  // JSON.

  private struct Object: Encodable {
    let clause: String
    let level: String
    let side: String
    let state: String
    let reason: String?
    let armed: UInt64
    let satisfied: UInt64
    let violated: UInt64
    let suspended: UInt64
  }

  /// An array with an object for each clause, a line each.
  static func json(_ rows: [ClauseReport]) throws -> String {
    try JSONLines.array(of: rows.map(\.object))
  }

  private var object: Object {
    Object(
      clause: id.name, level: id.clause.level.rawValue, side: side, state: state.rawValue, reason: reason,
      armed: count.armed, satisfied: count.satisfied, violated: count.violated, suspended: count.suspended)
  }
}

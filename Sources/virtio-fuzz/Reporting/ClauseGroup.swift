import VirtioSpec

/// The clauses whose ids begin alike, such as MMIO-DEV, and how often they were judged.
struct ClauseGroup {
  let name: String
  private(set) var count = 0
  /// How many of them were armed.
  private(set) var armed = 0
  /// The numbers of those that nothing armed.
  private(set) var unarmed: [String] = []
  /// Of its clauses for devices.
  private(set) var devices = Statistics.Count()
  /// Of its clauses for drivers: violated are breaches, which are no findings.
  private(set) var drivers = Statistics.Count()

  /// The groups in the order of the ids.
  static func all(_ counts: [Statistics.Count]) -> [ClauseGroup] {
    ClauseID.allCases.reduce(into: []) { groups, clause in
      let name = clause.groupName
      if groups.last?.name != name { groups.append(ClauseGroup(name: name)) }
      groups[groups.count - 1].add(counts[Int(clause.rawValue)], clause)
    }
  }

  static var names: [String] {
    all([Statistics.Count](repeating: Statistics.Count(), count: ClauseID.count)).map(\.name)
  }

  private init(name: String) { self.name = name }

  private mutating func add(_ count: Statistics.Count, _ clause: ClauseID) {
    self.count += 1
    if clause.clause.side == .device { devices += count } else { drivers += count }
    if count.armed > 0 { armed += 1 } else { unarmed.append(String(clause.name.dropFirst(name.count + 1))) }
  }
}

extension ClauseID {
  /// The id without its number.
  var groupName: String { name.split(separator: "-").dropLast().joined(separator: "-") }
}

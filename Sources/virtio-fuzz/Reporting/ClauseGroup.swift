import VirtioSpec

/// The clauses whose ids begin alike, such as MMIO-DEV, and how often they were judged.
struct ClauseGroup {
  let name: String
  private(set) var count = 0
  /// How many of them were armed.
  private(set) var armed = 0
  /// The numbers of those that nothing armed.
  private(set) var unarmed: [String] = []
  private(set) var sum = Statistics.Count()

  /// The groups in the order of the ids.
  static func all(_ counts: [Statistics.Count]) -> [ClauseGroup] {
    ClauseID.allCases.reduce(into: []) { groups, clause in
      let words = clause.name.split(separator: "-")
      let name = words.dropLast().joined(separator: "-")
      if groups.last?.name != name { groups.append(ClauseGroup(name: name)) }
      groups[groups.count - 1].add(counts[Int(clause.rawValue)], number: String(words.last ?? ""))
    }
  }

  private init(name: String) { self.name = name }

  private mutating func add(_ count: Statistics.Count, number: String) {
    self.count += 1
    sum += count
    if count.armed > 0 { armed += 1 } else { unarmed.append(number) }
  }
}

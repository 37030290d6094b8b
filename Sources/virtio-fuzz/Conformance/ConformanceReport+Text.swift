extension ConformanceReport {
  /// A row for each clause, the shortest program of each that is violated, and a line for all.
  var text: String {
    let head = ["clause", "level", "verdict", "satisfied", "violated", "suspended", ""]
    let table = Columns.aligned([head] + rows.map(\.cells), numbers: 3..<6)
    let programs = broken.compactMap { row in row.violations.first.map { row.text(of: $0) } }
    return (table + [""] + programs.flatMap { [$0, ""] } + [summary]).map { "\($0)\n" }.joined()
  }
}

extension ConformanceReport.Row {
  fileprivate var cells: [String] {
    let numbers = [count.satisfied, count.violated, count.suspended]
    let cells = verdict == .notObservable ? ["–", "–", "–"] : numbers.map { "\($0)" }
    return [clause.name, clause.level.rawValue, verdict.words] + cells + [note]
  }

  /// What is to be said besides.
  var note: String {
    var words: [String] = []
    if verdict == .violated { words += ["\(severity)", impact.rawValue] }
    if let known { words.append("known: \(known)") }
    if let twin { words.append("same as \(twin.name)") }
    if let reason { words.append(reason) }
    return words.joined(separator: "; ")
  }

  fileprivate func text(of violation: Violation) -> String {
    let others = violations.dropFirst().map { "\($0.verdict.identity)" }
    let also = others.isEmpty ? "" : "# also: \(others.joined(separator: ", "))\n"
    return "# \(clause.name) (\(note)): \(clause.says)\n\(also)\(violation.text)".trimmingLineFeed
  }
}

extension String {
  fileprivate var trimmingLineFeed: String { removingSuffix("\n") }
}

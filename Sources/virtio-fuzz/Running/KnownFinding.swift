import Foundation
import VirtioProgram
import VirtioSpec

/// A finding that is known and that fuzzing does not stop at, for a time.
struct KnownFinding {
  let clause: ClauseID
  /// The step that armed it; nil for any, or none.
  let kind: StepKind?
  let reason: String
  /// The last day on which it counts, as YYYY-MM-DD.
  let expiry: String

  /// As the fuzz targets take it.
  var key: String { "\(clause.name)/\(kind?.name ?? "*")" }

  /// The entries of a file: a line each, of clause, step kind or `*`, reason and expiry, with tabs between them.
  /// Empty lines and those that begin with `#` do not count.
  static func list(file path: String) throws -> [KnownFinding] {
    let lines = try Files.text(path).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return try lines.enumerated().compactMap { index, line -> KnownFinding? in
      guard !line.hasPrefix("#"), line.contains(where: { !$0.isWhitespace }) else { return nil }
      do {
        return try KnownFinding(line)
      } catch let error as Malformed {
        throw FileError(path, "line \(index + 1): \(error.problem)")
      }
    }
  }

  /// The entries of a file, if one is given, that are known today; those that were until some day are warned of.
  static func inForce(in path: String?) throws -> [KnownFinding] {
    let today = today()
    let all = try path.map(list) ?? []
    for finding in all where finding.expiry < today {
      warn("\(finding.key) was known until \(finding.expiry), and is a finding again: \(finding.reason)")
    }
    return all.filter { $0.expiry >= today }
  }

  private struct Malformed: Error {
    let problem: String
  }

  private init(_ line: Substring) throws(Malformed) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count == 4 else {
      throw Malformed(
        problem: "there are \(fields.count) fields; it can be clause, step kind, reason and expiry, with tabs between")
    }
    guard let clause = ClauseID(name: fields[0]) else {
      throw Malformed(problem: "'\(fields[0])' is no clause; it can be one like MMIO-DEV-07")
    }
    let kind = StepKind.allCases.first { $0.name == fields[1] }
    guard kind != nil || fields[1] == "*" else {
      let names = StepKind.allCases.map(\.name).joined(separator: ", ")
      throw Malformed(problem: "'\(fields[1])' is no kind of step; it can be *, \(names)")
    }
    guard fields[2].contains(where: { !$0.isWhitespace }) else {
      throw Malformed(problem: "there is no reason; say why it is known")
    }
    guard Self.isDay(fields[3]) else {
      throw Malformed(problem: "'\(fields[3])' is no day; it can be one like 2030-12-31")
    }
    self.clause = clause
    self.kind = kind
    reason = String(fields[2])
    expiry = String(fields[3])
  }

  private static func isDay(_ text: Substring) -> Bool {
    let numbers = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard numbers.count == 3 else { return false }
    let day = DateComponents(
      calendar: Calendar(identifier: .gregorian), year: numbers[0], month: numbers[1], day: numbers[2])
    return day.isValidDate && text == Self.text(day)
  }

  private static func text(_ day: DateComponents) -> String {
    func digits(_ number: Int?, _ count: Int) -> String {
      let text = "\(number ?? 0)"
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return "\(digits(day.year, 4))-\(digits(day.month, 2))-\(digits(day.day, 2))"
  }

  /// Today, where this runs, as YYYY-MM-DD.
  static func today() -> String {
    text(Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date()))
  }
}

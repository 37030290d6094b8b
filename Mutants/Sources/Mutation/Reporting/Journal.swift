import Foundation

/// Outcomes as lines of JSON: what `--json` prints, and what a run that was ended goes on from.
public struct OutcomeLine: Codable, Equatable, Sendable {
  public let id: String
  public let kind: MutationKind
  public let change: String
  /// `killed`, `survived`, `equivalent` or `not compiled`.
  public let fate: String
  public let killedBy: String?
  public let clause: String?
  public let reason: String?
  public let seconds: Double

  public init(_ outcome: Outcome) {
    id = outcome.mutant.id
    kind = outcome.mutant.mutation.kind
    change = outcome.mutant.change
    seconds = (outcome.seconds * 10).rounded() / 10
    var (killing, reason): (Killing?, String?)
    switch outcome.fate {
    case .killed(let found): (fate, killing) = ("killed", found)
    case .survived: fate = "survived"
    case .equivalent(let words): (fate, reason) = ("equivalent", words)
    case .uncompiled: fate = "not compiled"
    }
    killedBy = killing?.by
    clause = killing?.clause
    self.reason = reason
  }

  /// The outcome of that mutant, where one was run.
  public func outcome(of mutant: Mutant) -> Outcome? {
    guard id == mutant.id, change == mutant.change else { return nil }
    switch fate {
    case "killed":
      return Outcome(
        mutant: mutant, fate: .killed(Killing(by: killedBy ?? "", clause: clause)), seconds: seconds)
    case "survived": return Outcome(mutant: mutant, fate: .survived, seconds: seconds)
    default: return nil
    }
  }

  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// A file with a line for each mutant that was run, added as soon as that is known.
public struct Journal: Sendable {
  private let path: String

  public init(_ path: String) { self.path = path }

  /// The lines of an earlier run, by id; none where there was none. A line that was cut off is none.
  public func lines() -> [String: OutcomeLine] {
    let text = (try? Files.text(path)) ?? ""
    let lines = text.split(separator: "\n").compactMap { line in
      try? JSONDecoder().decode(OutcomeLine.self, from: Data(line.utf8))
    }
    return Dictionary(lines.map { ($0.id, $0) }) { $1 }
  }

  public func add(_ outcome: Outcome) throws {
    if !FileManager.default.fileExists(atPath: path) { try Files.update(path, Data("\n".utf8)) }
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\(OutcomeLine(outcome).json())\n".utf8))
  }
}

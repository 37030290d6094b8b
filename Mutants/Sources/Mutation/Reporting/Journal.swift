import Foundation

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
    // A line of its own, whatever a run that was killed left at the end.
    try handle.write(contentsOf: Data("\n\(OutcomeLine(outcome).json())".utf8))
  }
}

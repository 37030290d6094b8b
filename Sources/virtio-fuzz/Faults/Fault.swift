import Foundation
import VirtioSpec

/// A bug that somebody's device was shipped with, as a patch that puts it into this package's.
///
/// The file begins with lines `Reference:`, `Bug:`, `Trigger:`, `Target:` and `Expects:`; behind an empty line comes what
/// `git apply` takes.
struct Fault {
  /// The name of the file, without `.patch`.
  let id: String
  /// The file.
  let path: String
  /// Where it was published.
  let reference: String
  /// What is wrong in the device.
  let bug: String
  /// What a driver does to see it.
  let trigger: String
  /// Which target is to find it.
  let target: FuzzTarget
  /// The clauses that may be reported for it, the likeliest first.
  let expects: [ClauseID]

  /// Those in a folder, by their names in order, or some of them.
  static func all(in folder: String, ids: [String]) throws -> [Fault] {
    let names = try Files.names(in: folder).filter { $0.hasSuffix(suffix) }.map { $0.removingSuffix(suffix) }
    if let id = ids.first(where: { !names.contains($0) }) {
      throw FileError(folder, "there is no fault '\(id)'; it can be \(names.joined(separator: ", "))")
    }
    return try names.filter { ids.isEmpty || ids.contains($0) }.map {
      try Fault(id: $0, path: "\(folder)/\($0)\(suffix)")
    }
  }

  private static let suffix = ".patch"

  init(id: String, path: String) throws {
    let text = try Files.text(path)
    let head = text.prefix(upTo: text.firstRange(of: "\n\n")?.lowerBound ?? text.endIndex).split(separator: "\n")
    func value(_ key: String) throws -> String {
      guard let line = head.first(where: { $0.hasPrefix("\(key): ") }) else {
        throw FileError(path, "there is no line '\(key): …' before the first empty line")
      }
      return String(line.dropFirst(key.count + 2))
    }
    self.id = id
    self.path = path
    reference = try value("Reference")
    bug = try value("Bug")
    trigger = try value("Trigger")
    let name = try value("Target")
    guard let target = FuzzTarget(rawValue: name) else { throw FileError(path, "'\(name)' is no fuzz target") }
    self.target = target
    expects = try value("Expects").split(separator: " ").map { name in
      guard let clause = ClauseID(name: name) else { throw FileError(path, "'\(name)' is no clause") }
      return clause
    }
    guard !expects.isEmpty else { throw FileError(path, "it expects no clause") }
  }
}

import Foundation
import VirtioSpec

extension TriageResult {
  /// A SARIF 2.1.0 log: a rule for each clause, and a result for each finding, located in its smallest program.
  func sarif() throws -> [UInt8] {
    let clauses = Set(groups.map(\.identity.clause)).sorted { $0.rawValue < $1.rawValue }.map(\.clause)
    let log = Log(runs: [
      Run(
        tool: Tool(driver: Driver(rules: clauses.map(Rule.init))),
        results: groups.map { group in
          Result(group, ruleIndex: clauses.firstIndex { $0.id == group.clause.id }!)
        })
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(log)) + [UInt8(ascii: "\n")]
  }

  // What is encoded, by the names of the standard.

  private struct Log: Encodable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case version, runs
    }
  }

  private struct Run: Encodable {
    let tool: Tool
    let results: [Result]
    let columnKind = "unicodeCodePoints"
  }

  private struct Tool: Encodable {
    let driver: Driver
  }

  private struct Driver: Encodable {
    let name = "virtio-fuzz"
    let rules: [Rule]
  }

  private struct Rule: Encodable {
    let id: String
    let shortDescription: Message
    let defaultConfiguration: Configuration

    init(_ clause: Clause) {
      id = clause.name
      shortDescription = Message(text: clause.says)
      defaultConfiguration = Configuration(level: "\(clause.severity)")
    }
  }

  private struct Configuration: Encodable {
    let level: String
  }

  private struct Message: Encodable {
    let text: String
  }

  private struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    let occurrenceCount: Int
    let partialFingerprints: [String: String]

    init(_ group: Group, ruleIndex: Int) {
      ruleId = group.clause.name
      self.ruleIndex = ruleIndex
      level = "\(group.severity)"
      message = Message(text: "\(group.clause.says) \(group.identity): \(group.smallest.sight)")
      locations = [Location(path: group.smallest.path)]
      occurrenceCount = group.examples.count
      partialFingerprints = ["finding/v1": "\(group.identity)"]
    }
  }

  private struct Location: Encodable {
    let physicalLocation: PhysicalLocation

    init(path: String) {
      physicalLocation = PhysicalLocation(artifactLocation: ArtifactLocation(path: path))
    }
  }

  private struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
  }

  private struct ArtifactLocation: Encodable {
    /// Relative to where the command ran, if the path is.
    let uri: String

    init(path: String) {
      let absolute = URL(filePath: path).absoluteString
      // What is allowed in a path, without the colon that would make a scheme of what is before it.
      let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: ":"))
      uri = path.hasPrefix("/") ? absolute : path.addingPercentEncoding(withAllowedCharacters: allowed) ?? absolute
    }
  }
}

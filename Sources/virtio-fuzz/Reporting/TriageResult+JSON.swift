import Foundation

extension TriageResult {
  /// An object with `device`, `fine` (how many programs show nothing), `findings` and `unreadable`.
  func json() throws -> String {
    let report = Report(
      device: device, fine: fineCount,
      findings: groups.map { group in
        Finding(
          clause: group.clause.name, step: group.identity.stepKind?.name ?? "end", severity: "\(group.severity)",
          says: group.clause.says, count: group.examples.count, sight: group.smallest.sight,
          smallest: group.smallest.path, steps: group.smallest.steps, files: group.examples.map(\.path))
      },
      unreadable: unreadable.map { File(file: $0.path, problem: $0.problem) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  private struct Report: Encodable {
    let device: String
    let fine: Int
    let findings: [Finding]
    let unreadable: [File]
  }

  private struct Finding: Encodable {
    let clause: String
    /// The kind of the step, or `end`.
    let step: String
    let severity: String
    let says: String
    let count: Int
    let sight: String
    let smallest: String
    /// Of the smallest.
    let steps: Int
    let files: [String]
  }

  private struct File: Encodable {
    let file: String
    let problem: String
  }
}

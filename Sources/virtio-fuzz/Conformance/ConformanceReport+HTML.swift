import Foundation

extension ConformanceReport {
  /// A page that needs nothing but itself: the clauses, and of each that is violated the page of its shortest program.
  func html(on device: TargetDevice) throws -> [UInt8] {
    let transcripts = try broken.compactMap { row in
      try row.violations.first.map { (row.clause.name, try TranscriptPage(of: $0.program, on: device)) }
    }
    let pages = transcripts.map { "\"\($0)\":[\n\($1.entries)\n]" }.joined(separator: ",\n")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let report = Page(device: self.device, summary: summary, clauses: rows.map(\.object))
    return [UInt8](
      String(decoding: PackageResources.conformance_html, as: UTF8.self)
        .replacingOccurrences(of: "{{device}}", with: Self.inText(self.device))
        .replacingOccurrences(of: "{{report}}", with: Self.inScript(try encoder.encode(report)))
        .replacingOccurrences(of: "{{template}}", with: Self.inScript(try encoder.encode(TranscriptPage.template)))
        .replacingOccurrences(of: "{{transcripts}}", with: "{\(pages)}")
        .utf8)
  }

  private struct Page: Encodable {
    let device: String
    let summary: String
    let clauses: [Row.Object]
  }

  private static func inText(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
  }

  /// JSON in which nothing ends a script.
  private static func inScript(_ json: Data) -> String {
    String(decoding: json, as: UTF8.self).replacingOccurrences(of: "<", with: "\\u003c")
  }
}

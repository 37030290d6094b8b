import Foundation
import VirtioProgram
import VirtioSpec

/// A transcript as a page that needs nothing but itself.
struct TranscriptPage {
  /// A JSON object a line: see `JSONLines`.
  private var lines: [Substring]
  let title: String

  /// The page of what happens when a program runs on a device.
  init(of program: Program, on device: TargetDevice) throws {
    let (lines, end) = try device.transcriptLines(of: program)
    self.lines = lines
    if let end {
      self.lines.append(#"{"kind":"died","clause":"\#(end.clause.name)","says":"The device \#(end.words)"}"#)
      title = end.clause.name
    } else {
      let broken = lines.filter { $0.hasPrefix(#"{"kind":"finding","#) }
      let first = broken.first { $0.contains(#""severity":"error""#) } ?? broken.first
      title = first.flatMap { $0.firstMatch(of: /"clause":"([A-Z0-9-]+)"/) }.map { String($0.1) } ?? "nothing found"
    }
  }

  /// The page without what happens: `{{title}}` and `{{lines}}` stand for ``title`` and ``entries``.
  static var template: String { String(decoding: PackageResources.transcript_html, as: UTF8.self) }

  /// The members of an array in JavaScript.
  var entries: String { lines.joined(separator: ",\n") }

  var text: String {
    Self.template
      .replacingOccurrences(of: "{{title}}", with: title)
      .replacingOccurrences(of: "{{lines}}", with: "\n\(entries)\n")
  }
}

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
    self = try Files.withTemporaryFolder { folder in
      let lines = "\(folder)/lines"
      try Files.write([], to: lines)
      let end = try device.transcript(of: program, as: .json, to: FileHandle(forWritingTo: URL(filePath: lines)))
      return TranscriptPage(lines: try Files.text(lines), end: end)
    }
  }

  /// - Parameter end: how the target ended, where it did not come to the end of the program.
  init(lines text: String, end: TargetDevice.EarlyEnd?) {
    // The last line of a process that died may be half a line.
    lines = text.split(separator: "\n").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
    if let end {
      lines.append(#"{"kind":"died","clause":"\#(end.clause.name)","says":"The device \#(end.words)"}"#)
      title = end.clause.name
    } else {
      let broken = lines.filter { $0.hasPrefix(#"{"kind":"finding","#) }
      let first = broken.first { $0.contains(#""severity":"error""#) } ?? broken.first
      title = first.flatMap { $0.firstMatch(of: /"clause":"([A-Z0-9-]+)"/) }.map { String($0.1) } ?? "nothing found"
    }
  }

  var text: String {
    String(decoding: PackageResources.transcript_html, as: UTF8.self)
      .replacingOccurrences(of: "{{title}}", with: title)
      .replacingOccurrences(of: "{{lines}}", with: "\n\(lines.joined(separator: ",\n"))\n")
  }
}

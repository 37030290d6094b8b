import Foundation

/// What programs reach of the device model's lines, beside what they reach of the clauses.
struct CoverageReport {
  let target: FuzzTarget
  let programs: Int
  let files: [FileCoverage]
  let clauses: [ClauseGroup]

  private var lines: Int { files.reduce(0) { $0 + $1.lines } }
  private var reached: Int { files.reduce(0) { $0 + $1.reached } }

  var text: String {
    let width = (files.map(\.path.count).max() ?? 0) + 2
    var text = "\(target.name): \(programs) programs\n"
    text += "  \("file".padded(width)) \("lines".padded(14)) reached\n"
    for file in files {
      text +=
        "  \(file.path.padded(width)) "
        + "\("\(file.reached) of \(file.lines)".padded(14)) \(share(file.reached, file.lines))\n"
    }
    text += "  \("all".padded(width)) \("\(reached) of \(lines)".padded(14)) \(share(reached, lines))\n"
    return text + missedText + clauseText
  }

  private var missedText: String {
    let missed = files.filter { !$0.missed.isEmpty }
    guard !missed.isEmpty else { return "  every line is reached\n" }
    var text = "  not reached by any program\n"
    for file in missed {
      let source = (try? Files.text(file.path))?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
      for stretch in file.stretches {
        let words = source.indices.contains(stretch.lowerBound - 1) ? source[stretch.lowerBound - 1] : ""
        let more = stretch.count == 1 ? "" : "-\(stretch.upperBound)"
        text += "    \(file.path):\(stretch.lowerBound)\(more): \(words.drop { $0 == " " })\n"
      }
    }
    return text
  }

  private var clauseText: String {
    var text = "  clauses\n"
    for group in clauses where group.armed > 0 {
      let rest = group.unarmed.isEmpty ? "" : "  not armed: \(group.unarmed.joined(separator: " "))"
      text += "    \(group.name.padded(14)) \("\(group.armed) of \(group.count)".padded(10))\(rest)\n"
    }
    let silent = clauses.filter { $0.armed == 0 }.map(\.name)
    return silent.isEmpty ? text : text + "    nothing armed in \(silent.joined(separator: ", "))\n"
  }

  private func share(_ part: Int, _ whole: Int) -> String { percent(UInt64(part), of: UInt64(whole)) }

  var json: String {
    get throws {
      struct Group: Encodable {
        let name: String
        let clauses: Int
        let armed: Int
        let notArmed: [String]
      }
      struct Whole: Encodable {
        let target: String
        let programs: Int
        let lines: Int
        let reached: Int
        let files: [FileCoverage]
        let clauses: [Group]
      }
      let whole = Whole(
        target: target.name, programs: programs, lines: lines, reached: reached, files: files,
        clauses: clauses.map { Group(name: $0.name, clauses: $0.count, armed: $0.armed, notArmed: $0.unarmed) })
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(whole), as: UTF8.self) + "\n"
    }
  }
}

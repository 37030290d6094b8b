import Foundation

/// JSON for programs that people may read, too.
enum JSONLines {
  /// An array with a line for each element.
  static func array(of elements: [some Encodable]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try elements.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    return lines.isEmpty ? "[]\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n"
  }
}

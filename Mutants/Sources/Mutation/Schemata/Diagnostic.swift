/// An error that the compiler reports.
public struct Diagnostic: Equatable, Sendable {
  public let path: String
  /// From 1 on, as are columns, which count bytes.
  public let line: Int
  public let column: Int
  public let message: String

  /// The errors in what a build prints, the first of each line: others are often about the same.
  public static func errors(in output: String) -> [Diagnostic] {
    var seen: Set<Substring> = []
    return output.split(separator: "\n").compactMap { line in
      guard let mark = line.firstRange(of: ": error: ") else { return nil }
      let place = line[..<mark.lowerBound].split(separator: ":")
      guard place.count == 3, let row = Int(place[1]), let column = Int(place[2]) else { return nil }
      guard seen.insert(line[..<place[1].endIndex]).inserted else { return nil }
      return Diagnostic(
        path: String(place[0]), line: row, column: column, message: String(line[mark.upperBound...]))
    }
  }
}

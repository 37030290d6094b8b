/// Mutants that nobody can tell from the original, each with the reason for that. A row of the file has five columns,
/// those of ``Anchor``, and the reason, with tabs between. Lines that begin with `#` are comments.
public struct EquivalentMutants: Sendable {
  /// By number.
  public let reasons: [Int: String]

  /// - Throws: What is wrong with a row, with its line: it is malformed or there twice, or its mutant is no more.
  public init(_ text: String, path: String, of mutants: [Mutant]) throws(FileError) {
    let numbers = Dictionary(uniqueKeysWithValues: mutants.map { ($0.anchor, $0.number) })
    var reasons: [Int: String] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let place = "\(path):\(index + 1)"
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 6, let occurrence = Int(cells[4]) else {
        throw FileError(
          place, "a row has six columns with tabs between: file, declaration, mutation, line, occurrence, reason")
      }
      guard !cells[5].trimming(while: \.isWhitespace).isEmpty else { throw FileError(place, "the reason is missing") }
      let anchor = Anchor(
        file: cells[0], declaration: cells[1], mutation: cells[2], line: cells[3], occurrence: occurrence)
      guard let number = numbers[anchor] else {
        throw FileError(place, "there is no such mutant any more; 'mutants list --rows' prints rows to begin with")
      }
      guard reasons.updateValue(cells[5], forKey: number) == nil else { throw FileError(place, "it is there twice") }
    }
    self.reasons = reasons
  }

  /// Those of a file.
  public init(contentsOf path: String, of mutants: [Mutant]) throws {
    try self.init(try Files.text(path), path: path, of: mutants)
  }

  /// What a row begins with.
  public static func row(_ mutant: Mutant) -> String {
    let anchor = mutant.anchor
    return [anchor.file, anchor.declaration, anchor.mutation, anchor.line, "\(anchor.occurrence)", ""]
      .joined(separator: "\t")
  }
}

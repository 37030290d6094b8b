extension Program {
  /// How the text of a program begins, which tells it from one in bytes.
  public static let textMark = "virtio-program"
  private static let firstLine = "\(textMark) \(Header.version)"

  /// The text form: a line that names the format, one for the header, and one for each step. `numbered` puts each
  /// step's number, from 0, behind it in a comment.
  public func text(numbered: Bool = false) -> String {
    var text = "\(Self.firstLine)\n\(header.text)\n"
    for (number, step) in steps.enumerated() {
      text += numbered ? "\(step.text)  # \(number)\n" : "\(step.text)\n"
    }
    return text
  }

  /// The program that `text` spells. Blank lines may stand anywhere, and so may comments, from `#` to the end of the
  /// line; a step's field that is not given is 0.
  public init(text: String) throws(ProgramError) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var contents = lines.enumerated().map { TextWord.words(of: $1, number: $0 + 1) }.filter { !$0.isEmpty }[...]
    let end = ProgramError.Place.text(line: lines.count, column: 1)

    guard let first = contents.popFirst() else { throw ProgramError(.missingLine(expected: Self.firstLine), at: end) }
    try Self.checkFirstLine(first)
    guard let second = contents.popFirst() else {
      throw ProgramError(.missingLine(expected: Header().text), at: end)
    }
    self.init(header: try Header(second))
    for words in contents {
      guard steps.count < Self.maxSteps else { throw words[0].error(.tooManySteps(contents.count)) }
      steps.append(try Step(words))
    }
  }

  private static func checkFirstLine(_ words: [TextWord]) throws(ProgramError) {
    guard words[0].text == textMark, words.count == 2, let version = UInt8(words[1].text) else {
      throw words[0].error(.missingLine(expected: firstLine))
    }
    guard version == Header.version else { throw words[1].error(.unknownVersion(version)) }
  }
}

/// A word of a text form, and where it is.
struct TextWord {
  let text: Substring
  /// From 1.
  let line: Int
  /// From 1.
  let column: Int

  func error(_ reason: ProgramError.Reason) -> ProgramError {
    ProgramError(reason, at: .text(line: line, column: column))
  }

  /// The part behind the first `count` letters.
  func dropFirst(_ count: Int) -> TextWord {
    TextWord(text: text.dropFirst(count), line: line, column: column + count)
  }

  /// The words of a line, without its comment.
  static func words(of line: Substring, number: Int) -> [TextWord] {
    line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map { word in
      TextWord(text: word, line: number, column: line.distance(from: line.startIndex, to: word.startIndex) + 1)
    }
  }
}

/// A word of the form `name=value`.
struct TextField {
  let name: TextWord
  let value: TextWord

  /// The fields that the words are; no name stands twice.
  static func fields(_ words: some Sequence<TextWord>) throws(ProgramError) -> [TextField] {
    var fields: [TextField] = []
    for word in words {
      guard let equals = word.text.firstIndex(of: "=") else { throw word.error(.notAField(String(word.text))) }
      let name = TextWord(text: word.text[..<equals], line: word.line, column: word.column)
      guard !fields.contains(where: { $0.name.text == name.text }) else {
        throw name.error(.duplicateField(String(name.text)))
      }
      fields.append(TextField(name: name, value: word.dropFirst(name.text.count + 1)))
    }
    return fields
  }
}

// The values that a word can be.
extension TextWord {
  /// A number from 0 to `limit`.
  func number(named name: String, limit: UInt64) throws(ProgramError) -> UInt64 {
    guard let number = UInt64(spelling: text) else {
      throw error(.notAValue(String(text), field: name, expected: "a number from 0 to \(limit), decimal or 0x…"))
    }
    guard number <= limit else {
      throw error(.outOfDomain(field: name, number: number, allowed: "0 to \(limit)"))
    }
    return number
  }

  /// The place of the word among `names`.
  func index(among names: [String], what: String) throws(ProgramError) -> Int {
    guard let index = names.firstIndex(where: { $0 == text }) else {
      throw error(.unknownWord(String(text), of: what, allowed: names))
    }
    return index
  }

  /// A set of flags: `none`, or names with `+` between them.
  func flags(names: [String], what: String) throws(ProgramError) -> UInt64 {
    guard text != "none" else { return 0 }
    var flags: UInt64 = 0
    var rest = self
    while true {
      let name = rest.text.prefix { $0 != "+" }
      let word = TextWord(text: name, line: line, column: rest.column)
      flags |= 1 << UInt64(try word.index(among: names, what: what))
      guard name.count < rest.text.count else { return flags }
      rest = rest.dropFirst(name.count + 1)
    }
  }
}

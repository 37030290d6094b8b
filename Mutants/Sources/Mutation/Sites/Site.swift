/// One place in a file that is changed in one way or several. Offsets are in bytes from the file's start.
struct Site {
  /// What is changed: an expression, a statement, or the beginning of a function's body.
  let range: Range<Int>
  /// What a person looks for: the operator, or the beginning.
  let position: Int
  /// The function, property or type that it is in.
  let declaration: String
  let changes: [Change]
  /// What is written instead, given a number for each of the changes.
  let edits: @Sendable ([Int]) -> [Edit]

  struct Change {
    let mutation: Mutation
    /// As in `< becomes <=`.
    let words: String
  }
}

/// A change of the text. The order of edits at one offset follows from that of their sites: an outer one comes first.
enum Edit {
  /// In front of a site, or of a part of one.
  case open(Int, String)
  /// Behind one.
  case close(Int, String)
  /// Of a token, without a line's end in it.
  case replace(Range<Int>, String)

  var offset: Int {
    switch self {
    case .open(let offset, _), .close(let offset, _): offset
    case .replace(let range, _): range.lowerBound
    }
  }

  var text: String {
    switch self {
    case .open(_, let text), .close(_, let text), .replace(_, let text): text
    }
  }
}

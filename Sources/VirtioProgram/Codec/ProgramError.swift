/// Why bytes or text are not a program: what is wrong, where, and what would be right.
public struct ProgramError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where it is wrong.
  public enum Place: Equatable, Sendable {
    /// A byte of the header, or of the whole.
    case byte(Int)
    /// A byte of the program in the record of a step; steps count from 0.
    case step(Int, byte: Int)
    /// A place in a text; both count from 1.
    case text(line: Int, column: Int)
  }

  public enum Reason: Equatable, Sendable {
    case wrongMagic(UInt32)
    case unknownVersion(UInt8)
    /// The length in bytes is not that of a header and whole steps.
    case raggedLength(Int)
    case tooManySteps(Int)
    /// A field holds a number that is not in its domain.
    case outOfDomain(field: String, number: UInt64, allowed: String)
    /// A byte that means nothing here is not 0.
    case reservedByte(UInt8)
    /// The text lacks a line that it must begin with.
    case missingLine(expected: String)
    /// A word that is none of those that can stand here.
    case unknownWord(String, of: String, allowed: [String])
    /// A word that is not of the form `name=value`.
    case notAField(String)
    case duplicateField(String)
    /// A value that is not of the form that the field takes.
    case notAValue(String, field: String, expected: String)
  }

  public let place: Place
  public let reason: Reason

  public init(_ reason: Reason, at place: Place) {
    self.place = place
    self.reason = reason
  }

  public var description: String { "\(place): \(reason)" }
}

extension ProgramError.Place: CustomStringConvertible {
  public var description: String {
    switch self {
    case .byte(let byte): "byte \(byte)"
    case .step(let step, let byte): "step \(step), byte \(byte)"
    case .text(let line, let column): "line \(line), column \(column)"
    }
  }
}

extension ProgramError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .wrongMagic(let magic):
      "the magic number is \(hexadecimal(UInt64(magic))); a program begins with "
        + hexadecimal(UInt64(Header.magic)) + ", the bytes 'vfz' and a line feed"
    case .unknownVersion(let version):
      "the version is \(version); this program reads version \(Header.version)"
    case .raggedLength(let length):
      "the length is \(length) bytes; a program is a header of \(Header.size) bytes and whole steps of "
        + "\(Step.size) bytes"
    case .tooManySteps(let count):
      "there are \(count) steps; a program has at most \(Program.maxSteps)"
    case .outOfDomain(let field, let number, let allowed):
      "\(field) is \(number) (\(hexadecimal(number))); it can be \(allowed)"
    case .reservedByte(let byte):
      "the byte is \(hexadecimal(UInt64(byte))); it means nothing here and must be 0"
    case .missingLine(let expected):
      "here must be a line like '\(expected)'"
    case .unknownWord(let word, let what, let allowed):
      "'\(word)' is no \(what)\(suggestion(for: word, among: allowed)); "
        + (allowed.isEmpty ? "there is none here" : "it can be \(allowed.joined(separator: ", "))")
    case .notAField(let word):
      "'\(word)' is no field; a field is written name=value"
    case .duplicateField(let name):
      "\(name) is given a second time; once is enough"
    case .notAValue(let word, let field, let expected):
      "'\(word)' is no value of \(field); it can be \(expected)"
    }
  }

  private func suggestion(for word: String, among names: [String]) -> String {
    guard let name = nearestName(to: word, among: names) else { return "" }
    return ", did you mean '\(name)'?"
  }
}

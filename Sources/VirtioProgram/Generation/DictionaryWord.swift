import VirtioSpec

/// Bytes that mean something inside a program, for an engine that puts the words of a dictionary into its inputs.
public struct DictionaryWord: Hashable, Sendable {
  /// Letters, digits and underscores.
  public let name: String
  /// At least 2, and as in a program: numbers are little-endian.
  public let bytes: [UInt8]

  /// Each of them once: interesting numbers, values of register Status, offsets of registers, and a whole record for
  /// each kind of step.
  public static let all: [DictionaryWord] = {
    var words = InterestingNumbers.numbers.map { DictionaryWord("number", $0) }
    words += InterestingNumbers.statuses.map { DictionaryWord("status", $0) }
    words += InterestingNumbers.registers.map { DictionaryWord("register", $0) }
    words += StepKind.allCases.map(DictionaryWord.init)
    var seen: Set<[UInt8]> = []
    return words.filter { seen.insert($0.bytes).inserted }
  }()

  /// In the narrowest of the widths that the format has for numbers.
  private init(_ group: String, _ number: UInt64) {
    let width = number < 1 << 16 ? 2 : number < 1 << 32 ? 4 : 8
    name = "\(group)_\(String(number, radix: 16))"
    bytes = (0..<UInt64(width)).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private init(_ kind: StepKind) {
    name = "step_" + String(kind.name.map { $0 == "-" ? "_" : $0 })
    bytes = Array(Program(steps: [Step(kind)]).encode().dropFirst(Header.size))
  }
}

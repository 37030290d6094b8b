/// What fuzzing goes without, so that it can be measured what each is good for.
struct Ablation: OptionSet {
  let rawValue: UInt8

  /// libFuzzer mutates bytes, and knows nothing of steps.
  static let mutator = Ablation(rawValue: 1 << 0)
  /// What clauses come to is no feedback for libFuzzer.
  static let clauses = Ablation(rawValue: 1 << 1)
  /// Nothing is judged: only traps and hangs are found.
  static let judge = Ablation(rawValue: 1 << 2)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// From words with commas between them.
  init(_ text: String) throws(UnknownPart) {
    self = []
    for word in text.split(separator: ",") {
      guard let part = Self.parts[String(word)] else { throw UnknownPart(name: String(word)) }
      insert(part)
    }
  }

  private static let parts: [String: Ablation] = ["mutator": .mutator, "clauses": .clauses, "judge": .judge]

  struct UnknownPart: Error, CustomStringConvertible {
    let name: String

    var description: String {
      "'\(name)' is nothing that fuzzing can go without; it can be mutator, clauses or judge, with commas between"
    }
  }
}

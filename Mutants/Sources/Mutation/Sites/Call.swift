/// A call of a function in the schemata.
enum Call {
  /// As in `Mutant.less(17, `.
  static func opening(_ function: String, _ numbers: [Int]) -> String {
    "Mutant.\(function)(\(numbers.map { "\($0), " }.joined())"
  }
}

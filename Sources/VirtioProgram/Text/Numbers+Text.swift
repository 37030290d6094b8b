/// A number as the text form spells hexadecimal ones.
func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

extension UInt64 {
  /// The number that `text` spells: decimal digits, or hexadecimal ones after `0x`.
  init?(spelling text: some StringProtocol) {
    let isHexadecimal = text.hasPrefix("0x")
    let digits = isHexadecimal ? text.dropFirst(2) : text[...]
    // A sign is none of the form's digits, though `init(_:radix:)` would take it.
    guard digits.first != "+", digits.first != "-" else { return nil }
    self.init(digits, radix: isHexadecimal ? 16 : 10)
  }
}

/// The names of the flags in `number`, joined by `+`, or `none`.
func flagsText(_ number: UInt64, names: [String]) -> String {
  let set = names.indices.filter { number >> UInt64($0) & 1 != 0 }.map { names[$0] }
  return set.isEmpty ? "none" : set.joined(separator: "+")
}

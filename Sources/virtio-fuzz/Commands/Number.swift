import ArgumentParser

/// A number of 64 bits on the command line: decimal, or hexadecimal behind 0x.
struct Number: ExpressibleByArgument {
  let value: UInt64

  init(value: UInt64) { self.value = value }

  init?(argument: String) {
    let digits = argument.hasPrefix("0x") ? argument.dropFirst(2) : argument[...]
    // A sign is none of the digits that a radix has, and would be taken.
    guard digits.first != "+", let value = UInt64(digits, radix: argument.hasPrefix("0x") ? 16 : 10) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { "0x" + String(value, radix: 16) }
}

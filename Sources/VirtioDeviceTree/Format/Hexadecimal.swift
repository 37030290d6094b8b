/// As the source language has it: `0x1e000`.
func hexadecimal(_ number: some BinaryInteger) -> String { "0x" + String(number, radix: 16) }

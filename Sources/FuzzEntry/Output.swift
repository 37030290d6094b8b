import Glibc

/// Writes all of a text to a file descriptor, past all buffers: the process may be about to die.
func write(_ text: String, to descriptor: Int32 = STDERR_FILENO) {
  var text = text
  text.withUTF8 { _ = writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
}

/// Writes all of these bytes; false, with errno set, where that fails.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = bytes
  while let start = rest.baseAddress, rest.count > 0 {
    let count = Glibc.write(descriptor, start, rest.count)
    guard count > 0 else { return false }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
  return true
}

func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

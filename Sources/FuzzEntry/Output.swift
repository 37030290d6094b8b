import Glibc

/// Writes all of a text to a file descriptor, past all buffers: the process may be about to die.
func write(_ text: String, to descriptor: Int32 = STDERR_FILENO) {
  var text = text
  text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while let start = rest.baseAddress, rest.count > 0 {
      let count = Glibc.write(descriptor, start, rest.count)
      guard count > 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}

func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

import FuzzerShim

/// The hash of a file's bytes that libFuzzer names its files by: 40 hexadecimal digits.
func contentHash(_ bytes: [UInt8]) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 41) { digits in
    // Sound: 40 digits and a zero are written.
    sha1_hex(bytes, bytes.count, digits.baseAddress!)
    return String(cString: digits.baseAddress!)
  }
}

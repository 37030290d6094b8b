import VirtioProgram

/// What there is in a corpus.
struct CorpusCensus {
  private var files = 0
  private var bytes = 0
  private var canonical = 0
  private var hashes: Set<String> = []
  /// Of each program.
  private var steps: [Int] = []
  private var byDevice = [Int](repeating: 0, count: Header.Device.allCases.count)

  mutating func count(_ content: [UInt8]) {
    let program = content.withUnsafeBytes { Program(decoding: $0) }
    let encoded = program.encode()
    files += 1
    bytes += content.count
    canonical += encoded == content ? 1 : 0
    hashes.insert(contentHash(encoded))
    steps.append(program.steps.count)
    byDevice[Int(program.header.device.rawValue)] += 1
  }

  var text: String {
    let sorted = steps.sorted()
    let spread = sorted.isEmpty ? "" : ": \(sorted[0]) to \(sorted[files - 1]) a program, median \(sorted[files / 2])"
    let devices = Header.Device.allCases.map { "\(byDevice[Int($0.rawValue)]) \($0.name)" }.joined(separator: ", ")
    return """
      files       \(files), \(canonical) of them canonical
      duplicates  \(files - hashes.count)
      bytes       \(bytes)
      steps       \(sorted.reduce(0, +))\(spread)
      devices     \(devices)

      """
  }
}

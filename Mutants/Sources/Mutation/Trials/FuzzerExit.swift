/// How a fuzz target ended.
struct FuzzerExit {
  private let child: Child

  init(_ child: Child) { self.child = child }

  /// What it found; nil for nothing. An error where it did not get to work.
  func killing(by name: String) throws -> Killing? {
    if child.isTooLong { return Killing(by: name, clause: child.clause) }
    switch child.code {
    case 0:
      // A target without an engine would end at once, and every mutant would survive.
      guard child.output.contains("Done ") else { throw FileError(name, "it did not fuzz:\n\(child.lastWords)") }
      return nil
    // A finding, a time-out or no memory; or a death before any of them can be told.
    case 77, 70, 71: return Killing(by: name, clause: child.clause)
    case ..<0: return Killing(by: name, clause: child.clause)
    default: throw FileError(name, "it ended with exit code \(child.code):\n\(child.lastWords)")
    }
  }
}

extension Child {
  /// From a line like `== virtio-fuzz: MMIO-DEV-07 at step 3: queue`.
  var clause: String? {
    let mark = "\n== virtio-fuzz: "
    guard let start = output.firstRange(of: mark)?.upperBound else { return nil }
    return String(output[start...].prefix { !$0.isWhitespace })
  }
}

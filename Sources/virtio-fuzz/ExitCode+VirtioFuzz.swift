import ArgumentParser

/// What the command line's exit codes mean. Those of libFuzzer's children are the same. Wrong usage is
/// `validationFailure`, 64, and a file or path that cannot be read `failure`, 1.
extension ExitCode {
  /// A clause was broken, or the device trapped.
  static let finding = ExitCode(77)
  static let timeOut = ExitCode(70)
  static let outOfMemory = ExitCode(71)
  static let interrupted = ExitCode(72)
}

extension Sequence<ExitCode> {
  /// The one that says most about a run of several.
  var worst: ExitCode {
    let order: [ExitCode] = [.finding, .timeOut, .outOfMemory]
    for code in order where contains(code) { return code }
    return first { $0 != .success && $0 != .interrupted } ?? first { $0 == .interrupted } ?? .success
  }
}

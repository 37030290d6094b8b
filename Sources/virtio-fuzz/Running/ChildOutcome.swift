import ArgumentParser
import Foundation

/// How a fuzz target ended.
struct ChildOutcome {
  let reason: Process.TerminationReason
  let status: Int32

  /// Its exit code; for a signal, that of a finding, unless somebody sent it who wants an end.
  var code: ExitCode {
    guard reason == .uncaughtSignal else { return ExitCode(status) }
    return [SIGINT, SIGTERM].contains(status) ? .interrupted : .finding
  }
}

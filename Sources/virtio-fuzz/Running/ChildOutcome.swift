import ArgumentParser
import Foundation

/// How a fuzz target ended.
struct ChildOutcome {
  let reason: Process.TerminationReason
  let status: Int32

  /// Its exit code; for a signal, that of a finding.
  var code: ExitCode {
    reason == .uncaughtSignal ? .finding : ExitCode(status)
  }
}

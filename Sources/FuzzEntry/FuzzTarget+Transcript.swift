import FuzzerShim
import Glibc
import Transcript
import VirtioOracle
import VirtioProgram

extension FuzzTarget where Device: ~Copyable {
  /// Runs the program in a file, in this process, and tells on the output stream what happens. A trap or a time-out ends
  /// the process; what came before has been told.
  func tell(_ file: String, as form: Transcript.Form) -> ExitCode {
    // What libFuzzer brings along would report on an input of its own.
    if shim_has_engine() { shim_release_signals() }
    do {
      let bytes = try readFile(file)
      bytes.withUnsafeBytes { session.program.decode($0) }
    } catch {
      giveUp(.unreadable, "\(error)")
    }
    shim_set_alarm(1000 * UInt64(session.arguments.timeout))
    let findings = Transcript.run(session.program, on: makeDevice(), as: form) { write($0, to: STDOUT_FILENO) }
    return findings.contains { $0.severity == .error } ? .finding : .nothingFound
  }
}

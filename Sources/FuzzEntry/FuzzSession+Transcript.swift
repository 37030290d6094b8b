import FuzzerShim
import Glibc
import Transcript
import VirtioHarness
import VirtioOracle
import VirtioProgram

extension FuzzSession {
  /// Runs the program in a file, in this process, and tells on the output stream what happens. A trap or a time-out ends
  /// the process; what came before has been told. A second file, if there is one, says how far it came: a
  /// `TranscriptMark`.
  mutating func tell<Device: DeviceUnderTest & ~Copyable>(
    as form: Transcript.Form, on makeDevice: () -> Device
  ) -> ExitCode {
    // What libFuzzer brings along would report on an input of its own.
    if shim_has_engine() { shim_release_signals() }
    mark(.asked)
    let bytes = orGiveUp(.unreadable) { try readFile(arguments.paths[0]) }
    bytes.withUnsafeBytes { program.decode($0) }
    let device = limitingTime(of: makeDevice)
    mark(.begun)
    shim_set_alarm(1000 * UInt64(arguments.timeout))
    let findings = Transcript.run(program, on: device, as: form) { write($0, to: STDOUT_FILENO) }
    mark(.done)
    return findings.contains { $0.severity == .error } ? .finding : .nothingFound
  }

  private func mark(_ mark: TranscriptMark) {
    guard arguments.paths.count > 1 else { return }
    orGiveUp(.unreadable) { try replaceFile(arguments.paths[1], with: [UInt8](mark.rawValue.utf8)) }
  }

  /// Makes the device, which may be somebody's library: one that hangs ends the process.
  func limitingTime<Device: ~Copyable>(of makeDevice: () -> Device) -> Device {
    shim_set_deadline(max(arguments.timeout, 30), "error: no device yet: it hangs while it is made\n")
    defer { shim_set_alarm(0) }
    return makeDevice()
  }
}

import Foundation
import Transcript
import VirtioProgram
import VirtioSpec

extension TargetDevice {
  /// How a target ended that did not come to the end of its program.
  struct EarlyEnd {
    let clause: ClauseID
    /// What the device did: `trapped (Illegal instruction)`.
    let words: String
  }

  /// Runs a program on the target's device, which tells to `output` what happens.
  func transcript(
    of program: Program, as form: Transcript.Form, to output: FileHandle
  ) throws -> EarlyEnd? {
    try Files.withTemporaryFolder { folder in
      let file = "\(folder)/program.vfz"
      try Files.write(program.encode(), to: file)
      let process = Process()
      process.executableURL = executable
      process.arguments = ["-timeout=\(timeLimit)", "--transcript=\(form.rawValue)", file]
      process.environment = ["SWIFT_BACKTRACE": "enable=no"].merging(ProcessInfo.processInfo.environment) { $1 }
      process.standardOutput = output
      do { try process.run() } catch { throw FileError(executable.relativePath, error) }
      process.waitUntilExit()
      let outcome = ChildOutcome(reason: process.terminationReason, status: process.terminationStatus)
      switch (outcome.reason, outcome.status) {
      case (.uncaughtSignal, SIGALRM): return EarlyEnd(clause: .rob02, words: "came to no end within \(timeLimit) s")
      case (.uncaughtSignal, let signal):
        return EarlyEnd(clause: .rob01, words: "trapped (\(String(cString: strsignal(signal))))")
      default:
        guard outcome.code == .success || outcome.code == .finding else {
          throw FileError(
            executable.relativePath,
            "it ended with exit code \(outcome.code.rawValue); --with takes a fuzz target made with FuzzEntry")
        }
        return nil
      }
    }
  }
}

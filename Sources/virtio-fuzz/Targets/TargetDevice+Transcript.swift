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

  /// What happens when a program runs on the target's device: JSON objects, of which a device that died may have left
  /// few.
  func transcriptLines(of program: Program) throws -> (lines: [Substring], end: EarlyEnd?) {
    try Files.withTemporaryFolder { folder in
      let file = "\(folder)/lines"
      try Files.write([], to: file)
      let end = try transcript(of: program, as: .json, to: FileHandle(forWritingTo: URL(filePath: file)))
      // The last line of a process that died may be half a line.
      let lines = try Files.text(file).split(separator: "\n").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
      return (lines, end)
    }
  }

  /// Runs a program on the target's device, which tells to `output` what happens.
  func transcript(
    of program: Program, as form: Transcript.Form, to output: FileHandle
  ) throws -> EarlyEnd? {
    try Files.withTemporaryFolder { folder in
      let (file, mark) = ("\(folder)/program.vfz", "\(folder)/mark")
      try Files.write(program.encode(), to: file)
      let process = Process()
      process.executableURL = executable
      process.arguments = ["-timeout=\(timeLimit)", "--transcript=\(form.rawValue)", file, mark]
      process.environment = ["SWIFT_BACKTRACE": "enable=no"].merging(ProcessInfo.processInfo.environment) { $1 }
        .merging(environment) { $1 }
      process.standardOutput = output
      do { try process.run() } catch { throw FileError(executable.relativePath, error) }
      process.waitUntilExit()
      let outcome = ChildOutcome(reason: process.terminationReason, status: process.terminationStatus)
      let progress = (try? Files.text(mark)).flatMap(TranscriptMark.init)
      guard progress == .begun || progress == .done else { throw notBegun(outcome, wasAsked: progress != nil) }
      switch (outcome.reason, outcome.status) {
      case (.uncaughtSignal, SIGALRM): return EarlyEnd(clause: .rob02, words: "came to no end within \(timeLimit) s")
      case (.uncaughtSignal, let signal):
        return EarlyEnd(clause: .rob01, words: "trapped (\(String(cString: strsignal(signal))))")
      case _ where progress == .done: return nil
      case (_, let code): return EarlyEnd(clause: .rob01, words: "ended its process with exit code \(code)")
      }
    }
  }

  /// Why there is no transcript of a process that ended like this.
  private func notBegun(_ outcome: ChildOutcome, wasAsked: Bool) -> any Error {
    if outcome.reason == .uncaughtSignal {
      let signal = String(cString: strsignal(outcome.status))
      return FileError(executable.relativePath, "it died before the program ran, when its device was made: \(signal)")
    }
    // It has said what is wrong with what it was given.
    if wasAsked, outcome.code == .failure { return outcome.code }
    if outcome.code == .validationFailure { return outcome.code }
    return FileError(
      executable.relativePath,
      "it ended with exit code \(outcome.status) before the program ran; --with takes a fuzz target made with FuzzEntry"
    )
  }
}

import ArgumentParser
import Foundation

/// Programs, each in a process of its own.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs programs on the reference device, each in a process of its own, and says what the judge found.",
    discussion: """
      Example: virtio-fuzz replay Corpus/Regressions work/findings/crash-1234

      Of a folder, every file in it is taken, but for .txt and .md. A trap or a hang of one program does not take the \
      others down. Files that an engine wrote need --any-bytes, unless they are canonical.
      """)

  @Argument(help: "Programs' bytes, or folders of them.", completion: .file())
  var paths: [String]

  @OptionGroup var options: ReplayOptions

  func run() throws {
    var codes: [ExitCode] = []
    for path in paths {
      do {
        for file in try Files.programs(at: path) { codes.append(replay(file)) }
      } catch {
        complain("\(error)")
        codes.append(.failure)
      }
    }
    if codes.worst != .success { throw codes.worst }
  }

  /// Prints the line of a file.
  private func replay(_ file: String) -> ExitCode {
    do {
      // Here, so that no process is needed to say what is wrong with a file.
      _ = try Files.program(file, anyBytes: options.anyBytes)
      let (line, code) = try runChild(file)
      print("\(file): \(line)")
      return code
    } catch {
      complain("\(error)")
      return .failure
    }
  }

  private func runChild(_ file: String) throws -> (line: String, code: ExitCode) {
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments = [ReplayOne.configuration.commandName!, file] + options.arguments
    process.environment = ["SWIFT_BACKTRACE": "enable=no"].merging(ProcessInfo.processInfo.environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return Self.death(of: process, timeLimit: options.timeLimit) ?? (line, ExitCode(process.terminationStatus))
  }

  /// What ended a child that did not come to its own end: a hang, as its alarm told, or a trap.
  static func death(of process: Process, timeLimit: UInt32) -> (problem: String, code: ExitCode)? {
    guard process.terminationReason == .uncaughtSignal else { return nil }
    let signal = process.terminationStatus
    return signal == SIGALRM
      ? ("no end after \(timeLimit) s", .timeOut) : ("trap, \(String(cString: strsignal(signal)))", .finding)
  }
}

struct ReplayOptions: ParsableArguments {
  @Flag(help: "Take any bytes for a program, as a fuzz target does with what an engine wrote.")
  var anyBytes = false

  @Flag(help: "Take warnings (SHOULD, SHOULD NOT, MAY) for findings, too.")
  var strict = false

  @Option(help: "How long one program may take, in seconds.")
  var timeLimit: UInt32 = 10

  /// The options as a child takes them.
  var arguments: [String] {
    (anyBytes ? ["--any-bytes"] : []) + (strict ? ["--strict"] : []) + ["--time-limit", "\(timeLimit)"]
  }

  func validate() throws {
    guard timeLimit > 0 else { throw ValidationError("--time-limit is 0; it can be 1 s or more") }
  }
}

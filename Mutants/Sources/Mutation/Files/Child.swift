import Foundation

/// A process that ran to its end.
public struct Child: Sendable {
  /// The exit code, or the negative number of the signal that ended it.
  public let code: Int32
  /// What it printed, errors and all.
  public let output: String
  /// It was ended since it took too long.
  public let isTooLong: Bool

  /// - Parameters:
  ///   - environment: What is added to the environment of this process.
  ///   - limit: How long it may take, in seconds; nil for as long as it likes.
  static func run(
    _ executable: URL, _ arguments: [String], in folder: String, environment: [String: String] = [:], limit: Int? = nil
  ) throws -> Child {
    try Files.withTemporaryFolder { temporary in
      // A file, since a process that leaves children behind leaves a pipe open.
      let path = "\(temporary)/output"
      try Data().write(to: URL(filePath: path))
      let process = Process()
      let ended = DispatchSemaphore(value: 0)
      process.executableURL = executable
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: folder)
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      process.standardOutput = handle
      process.standardError = handle
      process.terminationHandler = { _ in ended.signal() }
      try process.run()
      let isTooLong = ended.wait(timeout: limit.map { .now() + .seconds($0) } ?? .distantFuture) == .timedOut
      if isTooLong {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
      }
      try handle.close()
      let bytes = try Data(contentsOf: URL(filePath: path))
      let sign: Int32 = process.terminationReason == .exit ? 1 : -1
      return Child(
        code: sign * process.terminationStatus, output: String(decoding: bytes, as: UTF8.self), isTooLong: isTooLong)
    }
  }

  /// Its last lines, for people.
  var lastWords: String { output.split(separator: "\n").suffix(8).joined(separator: "\n") }
}

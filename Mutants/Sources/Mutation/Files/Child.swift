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
  ///   - words: It is ended soon after it has printed a line with these in it: nothing else is of interest then.
  static func run(
    _ executable: URL, _ arguments: [String], in folder: String, environment: [String: String] = [:],
    limit: Int? = nil, until words: String? = nil
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
      let deadline = limit.map { DispatchTime.now() + .seconds($0) } ?? .distantFuture
      func hasEnded(by time: DispatchTime) -> Bool { ended.wait(timeout: min(time, deadline)) == .success }
      var (isEnded, hasSaid) = (false, false)
      repeat {
        isEnded = hasEnded(by: words == nil ? deadline : .now() + .milliseconds(100))
        hasSaid = try words.map { try hasLine(with: $0, in: path) } ?? false
      } while !isEnded && !hasSaid && .now() < deadline
      if !isEnded {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
      }
      let isTooLong = !isEnded && !hasSaid
      try handle.close()
      let bytes = try Data(contentsOf: URL(filePath: path))
      let sign: Int32 = process.terminationReason == .exit ? 1 : -1
      return Child(
        code: sign * process.terminationStatus, output: String(decoding: bytes, as: UTF8.self), isTooLong: isTooLong)
    }
  }

  /// Whether there is a line with these words, which has come to its end.
  private static func hasLine(with words: String, in path: String) throws -> Bool {
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    return text.firstRange(of: words).map { text[$0.upperBound...].contains("\n") } ?? false
  }

  /// Its last lines, for people.
  var lastWords: String { output.split(separator: "\n").suffix(8).joined(separator: "\n") }
}

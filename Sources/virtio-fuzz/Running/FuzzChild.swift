import Dispatch
import Foundation
import Synchronization

/// A fuzz target that runs as a child.
final class FuzzChild: Sendable {
  private let process = Process()
  private let output = Mutex(EngineOutput())
  private let reading = DispatchGroup()

  /// Starts it. Lines that a person should see go to `console`, if there is one; `ended` is signalled when it has ended.
  init(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], console: Console?,
    ended: DispatchSemaphore
  ) throws {
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let input = pipe.fileHandleForReading
    DispatchQueue(label: "output of \(process.processIdentifier)").async(group: reading) { [self] in
      read(input, console)
    }
  }

  private func read(_ input: FileHandle, _ console: Console?) {
    var rest = Data()
    while true {
      let chunk = input.availableData
      rest += chunk.isEmpty && !rest.isEmpty ? Data("\n".utf8) : chunk
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest = Data(rest[(end + 1)...])
        if output.withLock({ $0.note(line[...]) }) { console?.line(line) }
      }
      if chunk.isEmpty { return }
    }
  }

  var progress: EngineOutput { output.withLock { $0 } }

  var isRunning: Bool { process.isRunning }

  var identifier: Int32 { process.processIdentifier }

  /// Asks it to end.
  func interrupt() {
    if process.isRunning { process.interrupt() }
  }

  /// Ends it whatever it does.
  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
  }

  /// How it ended, when all its output is read; only when it has.
  func outcome() -> ChildOutcome {
    // A grandchild may still hold the pipe.
    _ = reading.wait(timeout: .now() + 2)
    return ChildOutcome(reason: process.terminationReason, status: process.terminationStatus)
  }
}

import ArgumentParser
import Foundation

/// What a fuzz target's executable is good for.
enum Build: String {
  case missing = "not built"
  case replayer = "built as a replayer only"
  case fuzzer = "built for fuzzing"

  /// Asks the executable itself: libFuzzer knows this flag, and a replayer takes it for wrong usage. `environment` is added
  /// to that of this process.
  init(of executable: URL, in environment: [String: String]) {
    let process = Process()
    process.executableURL = executable
    process.arguments = ["-help=1"]
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else {
      self = .missing
      return
    }
    process.waitUntilExit()
    self = process.terminationReason == .exit && process.terminationStatus == 0 ? .fuzzer : .replayer
  }

  /// Ends this as wrong usage where there is no libFuzzer in the executable of this name, which `purpose` needs.
  func requireEngine(_ name: String, to purpose: String, alternative: String? = nil) throws {
    guard self != .fuzzer else { return }
    let otherwise = alternative.map { "\($0), or " } ?? ""
    complain("\(name) is \(rawValue), it cannot \(purpose); \(otherwise)build it with libFuzzer by\n  \(Self.command)")
    throw ExitCode.validationFailure
  }

  private static let command = "swift build -c release -Xswiftc -sanitize=fuzzer"
}

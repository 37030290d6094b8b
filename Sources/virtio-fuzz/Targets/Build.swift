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
}

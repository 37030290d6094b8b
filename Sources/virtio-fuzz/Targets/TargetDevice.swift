import ArgumentParser
import Foundation
import VirtioHarness
import VirtioProgram

/// The device that programs are run on: that of a fuzz target, which is started for it.
struct TargetDevice {
  let executable: URL
  /// What is added to the environment of its processes.
  let environment: [String: String]
  /// How long one program may take, in seconds.
  let timeLimit: UInt32

  /// - Parameter timeLimit: nil for what is usual of such a device.
  init(_ executable: FuzzExecutable, timeLimit: UInt32?) {
    self.executable = executable.url
    environment = executable.environment
    self.timeLimit = timeLimit ?? executable.timeLimit
  }

  var name: String { executable.lastPathComponent }

  /// Folders of programs that fuzzing this target begins with, where they exist.
  var seedFolders: [String] { FuzzTarget(rawValue: name)?.seedFolders ?? [] }

  /// Ends this as wrong usage where the target is built without libFuzzer, which measures coverage.
  func requireEngine() throws {
    try Build(of: executable, in: environment).requireEngine(name, to: "measure coverage")
  }

  /// The smallest program that shows the same finding as this one; `only` names it where there are several. The target
  /// says on the error stream how it went. After so many `seconds` it is the smallest that was found by then.
  func minimized(_ program: Program, only: FindingIdentity?, seconds: Int? = nil) throws -> Program {
    try Files.withTemporaryFolder { folder in
      let (input, output) = ("\(folder)/input.vfz", "\(folder)/output.vfz")
      try Files.write(program.encode(), to: input)
      let limit = seconds.map { ["-max_total_time=\($0)"] } ?? []
      try start(limit + ["--minimize=\(output)", input], only: only)
      try requireResult(at: output)
      return try Files.program(output, anyBytes: false)
    }
  }

  /// What is wrong with a program; nil where nothing is.
  func verdict(_ program: Program, only: FindingIdentity?) throws -> Verdict? {
    try Files.withTemporaryFolder { folder in
      let file = "\(folder)/program.vfz"
      try Files.write(program.encode(), to: file)
      return try verdicts([file], only: only)[0]
    }
  }

  /// What is wrong with each of the programs in these files, by any bytes in them; nil where nothing is, or nothing but
  /// what is passed over.
  func verdicts(
    _ files: [String], only: FindingIdentity? = nil, passing: [FindingIdentity] = []
  ) throws -> [Verdict?] {
    try Files.withTemporaryFolder { folder in
      let output = "\(folder)/verdicts"
      // By hundreds: a command line has a limit.
      return try stride(from: 0, to: files.count, by: Self.batch).flatMap { first in
        let batch = files[first..<min(first + Self.batch, files.count)]
        // A name that begins with a hyphen would be a flag.
        try start(
          ["--verdicts=\(output)"] + batch.map { $0.hasPrefix("-") ? "./\($0)" : $0 }, only: only, passing: passing)
        try requireResult(at: output)
        let lines = try Files.text(output).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.count == batch.count else {
          throw FileError(executable.relativePath, "it gave \(lines.count) verdicts on \(batch.count) programs")
        }
        return lines.map { Verdict(line: $0) }
      }
    }
  }

  static let batch = 500

  /// An error where there is no such file: other executables end well, too, and write none.
  private func requireResult(at path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    throw FileError(
      executable.relativePath, "it came to no result; --with takes a fuzz target made with FuzzEntry")
  }

  /// Runs the target to its end; an error where that is not the end of what it was asked for.
  func start(_ arguments: [String], only: FindingIdentity?, passing: [FindingIdentity] = []) throws {
    let process = Process()
    process.executableURL = executable
    process.arguments = ["-timeout=\(timeLimit)"] + arguments
    var environment = ProcessInfo.processInfo.environment.merging(self.environment) { $1 }
    // What a person set for fuzzing would hide findings here.
    for name in ["VIRTIO_FUZZ_ONLY", "VIRTIO_FUZZ_KNOWN", "VIRTIO_FUZZ_KEEP"] { environment[name] = nil }
    if let only { environment["VIRTIO_FUZZ_ONLY"] = "\(only)" }
    if !passing.isEmpty { environment["VIRTIO_FUZZ_KNOWN"] = passing.map(\.description).joined(separator: ",") }
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    do { try process.run() } catch { throw FileError(executable.relativePath, error) }
    process.waitUntilExit()
    let outcome = ChildOutcome(reason: process.terminationReason, status: process.terminationStatus)
    guard outcome.code != .success else { return }
    // A fuzz target has said what is wrong.
    if [.failure, .validationFailure].contains(outcome.code) { throw outcome.code }
    throw FileError(
      executable.relativePath,
      "it ended with exit code \(outcome.code.rawValue) and no verdict; --with takes a fuzz target made with FuzzEntry")
  }
}

struct TargetOptions: ParsableArguments {
  @Option(
    name: .customLong("with"), help: "The fuzz target whose device it is. (default: one with the reference device)",
    completion: .file())
  var target: String?

  @OptionGroup var foreign: ForeignDeviceOption

  @Flag(help: "Take any bytes for a program, as a fuzz target does with what an engine wrote.")
  var anyBytes = false

  @Option(help: "What takes longer than this hangs, in seconds. (default: 2, and 20 for a device of a QEMU)")
  var timeLimit: UInt32?

  func validate() throws {
    if target != nil, foreign.device != nil { throw ValidationError("--with and --device name two devices") }
    guard timeLimit != 0 else { throw ValidationError("--time-limit is 0; it can be 1 s or more") }
  }

  func device() throws -> TargetDevice { TargetDevice(try executable(), timeLimit: timeLimit) }

  func executable() throws -> FuzzExecutable {
    if let device = foreign.device { return try device.fuzzTarget() }
    return try target.map { FuzzExecutable(at: try FuzzExecutable.find($0)) } ?? FuzzExecutable(.lifecycle)
  }
}

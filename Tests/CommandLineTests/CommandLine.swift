import Foundation

/// What a command line said, and how it ended.
struct CommandResult {
  let code: Int32
  let output: String
  let errors: String
}

/// The `virtio-fuzz` that is built beside the tests, in a folder of its own.
struct CommandRunner: ~Copyable {
  let folder: URL
  /// What is added to the environment of what it runs.
  var environment: [String: String] = [:]

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "virtio-fuzz-tests-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs `virtio-fuzz` with these arguments.
  func callAsFunction(_ arguments: String...) throws -> CommandResult {
    try start(Self.executable, arguments)
  }

  /// Runs a command of `virtio-fuzz` with these arguments.
  func callAsFunction(_ command: String, _ arguments: [String]) throws -> CommandResult {
    try start(Self.executable, [command] + arguments)
  }

  /// Runs any executable likewise.
  func start(_ executable: URL, _ arguments: [String]) throws -> CommandResult {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    // Files, since a pipe that nobody reads yet fills up.
    let (output, errors) = (folder.appending(path: ".output"), folder.appending(path: ".errors"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return CommandResult(
      code: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// The names of the files in a folder, in order.
  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path).sorted()
  }

  func write(_ text: String, to name: String) throws {
    try write([UInt8](text.utf8), to: name)
  }

  /// The text of a file; nil where there is none.
  func text(_ name: String) -> String? {
    bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file; nil where there is none.
  func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: name))).map { [UInt8]($0) }
  }

  /// The fuzz target that is built beside it.
  static func target(_ name: String) -> URL { executable.deletingLastPathComponent().appending(path: name) }

  private static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let folder = bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    return folder.appending(path: "virtio-fuzz")
  }()
}

import Foundation

/// A program of the toolchain, or one that it needs itself.
enum Tool: String {
  case swift
  case git
  case cov = "llvm-cov"
  case profdata = "llvm-profdata"

  /// Runs it to its end, and gives what it printed. A failure is an error with its last words.
  ///
  /// - Parameters:
  ///   - folder: Where it runs; nil for the current one.
  ///   - environment: What is added to the environment of this process.
  func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], outputIsShown: Bool = false
  ) throws -> String {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    return try Files.withTemporaryFolder { folder in
      // Files, since of two pipes one fills up while the other is read.
      let (output, errors) = ("\(folder)/output", "\(folder)/errors")
      for path in [output, errors] { try Files.write([], to: path) }
      process.standardOutput =
        outputIsShown ? FileHandle.standardError : try FileHandle(forWritingTo: URL(filePath: output))
      process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
      try process.run()
      process.waitUntilExit()
      guard process.terminationReason == .exit, process.terminationStatus == 0 else {
        // A compiler says on the output what is wrong.
        let words = try [errors, output].flatMap { try Files.text($0).split(separator: "\n").suffix(Self.lastLines) }
        let end = words.isEmpty ? "" : ": \(words.joined(separator: "\n"))"
        throw FileError(rawValue, "'\(rawValue) \(arguments.first ?? "")' failed\(end)")
      }
      return try Files.text(output)
    }
  }

  private static let lastLines = 5

  /// What is of the toolchain is beside the `swift` on the path: of another version, it could not read the other's files.
  private func executable() throws -> URL {
    let name = self == .git ? rawValue : Self.swift.rawValue
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let found = URL(filePath: "\(folder)/\(name)").resolvingSymlinksInPath()
      guard FileManager.default.isExecutableFile(atPath: found.path) else { continue }
      guard self != .git else { return found }
      let tool = found.deletingLastPathComponent().appending(path: rawValue)
      guard FileManager.default.isExecutableFile(atPath: tool.path) else {
        throw FileError(tool.path, "the toolchain is without it")
      }
      return tool
    }
    throw FileError(name, "it is not on PATH; \(self == .git ? "install it" : "put a Swift 6.3 toolchain there")")
  }
}

import Foundation

/// A build of this command line with the compiler's counters, in the package in the current folder.
struct CoverageBuild {
  let scratchPath: String

  /// What is measured.
  static let sources = ["Sources/VirtioDevice", "Sources/VirtioMemory"]

  var executable: URL { URL(filePath: "\(scratchPath)/release/virtio-fuzz") }

  /// Builds it, or brings it up to date. What the compiler says goes to the error stream.
  func make() throws {
    guard FileManager.default.fileExists(atPath: "Package.swift"), Self.sources.allSatisfy(Files.isFolder) else {
      throw FileError(".", "this is not the folder of the package: there is no Package.swift with a device model")
    }
    let arguments = [
      "build", "-c", "release", "--product", "virtio-fuzz", "--scratch-path", scratchPath,
      "-Xswiftc", "-profile-generate", "-Xswiftc", "-profile-coverage-mapping",
    ]
    warn("builds with counters in \(scratchPath), which takes some minutes the first time")
    _ = try Tool.swift.run(arguments, outputIsShown: true)
  }

  /// What the profiles in a folder say of each source file; the pages with every line go to `html`.
  func profile(of folder: String, html: String?) throws -> [FileCoverage] {
    let raw = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".profraw") }
    guard !raw.isEmpty else { throw FileError(executable.relativePath, "it left no counters") }
    let merged = "\(folder)/merged.profdata"
    _ = try Tool.profdata.run(["merge", "-sparse", "-o", merged] + raw.map { "\(folder)/\($0)" })
    let input = [executable.path, "-instr-profile=\(merged)"]
    if let html {
      try Files.makeFolder(html)
      _ = try Tool.cov.run(["show"] + input + ["-format=html", "-output-dir=\(html)"] + Self.sources)
    }
    let lcov = try Tool.cov.run(["export"] + input + ["-format=lcov"] + Self.sources)
    return FileCoverage.all(lcov: lcov)
  }
}

/// A program of the toolchain.
enum Tool: String {
  case swift
  case cov = "llvm-cov"
  case profdata = "llvm-profdata"

  /// Runs it to its end, and gives what it printed. A failure is an error with its last words.
  func run(_ arguments: [String], outputIsShown: Bool = false) throws -> String {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
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
        let words = try Files.text(errors).split(separator: "\n").suffix(5).joined(separator: "\n")
        throw FileError(rawValue, "'\(rawValue) \(arguments.first ?? "")' failed\(words.isEmpty ? "" : ": \(words)")")
      }
      return try Files.text(output)
    }
  }

  /// Beside the `swift` on the path: of another version, it could not read the other's files.
  private func executable() throws -> URL {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let swift = URL(filePath: "\(folder)/swift").resolvingSymlinksInPath()
      guard FileManager.default.isExecutableFile(atPath: swift.path) else { continue }
      let tool = swift.deletingLastPathComponent().appending(path: rawValue)
      guard FileManager.default.isExecutableFile(atPath: tool.path) else {
        throw FileError(tool.path, "the toolchain is without it")
      }
      return tool
    }
    throw FileError("swift", "it is not on PATH; put a Swift 6.3 toolchain there")
  }
}

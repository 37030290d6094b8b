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

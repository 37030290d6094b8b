import Foundation

/// A copy of the package in the current folder, which one fault after the other is put into.
struct FaultyPackage {
  /// Of the copy. It stays, so that the next build is quick.
  let folder: String

  /// What is copied: all that the package manager looks at.
  private static let parts = ["Package.swift", "Sources", "FuzzTargets", "Tests"]

  init(folder: String) throws {
    guard FileManager.default.fileExists(atPath: "Package.swift"), Files.isFolder("Sources/VirtioDevice") else {
      throw FileError(".", "this is not the folder of the package: there is no Package.swift with a device model")
    }
    try Files.makeFolder(folder)
    self.folder = URL(filePath: folder).path
  }

  /// Makes it equal to the package. Files that are equal are left as they are, so that nothing is built for them.
  func restore() throws {
    for part in Self.parts {
      let files = Set(try Self.files(part, in: "."))
      for file in try Self.files(part, in: folder) where !files.contains(file) { try Files.remove("\(folder)/\(file)") }
      for file in files {
        let (bytes, copy) = (try Files.bytes(file), "\(folder)/\(file)")
        guard (try? Files.bytes(copy)) != bytes else { continue }
        try Files.makeFolder(URL(filePath: copy).deletingLastPathComponent().path)
        try Files.write(bytes, to: copy)
      }
    }
  }

  private static func files(_ part: String, in folder: String) throws -> [String] {
    let path = "\(folder)/\(part)"
    guard Files.isFolder(path) else { return FileManager.default.fileExists(atPath: path) ? [part] : [] }
    return try FileManager.default.subpathsOfDirectory(atPath: path).map { "\(part)/\($0)" }
      .filter { !Files.isFolder("\(folder)/\($0)") }
  }

  /// Makes it equal to the package but for this fault.
  func apply(_ fault: Fault) throws {
    try restore()
    do {
      // In a folder of a repository, git would take the paths from the repository's root.
      let ceiling = URL(filePath: folder).deletingLastPathComponent().path
      _ = try Tool.git.run(
        ["apply", URL(filePath: fault.path).path], in: folder, environment: ["GIT_CEILING_DIRECTORIES": ceiling])
    } catch {
      throw FileError(fault.path, "it does not apply any more: \(error)")
    }
  }

  /// Builds the device model only, without optimization: whether it can be built.
  func checkBuild(of fault: Fault) throws {
    try build(fault, ["--target", "VirtioDevice", "--scratch-path", ".build-check"])
  }

  /// Builds the target of this fault for fuzzing.
  func build(_ fault: Fault) throws -> URL {
    try build(fault, ["-c", "release", "-Xswiftc", "-sanitize=fuzzer", "--product", fault.target.name])
    return URL(filePath: "\(folder)/.build/release/\(fault.target.name)")
  }

  private func build(_ fault: Fault, _ arguments: [String]) throws {
    do {
      _ = try Tool.swift.run(["build"] + arguments, in: folder)
    } catch {
      throw FileError(fault.path, "it does not build any more: \(error)")
    }
  }
}

import Foundation

/// A copy of a package that has all mutants of its device model in it.
public struct MutantPackage: Sendable {
  /// Of the package.
  private let origin: String
  /// Of the copy. It stays, so that the next build is quick.
  public let folder: String
  public private(set) var schemata: Schemata
  /// The targets that are needed, with all that they depend on.
  private let roots: [String]

  /// What is copied: all that the package manager and the tests look at.
  private static let parts = ["Package.swift", "Sources", "FuzzTargets", "Tests", "Corpus"]

  public init(of origin: String, in folder: String) throws {
    try self.init(of: origin, in: folder, roots: [SupportFiles.trialTarget] + TestSuites.modules)
  }

  init(of origin: String, in folder: String, roots: [String]) throws {
    self.origin = origin
    self.roots = roots
    self.folder = URL(filePath: folder).path
    schemata = try Schemata(ofPackage: origin)
  }

  /// Writes the copy. Files that are equal are left as they are, so that nothing is built for them.
  public func write() throws {
    var wanted: [String: Data] = [:]
    for part in Self.parts {
      for file in try Self.files(part, in: origin) {
        wanted[file] = try Data(contentsOf: URL(filePath: "\(origin)/\(file)"))
      }
    }
    for file in schemata.files { wanted["\(DeviceModel.folder)/\(file.name)"] = Data(file.text.utf8) }
    for (path, text) in SupportFiles.files(count: schemata.mutants.count) { wanted[path] = Data(text.utf8) }
    wanted["Package.swift"]? += Data(SupportFiles.manifest(roots: roots).utf8)
    for part in Self.parts {
      for file in try Self.files(part, in: folder) where wanted[file] == nil {
        try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
      }
    }
    for (path, bytes) in wanted { try Files.update("\(folder)/\(path)", bytes) }
  }

  /// The fuzz targets of a package that have seeds.
  static func fuzzTargets(in folder: String) throws -> [String] {
    let seeds = "\(folder)/Corpus/Seeds"
    guard Files.isFolder(seeds) else { throw FileError(seeds, "there is no such folder") }
    return try FileManager.default.contentsOfDirectory(atPath: seeds).filter { $0.hasPrefix("Fuzz") }.sorted()
  }

  private static func files(_ part: String, in folder: String) throws -> [String] {
    let path = "\(folder)/\(part)"
    guard Files.isFolder(path) else { return FileManager.default.fileExists(atPath: path) ? [part] : [] }
    return try Files.names(below: path).map { "\(part)/\($0)" }
  }

  /// Writes the copy and takes out what does not compile, until all of the device model does.
  ///
  /// - Parameter progress: is told how many sites were taken out, whenever some were.
  public mutating func removeUncompiled(progress: (Int) -> Void) throws {
    while true {
      try write()
      let build = try swift(["build", "--target", "VirtioDevice", "--scratch-path", ".build-check"])
      guard build.code != 0 else { return }
      let errors = Diagnostic.errors(in: build.output)
      let count = errors.reduce(0) { schemata.remove($1) ? $0 + 1 : $0 }
      guard count > 0 else { throw FileError(folder, "the copy does not build:\n\(build.lastWords)") }
      progress(count)
    }
  }

  /// Builds the tests and what runs programs: with optimization, since they run for each mutant.
  ///
  /// - Parameter engine: Whether libFuzzer is needed, too, which takes another build.
  public func build(engine: Bool) throws {
    try build(["--build-tests", "--scratch-path", Self.testBuild, "-Xswiftc", "-enable-testing"])
    if engine { try build(["--product", SupportFiles.trialTarget, "-Xswiftc", "-sanitize=fuzzer"]) }
  }

  static let testBuild = ".build-test"

  private func build(_ arguments: [String]) throws {
    let build = try swift(["build", "-c", "release"] + arguments)
    guard build.code == 0 else {
      throw FileError(folder, "'swift build \(arguments.joined(separator: " "))' failed:\n\(build.lastWords)")
    }
  }

  /// Runs a command of the toolchain in the copy.
  func swift(_ arguments: [String]) throws -> Child {
    try Child.run(URL(filePath: "/usr/bin/env"), ["swift"] + arguments, in: folder)
  }

  /// What runs programs, without libFuzzer or with it.
  func trial(engine: Bool) -> URL {
    URL(filePath: "\(folder)/\(engine ? ".build" : Self.testBuild)/release/\(SupportFiles.trialTarget)")
  }
}

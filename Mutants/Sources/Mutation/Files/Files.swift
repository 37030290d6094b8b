import Foundation

/// Reading and writing whole files.
enum Files {
  static func text(_ path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw FileError(path, "it cannot be read as text in UTF-8")
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The files below a folder, by their paths from there, in order.
  static func names(below folder: String) throws -> [String] {
    guard Files.isFolder(folder) else { throw FileError(folder, "there is no such folder") }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      .filter { !isFolder("\(folder)/\($0)") }
  }

  /// Leaves a file as it is that has these bytes already.
  static func update(_ path: String, _ bytes: Data) throws {
    guard (try? Data(contentsOf: URL(filePath: path))) != bytes else { return }
    try makeFolder(URL(filePath: path).deletingLastPathComponent().path)
    try bytes.write(to: URL(filePath: path), options: .atomic)
  }

  static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Gives `body` the path of a new folder, which is gone afterwards.
  static func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mutants-\(UUID())").path
    try makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }
}

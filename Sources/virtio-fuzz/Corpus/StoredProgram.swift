import Foundation
import VirtioProgram

/// A program in a file.
struct StoredProgram {
  let path: String
  /// As programs are written, which the file's need not be.
  let bytes: [UInt8]
  /// The ``contentHash(_:)`` of `bytes`: the same programs have the same.
  let hash: String

  init(_ path: String, _ program: Program) {
    self.path = path
    bytes = program.encode()
    hash = contentHash(bytes)
  }

  /// Its file's name in a folder that engines collect programs in.
  var name: String { "\(hash).vfz" }

  /// Whether a person wrote it: it has a text beside it, or is a seed or a regression.
  var isHandWritten: Bool {
    if FileManager.default.fileExists(atPath: path.textTwin) { return true }
    let folders = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().pathComponents
    return zip(folders, folders.dropFirst()).contains { $0 == "Corpus" && ["Seeds", "Regressions"].contains($1) }
  }

  /// Those in files, and in folders and the folders in them; what cannot be read, or is no program, is a problem.
  static func all(at paths: [String], anyBytes: Bool) -> (programs: [StoredProgram], problems: [FileError]) {
    var programs: [StoredProgram] = []
    var problems: [FileError] = []
    for file in files(at: paths, &problems) {
      noting(&problems) { programs.append(StoredProgram(file, try Files.program(file, anyBytes: anyBytes))) }
    }
    return (programs, problems)
  }

  static func files(at paths: [String], _ problems: inout [FileError]) -> [String] {
    var files: [String] = []
    for path in paths {
      noting(&problems) { files += Files.isFolder(path) ? try Files.programs(in: path) : [path] }
    }
    return files
  }

  /// Goes on where `body` fails, with what it says among the problems.
  static func noting(_ problems: inout [FileError], _ body: () throws -> Void) {
    do {
      try body()
    } catch let error as FileError {
      problems.append(error)
    } catch {
      problems.append(FileError("", error))
    }
  }
}

extension Sequence<StoredProgram> {
  /// Each program once: the first of those that are alike, and none that is among the others.
  func unique(notIn others: [StoredProgram] = []) -> [StoredProgram] {
    var seen = Set(others.map(\.hash))
    return filter { seen.insert($0.hash).inserted }
  }

  /// In bytes.
  var size: Int { reduce(0) { $0 + $1.bytes.count } }
}

import VirtioProgram

/// A program, and where it is from.
struct NamedProgram {
  let path: String
  let program: Program

  /// Those in files, and in folders and the folders in them: bytes, and texts that have no bytes beside them.
  ///
  /// - Throws: ``FileError`` of the first that is none.
  static func all(at paths: [String], anyBytes: Bool) throws -> [NamedProgram] {
    let files = try paths.flatMap { Files.isFolder($0) ? try Files.programsAndTexts(in: $0) : [$0] }
    guard !files.isEmpty else { throw FileError(paths.joined(separator: ", "), "there is no program in it") }
    return try files.map { NamedProgram(path: $0, program: try Files.anyProgram($0, anyBytes: anyBytes)) }
  }

  /// The folders of programs that arm every clause.
  static func corpus() throws -> [String] {
    let folders = ["Corpus/Seeds", "Corpus/Regressions"].filter(Files.isFolder)
    guard !folders.isEmpty else {
      throw FileError("Corpus/Seeds", "there is no such folder here; name programs, or folders of them")
    }
    return folders
  }
}

import Foundation

/// Deletes from a folder the programs that others make needless. What a person wrote stays, and so does what shows a
/// finding, or cannot be read. Nothing is deleted before all is decided.
struct CorpusMinimization {
  let target: TargetDevice
  let folder: String
  /// Of all that stays, with what a person wrote.
  var budget: Budget?
  /// Findings that do not count, as ``KnownFinding/key`` writes them.
  var known: [String] = []
  var anyBytes = false

  struct Result {
    let selection: CorpusSelection
    /// How many stay since a person wrote them.
    let handWritten: Int
    /// How many are gone, those over the budget among them.
    let deleted: Int
    /// What could not be read.
    let problems: [FileError]
  }

  func run() throws -> Result {
    try target.requireEngine()
    guard Files.isFolder(folder) else { throw FileError(folder, "this is no folder") }
    let (programs, problems) = StoredProgram.all(at: [folder], anyBytes: anyBytes)
    let (seeds, problemsOfSeeds) = StoredProgram.all(at: target.seedFolders, anyBytes: false)
    let handWritten = programs.filter(\.isHandWritten)
    let present = (handWritten + seeds).unique()
    let candidates = programs.unique(notIn: present)
    let selection = try CorpusSelection(
      from: candidates, beside: present, charging: handWritten, budget: budget, on: target, known: known)
    let staying = Set((handWritten + selection.kept + selection.withFindings).map(\.path))
    let needless = programs.map(\.path).filter { !staying.contains($0) }
    for path in needless { try Files.remove(path) }
    return Result(
      selection: selection, handWritten: handWritten.count, deleted: needless.count,
      problems: problems + problemsOfSeeds)
  }
}

/// Takes from folders of programs what adds to a corpus. It deletes and changes nothing that is there, and each program
/// comes into its place as a whole.
struct CorpusMerge {
  let target: TargetDevice
  /// Programs, and folders of them.
  let from: [String]
  /// The folder, which is made where it is missing.
  let into: String
  /// Of all that `into` comes to.
  var budget: Budget?
  /// Findings that keep no program out, as ``KnownFinding/key`` writes them.
  var known: [String] = []
  /// Whether any bytes are a program, or else only what is written as one.
  var anyBytes = false

  struct Result {
    let selection: CorpusSelection
    /// How many different programs there were to choose from.
    let candidates: Int
    /// What could not be read.
    let problems: [FileError]
  }

  func run() throws -> Result {
    try target.requireEngine()
    try Files.makeFolder(into)
    // What is there stays, whatever it is.
    let (there, problemsThere) = StoredProgram.all(at: [into], anyBytes: anyBytes)
    let (found, problemsFound) = StoredProgram.all(at: from, anyBytes: anyBytes)
    let (seeds, problemsOfSeeds) = StoredProgram.all(at: target.seedFolders, anyBytes: false)
    let present = (there + seeds).unique()
    let candidates = found.unique(notIn: present)
    let selection = try CorpusSelection(
      from: candidates, beside: present, charging: there, budget: budget, on: target, known: known)
    for program in selection.kept { try Files.write(program.bytes, to: "\(into)/\(program.name)") }
    return Result(
      selection: selection, candidates: candidates.count, problems: problemsThere + problemsFound + problemsOfSeeds)
  }
}

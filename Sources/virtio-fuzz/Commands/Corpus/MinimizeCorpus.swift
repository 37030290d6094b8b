import ArgumentParser

/// A corpus without what it does not need.
struct MinimizeCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimize",
    abstract: "Deletes from a corpus the programs that reach nothing which others do not.",
    discussion: """
      Example: virtio-fuzz corpus minimize work/corpus/FuzzLifecycle --budget 500

      What a person wrote is never deleted: programs with a text beside them, and all in Corpus/Seeds and \
      Corpus/Regressions. Programs that show a finding, and files that cannot be read, stay as well, and are named. \
      The fuzz target measures, and has to be built for fuzzing.
      """)

  @Argument(help: "The folder of the corpus.", completion: .directory)
  var folder: String

  @OptionGroup var options: SelectionOptions

  func run() throws {
    let result = try CorpusMinimization(
      target: try options.target.device(), folder: folder, budget: options.budget, known: try options.knownKeys(),
      anyBytes: options.target.anyBytes
    ).run()
    print("\(folder): deleted \(counted(result.deleted, "program"))")
    for line in result.selection.lines { print("  \(line)") }
    if result.handWritten > 0 { print("  kept \(counted(result.handWritten, "program")) that a person wrote") }
    result.problems.complainAll()
    result.selection.complainOfFindings("stays")
    let code = result.selection.code(result.problems)
    if code != .success { throw code }
  }
}

import ArgumentParser

/// Programs of several folders into one corpus.
struct MergeCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Adds to a corpus those programs that reach code, or states of clauses, which nothing in it does.",
    discussion: """
      Example: virtio-fuzz corpus merge work/corpus/FuzzLifecycle --into kept --budget 2MB

      Nothing is deleted or changed. What the target's seeds reach is not added again. Programs that show a finding are \
      left out, and named. The fuzz target measures, and has to be built for fuzzing.
      """)

  @Argument(help: "Programs, or folders of them.", completion: .directory)
  var from: [String]

  @Option(help: "The folder of the corpus, made where it is missing.", completion: .directory)
  var into: String

  @OptionGroup var options: SelectionOptions

  func run() throws {
    let merge = CorpusMerge(
      target: try options.target.device(), from: from, into: into.removingSuffix("/"), budget: options.budget,
      known: try options.knownKeys(), anyBytes: options.target.anyBytes)
    let result = try merge.run()
    print("\(merge.into): of \(counted(result.candidates, "new program"))")
    for line in result.selection.lines { print("  \(line)") }
    result.problems.complainAll()
    result.selection.complainOfFindings("is left out")
    let code = result.selection.code(result.problems)
    if code != .success { throw code }
  }
}

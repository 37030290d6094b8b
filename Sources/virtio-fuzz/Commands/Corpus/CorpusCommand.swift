import ArgumentParser

/// What becomes of the programs that fuzzing collects.
struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Keeps folders of programs small and whole, and moves programs in and out.",
    discussion: "Example: virtio-fuzz corpus stats work/corpus/FuzzLifecycle",
    subcommands: [
      MergeCorpus.self, MinimizeCorpus.self, CorpusStatistics.self, ImportCorpus.self, ExportCorpus.self,
    ])
}

extension [FileError] {
  /// Says what they are.
  func complainAll() { for problem in self { complain("\(problem)") } }
}

/// `1 program`, `3 programs`.
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

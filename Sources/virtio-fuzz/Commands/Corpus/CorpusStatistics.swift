import ArgumentParser
import VirtioProgram

/// What is in a corpus.
struct CorpusStatistics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Counts files, bytes, steps, devices and duplicates.",
    discussion: """
      Example: virtio-fuzz corpus stats Corpus/Seeds work/corpus

      Canonical files are written as the package writes programs; others are still programs to a fuzz target, and \
      'corpus import' makes them canonical. Duplicates are the same programs, in whatever bytes.
      """)

  @Argument(help: "Folders, or files.", completion: .directory)
  var paths: [String]

  func run() throws {
    var census = CorpusCensus()
    var problems: [FileError] = []
    for file in StoredProgram.files(at: paths, &problems) {
      StoredProgram.noting(&problems) { census.count(try Files.bytes(file)) }
    }
    print(census.text, terminator: "")
    problems.complainAll()
    if !problems.isEmpty { throw ExitCode.failure }
  }
}

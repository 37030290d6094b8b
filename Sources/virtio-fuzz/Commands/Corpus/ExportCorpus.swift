import ArgumentParser
import VirtioProgram

/// What OSS-Fuzz and ClusterFuzzLite want beside a fuzz target.
struct ExportCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes seed corpora, dictionaries and options as OSS-Fuzz takes them.",
    discussion: """
      Example: virtio-fuzz corpus export FuzzLifecycle --with-corpus work/corpus/FuzzLifecycle -o out

      Of each target, the folder gets TARGET_seed_corpus.zip, TARGET.dict and TARGET.options. The archive has the \
      programs of Corpus/Seeds/TARGET and Corpus/Regressions in the current folder. The same programs make the same \
      bytes.
      """)

  @Argument(help: "Fuzz targets. (default: all)")
  var targets: [FuzzTarget] = FuzzTarget.allCases

  @Option(help: "More programs for the archives, or folders of them.", completion: .directory)
  var withCorpus: [String] = []

  @Option(name: .shortAndLong, help: "The folder for the files, made where it is missing.", completion: .directory)
  var output: String

  func run() throws {
    try Files.makeFolder(output)
    for target in targets {
      let base = "\(output.removingSuffix("/"))/\(target.name)"
      let (programs, problems) = StoredProgram.all(at: target.seedFolders + withCorpus, anyBytes: false)
      if let problem = problems.first { throw problem }
      let seeds = programs.unique().sorted { $0.name < $1.name }
      guard !seeds.isEmpty else {
        throw FileError("Corpus/Seeds/\(target.name)", "there is no program for \(target.name) here")
      }
      guard seeds.count <= ZipArchive.maxEntries else {
        throw FileError(
          output, "\(seeds.count) programs are more than the \(ZipArchive.maxEntries) of an archive; minimize them")
      }
      var archive = ZipArchive()
      for seed in seeds { archive.add(seed.bytes, as: seed.name) }
      try Files.write(archive.bytes, to: "\(base)_seed_corpus.zip")
      try Files.write(Array(Self.dictionary.utf8), to: "\(base).dict")
      try Files.write(Array(Self.options(target).utf8), to: "\(base).options")
      print("\(base)_seed_corpus.zip: \(counted(seeds.count, "program")), \(counted(seeds.size, "byte"))")
    }
  }

  /// In the form that libFuzzer and AFL share.
  private static let dictionary = DictionaryWord.all.map { word in
    let bytes = word.bytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "\(word.name)=\"\(bytes)\"\n"
  }.joined()

  /// All else is in the fuzz target, which knows its own limits.
  private static func options(_ target: FuzzTarget) -> String {
    "[libfuzzer]\nmax_len = \(Program.maxSize)\ndict = \(target.name).dict\n"
  }
}

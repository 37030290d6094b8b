import ArgumentParser
import VirtioProgram

/// Inputs of other engines to programs.
struct ImportCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes canonical programs of any engine's inputs, each once.",
    discussion: """
      Example: virtio-fuzz corpus import afl-output --into work/corpus/FuzzLifecycle

      Any bytes are taken for a program, as a fuzz target does, but for those that say they are of another version. Of \
      an output folder of AFL, with inputs in folders 'queue', those inputs are taken, and of other folders every file \
      but .txt and .md. A file is named after the hash of its bytes. What is there already is left as it is.
      """)

  @Argument(help: "Files, or folders of them.", completion: .directory)
  var from: [String]

  @Option(help: "The folder for the programs, made where it is missing.", completion: .directory)
  var into: String

  func run() throws {
    var problems: [FileError] = []
    var found: [StoredProgram] = []
    for file in Self.inputs(StoredProgram.files(at: from, &problems)) {
      StoredProgram.noting(&problems) { found.append(StoredProgram(file, try Self.program(file))) }
    }
    try Files.makeFolder(into)
    let there = StoredProgram.all(at: [into], anyBytes: true).programs
    let new = found.unique(notIn: there)
    for program in new { try Files.write(program.bytes, to: "\(into.removingSuffix("/"))/\(program.name)") }
    print(
      "\(into): \(counted(new.count, "new program")); \(found.count - new.count) of \(counted(found.count, "file")) "
        + "are duplicates, or were there")
    problems.complainAll()
    if !problems.isEmpty { throw ExitCode.failure }
  }

  /// What an AFL keeps beside its inputs are no programs.
  private static func inputs(_ files: [String]) -> [String] {
    let inputs = files.filter { path in
      let names = path.split(separator: "/")
      return names.dropLast().last == "queue" && names.last?.hasPrefix("id") == true
    }
    return inputs.isEmpty ? files : inputs
  }

  private static func program(_ path: String) throws -> Program {
    let bytes = try Files.bytes(path)
    if bytes.starts(with: Header.magicBytes), bytes.count > 4, bytes[4] != Header.version {
      // Says which version it is.
      return try Files.program(path, anyBytes: false)
    }
    return bytes.withUnsafeBytes { Program(decoding: $0) }
  }
}

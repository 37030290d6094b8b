import ArgumentParser
import VirtioHarness
import VirtioProgram

/// A finding to a file that `swift test` replays for ever.
struct Regress: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Minimizes a finding, and keeps it where 'swift test' replays it from then on.",
    discussion: """
      Example: virtio-fuzz regress --with .build-fuzz/release/FuzzBroken work/findings/crash-1234

      The file is named after the clause and the bytes, as in MMIO-DEV-07-1a2b3c4d.vfz, with the text beside it. \
      'swift test' fails when the finding comes back on the reference device, and when the program does not put its \
      clause to the test there, bytes and text disagree, or the bytes cannot be read any more.
      """)

  @Argument(help: "A program's bytes, or its text in a file that ends in .txt.", completion: .file())
  var file: String

  @Option(help: "The folder that it is kept in.", completion: .directory)
  var folder = "Corpus/Regressions"

  @Option(help: "Which finding, as CLAUSE/step: MMIO-DEV-07/queue, or with /end for what is no step's.")
  var finding: FindingIdentity?

  @Option(help: "Why the clause need not be judged on the reference device, as for an alarm that was false.")
  var notJudged: String?

  @OptionGroup var target: TargetOptions

  func validate() throws {
    guard notJudged?.contains(where: \.isNewline) != true, notJudged != "" else {
      throw ValidationError("--not-judged is a reason in one line")
    }
  }

  func run() throws {
    let program = try Files.anyProgram(file, anyBytes: target.anyBytes)
    var kept = try MinimizedFinding(of: program, at: file, only: finding, on: target.device())
    if let notJudged { kept.comments.append(Regression.excuseMark + notJudged) }
    let bytes = kept.program.encode()
    let name = "\(kept.verdict.identity.clause.name)-\(contentHash(bytes).prefix(8)).vfz"
    let path = "\(folder.removingSuffix("/"))/\(name)"
    let state = try referenceState(of: kept, name: name, bytes: bytes)
    try Files.makeFolder(folder)
    try kept.write(to: path)
    print("\(path): \(kept.line)\n\(kept.text)", terminator: "")
    print("test: swift test --filter CorpusTests\n  \"puts its clause to the test\" → Regressions/\(name): \(state)")
  }

  /// What `swift test` will say. An error where it could not see the finding come back.
  private func referenceState(of kept: MinimizedFinding, name: String, bytes: [UInt8]) throws -> String {
    let reference = TargetDevice(FuzzExecutable(.lifecycle), timeLimit: target.timeLimit)
    if let verdict = try reference.verdict(kept.program, only: nil), verdict.severity == .error {
      return "fails, with \(verdict.identity), until that is repaired"
    }
    do {
      // Nothing in it traps or hangs, as a child has just shown.
      try Regression(name: name, bytes: bytes, text: kept.text).check()
    } catch {
      throw FileError(file, "minimized, it cannot be kept: \(error) (see --not-judged)")
    }
    return "passes"
  }
}

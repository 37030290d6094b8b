import ArgumentParser
import VirtioHarness
import VirtioProgram

/// A finding to the smallest program that shows it.
struct Minimize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes the smallest program that shows the same finding.",
    discussion: """
      Example: virtio-fuzz minimize --with .build-fuzz/release/FuzzBroken work/findings/crash-1234 -o small.vfz

      It takes out steps, and then brings their fields towards the simplest values, as long as the same clause is \
      broken in a step of the same kind. What is accepted has shown that twice. A finding is the first error in the \
      program, or else its first warning, unless --finding names another one. Traps (ROB-01) and hangs (ROB-02) end \
      child processes only.
      """)

  @Argument(help: "A program's bytes, or its text in a file that ends in .txt.", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "The file for the bytes, with the text beside it. (default: <file>.min.vfz)",
    completion: .file())
  var output: String?

  @Option(help: "Which finding, as CLAUSE/step: MMIO-DEV-07/queue, or with /end for what is no step's.")
  var finding: FindingIdentity?

  @OptionGroup var target: TargetOptions

  func run() throws {
    let output = output ?? "\(file.removingSuffix(".vfz")).min.vfz"
    for written in [output, output.textTwin] { try Files.check(written, of: "-o", isNot: file) }
    let program = try Files.anyProgram(file, anyBytes: target.anyBytes)
    let kept = try MinimizedFinding(of: program, at: file, only: finding, on: target.device())
    try kept.write(to: output)
    print("\(output): \(kept.line)\n\(kept.text)", terminator: "")
  }
}

extension FindingIdentity: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

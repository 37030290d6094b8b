import ArgumentParser
import VirtioProgram

/// Text to bytes.
struct Assemble: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a program's bytes from its text.",
    discussion: "Example: virtio-fuzz assemble steps.txt -o Corpus/Seeds/FuzzLifecycle/steps.vfz")

  @Argument(help: "A program's text.", completion: .file())
  var text: String

  @Option(name: .shortAndLong, help: "The file for the bytes, replaced if it is there.", completion: .file())
  var output: String

  func run() throws {
    try Files.check(output, of: "-o", isNot: text)
    let text = try Files.text(text)
    let program: Program
    do {
      program = try Program(text: text)
    } catch {
      throw FileError(self.text, "\(error)")
    }
    try Files.write(program.encode(), to: output)
  }
}

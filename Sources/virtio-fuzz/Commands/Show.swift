import ArgumentParser

/// Bytes to text.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a program as text, each step with its number.",
    discussion: """
      Example: virtio-fuzz show Corpus/Seeds/FuzzLifecycle/linux-modern-blk.vfz

      The text is what 'assemble' reads; the numbers are comments.
      """)

  @Argument(help: "A program's bytes.", completion: .file())
  var file: String

  @Flag(help: "Take any bytes for a program, as a fuzz target does with what an engine wrote.")
  var anyBytes = false

  func run() throws {
    print(try Files.program(file, anyBytes: anyBytes).text(numbered: true), terminator: "")
  }
}

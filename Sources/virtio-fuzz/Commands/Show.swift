import ArgumentParser
import Foundation
import Transcript
import VirtioProgram

/// Bytes to text, and a run to something that a person understands.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a program as text, or what happens when it runs.",
    discussion: """
      Example: virtio-fuzz show Corpus/Seeds/FuzzLifecycle/linux-modern-blk.vfz
      Example: virtio-fuzz show --verdict --with FuzzBroken work/findings/crash-1234
      Example: virtio-fuzz show --html finding.html work/findings/crash-1234 --any-bytes

      The text is what 'assemble' reads; the numbers are comments. With --verdict, the program runs, and each step is \
      followed by the register accesses with their answers, the device's accesses to guest memory, the changes of the \
      interrupt line, and the clauses that are broken there, with who was first at fault. Colours are for terminals, \
      and not where NO_COLOR is set. --html makes a page of the same, with a timeline and a map of guest memory, that \
      needs nothing but itself.
      """)

  @Argument(help: "A program's bytes, or its text in a file that ends in .txt.", completion: .file())
  var file: String

  @Flag(help: "Run it, and say what happens and what the judge makes of it.")
  var verdict = false

  @Option(help: "The page to write.", completion: .file(extensions: ["html"]))
  var html: String?

  @OptionGroup var target: TargetOptions

  func run() throws {
    if let html { try Files.check(html, of: "--html", isNot: file) }
    let program = try Files.anyProgram(file, anyBytes: target.anyBytes)
    guard verdict || html != nil else { return print(program.text(numbered: true), terminator: "") }
    let device = try target.device()
    if verdict {
      let hasColours = isatty(STDOUT_FILENO) != 0 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      let end = try device.transcript(of: program, as: hasColours ? .colour : .text, to: .standardOutput)
      if let end { print("\nverdict: \(end.clause.name): the device \(end.words)") }
    }
    if let html {
      let page = try TranscriptPage(of: program, on: device)
      try Files.write([UInt8](page.text.utf8), to: html)
      if !verdict { print("\(html): \(page.title)") }
    }
  }
}

import ArgumentParser
import TraceImport
import VirtioProgram

/// A real driver's register accesses to bytes.
struct ImportTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a program of the register accesses that a real driver was recorded with.",
    discussion: """
      Example: virtio-fuzz import-trace modern-blk.txt -o Corpus/Seeds/FuzzLifecycle/linux-modern-blk.vfz

      A line of a trace is '# comment', 'read OFFSET', 'write OFFSET VALUE' or 'irq LEVEL', in hexadecimal. One that \
      accesses GuestPageSize, QueueAlign or QueuePFN is of a legacy device. The widths come from the register table, \
      where fields of a legacy device are accessed in bytes, the rings move into the program's memory, and a plausible \
      request stands in front of each notification, since a trace has no memory.
      """)

  @Argument(help: "The trace.", completion: .file())
  var trace: String

  @Option(name: .shortAndLong, help: "The file for the bytes, replaced if it is there.", completion: .file())
  var output: String

  @Option(
    help: "What the device is: block, entropy, console or network. By default, what a comment with '-device' says.")
  var device: Header.Device?

  func run() throws {
    try Files.check(output, of: "-o", isNot: trace)
    let text = try Files.text(trace)
    let program: Program
    do {
      program = try Program(importing: Trace(text: text), device: device)
    } catch {
      throw FileError(trace, "\(error)")
    }
    try Files.write(program.encode(), to: output)
  }
}

extension Header.Device: ExpressibleByArgument {
  public init?(argument: String) {
    guard let device = Self.allCases.first(where: { $0.name == argument }) else { return nil }
    self = device
  }

  public static var allValueStrings: [String] { allCases.map(\.name) }
}

import ArgumentParser

/// Two devices beside each other.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the same programs on two devices, and says what they do differently.",
    discussion: """
      Example: virtio-fuzz compare FuzzLifecycle plugin:./libmydevice.so

      A device is a fuzz target by its name or its path, or whatever --device takes elsewhere. Without programs, all \
      seeds and regressions of the corpus in the current folder are run. A difference is not allowed where one device \
      breaks a clause in a program and the other does not. Where no clause is broken, the specification leaves it open \
      what registers, configuration space and buffers read, how long a used buffer is, and when what is done: such \
      differences are listed apart, of each kind with the smallest program that shows it. The exit code is 77 with \
      differences that are not allowed, but for warnings (SHOULD, SHOULD NOT, MAY) without --strict.
      """)

  @Argument(help: "The first device.", completion: .file())
  var first: String

  @Argument(help: "The second device.", completion: .file())
  var second: String

  @Argument(
    help: "Programs, or folders of them. (default: Corpus/Seeds and Corpus/Regressions)", completion: .file())
  var paths: [String] = []

  @Flag(help: "Take any bytes for a program, as a fuzz target does with what an engine wrote.")
  var anyBytes = false

  @Option(help: "What takes longer than this hangs, in seconds. (default: 2, and 20 for a device of a QEMU)")
  var timeLimit: UInt32?

  @Flag(help: "Take warnings (SHOULD, SHOULD NOT, MAY) for findings, too.")
  var strict = false

  @Flag(help: "Print an object with all of it instead of lines.")
  var json = false

  func validate() throws {
    guard timeLimit != 0 else { throw ValidationError("--time-limit is 0; it can be 1 s or more") }
  }

  func run() throws {
    let names = [first, second]
    let devices = try names.map { TargetDevice(try FuzzExecutable.named($0), timeLimit: timeLimit) }
    let programs = try NamedProgram.all(at: paths.isEmpty ? NamedProgram.corpus() : paths, anyBytes: anyBytes)
    let comparison = try Comparison(of: programs, on: devices, names: names)
    print(json ? try comparison.json() + "\n" : comparison.text, terminator: "")
    let code = comparison.code(isStrict: strict)
    if code != .success { throw code }
  }
}

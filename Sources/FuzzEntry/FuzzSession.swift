import FuzzerShim
import Glibc
import VirtioHarness
import VirtioOracle
import VirtioProgram

/// What a process that fuzzes holds beside the device: the current program, and what is made of a run's outcome.
@usableFromInline
struct FuzzSession {
  /// Where the folder for ``Board``s is looked for.
  static let statsVariable = "VIRTIO_FUZZ_STATS"
  /// About one mutation of so many is the engine's own.
  static let engineShare: UInt32 = 24

  /// The current program; kept for its room.
  @usableFromInline private(set) var program = Program()
  var mutator: ProgramMutator
  private(set) var board: Board
  let known: KnownFindings
  let arguments: FuzzArguments

  init(style: ProgramGenerator.Style) {
    program.steps.reserveCapacity(Program.maxSteps)
    mutator = ProgramMutator(style: style)
    arguments = FuzzArguments(CommandLine.arguments, hasEngine: shim_has_engine())
    board = Board(path: nil) ?? giveUp(.unreadable, "no shared memory: \(String(cString: strerror(errno)))")
    do {
      known = try KnownFindings(environment(KnownFindings.variable) ?? "")
    } catch {
      giveUp(.wrongUsage, "\(error)")
    }
  }

  /// Makes ready for the first input: a board that others see, and handlers before libFuzzer's.
  mutating func prepare() {
    if let folder = environment(Self.statsVariable) {
      let path = "\(folder)/\(getpid()).stats"
      board = Board(path: path) ?? giveUp(.unreadable, "\(UnreadablePath(path))")
    }
    shim_explain_deaths(explainer)
  }

  /// The strings are copies that live as long as the process.
  private var explainer: shim_explainer {
    shim_explainer(
      path: strdup(executablePath), name: strdup(arguments.executable),
      artifact_prefix: strdup(arguments.artifactPrefix),
      exact_artifact_path: arguments.exactArtifactPath.map { strdup($0) }, step: board.step,
      timeout: Int(arguments.timeout))
  }

  @usableFromInline
  mutating func begin(_ input: UnsafeRawBufferPointer) {
    shim_begin_input(input.baseAddress, input.count)
    program.decode(input)
  }

  @usableFromInline
  mutating func end(_ input: UnsafeRawBufferPointer, _ summary: RunSummary, _ ledger: borrowing Ledger) {
    board.record(summary, ledger)
    if !ledger.findings.isEmpty, let finding = firstNew(ledger.findings) { stop(input, finding, ledger.findings) }
    shim_end_input()
  }

  /// Counts the findings that are errors, and gives the first that is not known.
  func firstNew(_ findings: [Finding]) -> Finding? {
    var first: Finding?
    for finding in findings where finding.severity == .error {
      let isKnown = known.contains(finding)
      board.record(finding: isKnown)
      if !isKnown, first == nil { first = finding }
    }
    return first
  }

  /// Reports a finding, and lets libFuzzer write the artifact.
  private func stop(_ input: UnsafeRawBufferPointer, _ finding: Finding, _ all: [Finding]) -> Never {
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { path in
      withUnsafePointer(to: explainer) {
        shim_artifact_path($0, "crash", input.baseAddress, input.count, path.baseAddress!, path.count)
      }
      return String(cString: path.baseAddress!)
    }
    write(report(finding, all, artifact: path).text)
    shim_abort_explained()
  }

  func report(_ finding: Finding, _ all: [Finding], artifact: String) -> Report {
    let others = all.filter { $0.clause != finding.clause || $0.step != finding.step }
    return report(.violation(finding, others: others), step: UInt64(finding.step), artifact: artifact)
  }

  func report(_ cause: Report.Cause, step: UInt64, artifact: String) -> Report {
    Report(cause: cause, step: step, program: program, artifact: artifact, executable: arguments.executable)
  }
}

func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// The file of this process's executable, which its name need not lead to.
private var executablePath: String {
  let path = "/proc/self/exe"
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

func giveUp(_ code: ExitCode, _ message: String) -> Never {
  write("error: \(message)\n")
  exit(code.rawValue)
}

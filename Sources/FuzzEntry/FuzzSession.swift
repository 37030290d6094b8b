import FuzzerShim
import Glibc
import VirtioHarness
import VirtioOracle
import VirtioProgram

/// What a process that fuzzes holds beside the device: the current program, and what is made of a run's outcome.
@usableFromInline
struct FuzzSession {
  /// A folder for ``Board``s.
  static let statsVariable = "VIRTIO_FUZZ_STATS"
  /// Findings that stop nothing.
  static let knownVariable = "VIRTIO_FUZZ_KNOWN"
  /// The only findings that stop it, so that what is minimized stays the same finding.
  static let onlyVariable = "VIRTIO_FUZZ_ONLY"
  /// A folder for programs, one of each new finding: it counts as known from then on, and nothing stops.
  static let keepVariable = "VIRTIO_FUZZ_KEEP"
  /// What it goes without.
  static let withoutVariable = "VIRTIO_FUZZ_WITHOUT"

  /// The current program; kept for its room.
  @usableFromInline var program = Program()
  private(set) var board: Board
  private let known: FindingList
  private let only: FindingList?
  private let keepFolder: String?
  /// Those that a program was kept of.
  private var kept: Set<FindingIdentity> = []
  let arguments: FuzzArguments
  let ablation: Ablation
  /// As `--device` has it, where the device is not of the executable.
  private let foreignDevice: String?

  init(foreignDevice: String?) {
    self.foreignDevice = foreignDevice
    program.steps.reserveCapacity(Program.maxSteps)
    arguments = FuzzArguments(CommandLine.arguments, hasEngine: shim_has_engine())
    ablation = orGiveUp(.wrongUsage) { try Ablation(environment(Self.withoutVariable) ?? "") }
    board = orGiveUp(.unreadable) { try Board() }
    known = orGiveUp(.wrongUsage) { try FindingList(environment(Self.knownVariable) ?? "") }
    only = orGiveUp(.wrongUsage) { try environment(Self.onlyVariable).map { try FindingList($0) } }
    keepFolder = environment(Self.keepVariable).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Makes ready for the first input: a board that others see, and handlers before libFuzzer's.
  mutating func prepare() {
    if let folder = environment(Self.statsVariable) {
      board = orGiveUp(.unreadable) { try Board(path: "\(folder)/\(getpid()).stats") }
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
    board.begin(input)
    program.decode(input)
  }

  @usableFromInline
  mutating func end(_ input: UnsafeRawBufferPointer, _ summary: RunSummary, _ ledger: borrowing Ledger) {
    board.record(summary, ledger)
    if !ablation.contains(.clauses) { board.showClauses(ledger) }
    if !ledger.findings.isEmpty { take(ledger, of: input) }
    program.steps.removeAll(keepingCapacity: true)
    shim_end_input()
  }

  private mutating func take(_ ledger: borrowing Ledger, of input: UnsafeRawBufferPointer) {
    let findings = ledger.findings
    let finding = newFinding(in: findings)
    if let keepFolder {
      keep(findings.filter(isNew), in: keepFolder)
    } else if let finding {
      stop(input, finding, ledger)
    }
  }

  /// Keeps the current program, which shows these for the first time, also where they are warnings.
  private mutating func keep(_ findings: [Finding], in folder: String) {
    guard !findings.isEmpty else { return }
    kept.formUnion(findings.map(\.identity))
    let bytes = program.encode()
    let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 41) { digits in
      // Sound: 40 digits and a zero are written.
      sha1_hex(bytes, bytes.count, digits.baseAddress!)
      return String(cString: digits.baseAddress!)
    }
    orGiveUp(.unreadable) { try replaceFile("\(folder)/\(name).vfz", with: bytes) }
  }

  /// Counts the findings that are errors, and gives the first that is to stop this.
  func newFinding(in findings: [Finding]) -> Finding? {
    var first: Finding?
    for finding in findings where finding.severity == .error {
      let isNew = isNew(finding)
      board.record(finding: !isNew)
      if isNew, first == nil { first = finding }
    }
    return first
  }

  /// What a program is about: the first error that is new, else the first such warning.
  func mainFinding(in findings: [Finding]) -> Finding? {
    let new = findings.filter(isNew)
    return new.first { $0.severity == .error } ?? new.first
  }

  private func isNew(_ finding: Finding) -> Bool {
    !known.contains(finding) && only?.contains(finding) != false && !kept.contains(finding.identity)
  }

  /// Reports a finding, and lets libFuzzer write the artifact.
  private func stop(
    _ input: UnsafeRawBufferPointer, _ finding: Finding, _ ledger: borrowing Ledger
  ) -> Never {
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { path in
      withUnsafePointer(to: explainer) {
        shim_artifact_path($0, "crash", input.baseAddress, input.count, path.baseAddress!, path.count)
      }
      return String(cString: path.baseAddress!)
    }
    write(report(finding, ledger, artifact: path, isCanonical: isCanonical(input)).text)
    shim_abort_explained()
  }

  /// Whether these bytes, which are the current program, are what it is written as.
  func isCanonical(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.elementsEqual(program.encode()) }

  func report(_ finding: Finding, _ ledger: borrowing Ledger, artifact: String, isCanonical: Bool) -> Report {
    let others = ledger.findings.filter { $0.clause != finding.clause || $0.step != finding.step }
    return report(
      .violation(finding, others: others, scope: ledger.scope), step: UInt64(finding.step), artifact: artifact,
      isCanonical: isCanonical)
  }

  func report(_ cause: Report.Cause, step: UInt64, artifact: String, isCanonical: Bool) -> Report {
    Report(
      cause: cause, step: step, program: program, artifact: artifact, isCanonical: isCanonical,
      executable: arguments.executable, foreignDevice: foreignDevice)
  }
}

/// What `body` makes; where it fails, the process ends with its error.
func orGiveUp<T>(_ code: ExitCode, _ body: () throws -> T) -> T {
  do {
    return try body()
  } catch {
    giveUp(code, "\(error)")
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
  // It is not the input that ends the process.
  shim_end_input()
  write("error: \(message)\n")
  exit(code.rawValue)
}

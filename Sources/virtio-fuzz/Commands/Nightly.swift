import ArgumentParser
import Foundation

/// Fuzzing for a long time, without anybody watching.
struct Nightly: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fuzzes all targets for a time, keeps what they find, and writes a report.",
    discussion: """
      Example: virtio-fuzz nightly --minutes 240 --corpus work/nightly/corpus --report work/nightly/report
      Example: virtio-fuzz nightly --minutes 1 --with FuzzBroken

      The targets take turns; one that still finds something new gets more of them. A finding is reported once, and does \
      not stop the night. In the end each is minimized, with its text and a page that shows it. The corpus goes on from \
      where it was, and so does what an earlier night, that was killed, had found. In the report's folder: index.html, \
      report.json, summary.md, junit-<target>.xml, findings/ and artifacts/. All but the last three are there from the \
      first turn on. The exit code is 77 with findings.
      """)

  @Option(help: "How long to fuzz; minimizing and the report come on top.")
  var minutes = 60.0

  @Option(help: "The folder for inputs that reach something new, with one for each target.", completion: .directory)
  var corpus = "work/nightly/corpus"

  @Option(help: "The folder for the report and the findings.", completion: .directory)
  var report = "work/nightly/report"

  @Option(
    name: .customLong("with"), help: "A target to fuzz instead of this package's; may be given more than once.",
    completion: .file())
  var targets: [String] = []

  @Option(help: "Known findings, which are counted only.", completion: .file())
  var known: String?

  @Option(help: "Where randomness begins. (default: a random one)")
  var seed: UInt32?

  @Option(help: "How many processes fuzz at a time.")
  var jobs = 1

  func validate() throws {
    guard minutes > 0 else { throw ValidationError("--minutes is \(minutes); it can be more than 0") }
    guard jobs > 0 else { throw ValidationError("--jobs is \(jobs); it can be 1 or more") }
  }

  func run() throws {
    let executables =
      targets.isEmpty
      ? FuzzTarget.allCases.map { FuzzExecutable($0) }
      : try targets.map { FuzzExecutable(at: try FuzzExecutable.find($0)) }
    for executable in executables where executable.build() != .fuzzer {
      complain(
        "\(executable.name) is \(executable.build().rawValue), it cannot fuzz; build for fuzzing, for example by\n"
          + "  swift build -c release -Xswiftc -sanitize=fuzzer")
      throw ExitCode.validationFailure
    }
    let today = KnownFinding.today()
    let known = try known.map(KnownFinding.list)?.filter { $0.expiry >= today } ?? []
    let night = Night(
      limit: .seconds(minutes * 60), corpus: corpus.removingSuffix("/"), folder: report.removingSuffix("/"),
      known: known, seed: seed ?? .random(in: 1...(.max)), jobs: jobs)
    let result = try night.run(executables)
    print(result.markdown, terminator: "")
    print("report: \(night.folder)/index.html")
    if result.exitCode != .success { throw result.exitCode }
  }
}

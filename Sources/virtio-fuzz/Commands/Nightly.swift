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

  @Option(
    help: "How long to fuzz. Minimizing what was found and the corpora comes on top: a minute or so for each target.")
  var minutes = 60.0

  @Option(help: "The folder for inputs that reach something new, with one for each target.", completion: .directory)
  var corpus = "work/nightly/corpus"

  @Option(help: "The folder for the report and the findings.", completion: .directory)
  var report = "work/nightly/report"

  @Option(
    name: .customLong("with"), help: "A target to fuzz instead of this package's; may be given more than once.",
    completion: .file())
  var targets: [String] = []

  @Option(
    name: .customLong("device"),
    help: "A device that is not of this package, as for 'run'; may be given more than once.",
    transform: ForeignDevice.init)
  var devices: [ForeignDevice] = []

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
      targets.isEmpty && devices.isEmpty
      ? FuzzTarget.allCases.map { FuzzExecutable($0) }
      : try targets.map { FuzzExecutable(at: try FuzzExecutable.find($0)) } + devices.map { try $0.fuzzTarget() }
    // Its folders are named by it.
    let names = Dictionary(grouping: executables, by: \.name)
    if let name = names.first(where: { $0.value.count > 1 })?.key {
      throw ValidationError("two of the targets are named \(name); one night can have each name once")
    }
    for executable in executables { try executable.requireEngine() }
    let known = try KnownFinding.inForce(in: known)
    let night = Night(
      limit: .seconds(minutes * 60), corpus: corpus.removingSuffix("/"), folder: report.removingSuffix("/"),
      known: known, seed: seed ?? .random(in: 1...(.max)), jobs: jobs)
    let result = try night.run(executables)
    print(result.markdown, terminator: "")
    print("report: \(night.folder)/index.html")
    if result.exitCode != .success { throw result.exitCode }
  }
}

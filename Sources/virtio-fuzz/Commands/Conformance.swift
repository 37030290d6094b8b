import ArgumentParser
import VirtioProgram

/// A device against all clauses.
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints for each clause whether a device keeps it, with the shortest program where it does not.",
    discussion: """
      Example: virtio-fuzz conformance --device plugin:./libmydevice.so --html report.html

      It runs all seeds and regressions of the corpus in the current folder, or the programs that are named, and then \
      fuzzes for a time. A clause holds where it was put to the test and not broken; it is never armed where no program \
      gave an occasion to judge it, or only behind a driver that had broken a rule; it is not observable where runs of \
      programs cannot show it, for the reason that is said. Of what is violated the shortest program that was found is \
      minimized, run again, and printed as 'assemble' reads it, with what it may do to a guest: memory corruption or \
      escape from RAM, crash or hang, wedge until reset, wrong result, cosmetic. The exit code is 77 with violations, \
      but for warnings (SHOULD, SHOULD NOT, MAY) without --strict, and for what is known. An interrupted campaign ends \
      with what was seen so far.
      """)

  @Argument(
    help: "Programs, or folders of them. (default: Corpus/Seeds and Corpus/Regressions)", completion: .file())
  var paths: [String] = []

  @OptionGroup var target: TargetOptions

  @Option(help: "How long to fuzz behind that, in seconds; 0 leaves it out.")
  var seconds = 60

  @Option(help: "How long to make programs small behind that, in seconds, all together; 0 leaves it out.")
  var minimizing = 90

  @Option(help: "Where the randomness of fuzzing begins. (default: a random one)")
  var seed: UInt32?

  @Option(help: "The folder where fuzzing keeps programs that show something.", completion: .directory)
  var artifacts = "work/findings"

  @Option(
    help: "Known findings, as for 'run', which are shown and do not count for the exit code.", completion: .file())
  var known: String?

  @Flag(help: "Take warnings (SHOULD, SHOULD NOT, MAY) for findings, too.")
  var strict = false

  @Flag(help: "Print an array with an object for each clause, a line each, instead of a table.")
  var json = false

  @Option(help: "A file for the clauses as tests in JUnit's XML.", completion: .file())
  var junit: String?

  @Option(help: "A page to write, with a timeline for each violation.", completion: .file(extensions: ["html"]))
  var html: String?

  func validate() throws {
    for (name, number) in [("--seconds", seconds), ("--minimizing", minimizing)] {
      guard number >= 0 else { throw ValidationError("\(name) is \(number); it can be 0 or more") }
    }
  }

  func run() throws {
    for file in [junit, html].compactMap(\.self) { try Files.checkPlace(of: file) }
    let known = try KnownFinding.inForce(in: self.known)
    let executable = try target.executable()
    if seconds > 0 { try executable.requireEngine(alternative: "--seconds 0 leaves that out") }
    let device = TargetDevice(executable, timeLimit: target.timeLimit)
    let programs = try NamedProgram.all(
      at: paths.isEmpty ? NamedProgram.corpus() : paths, anyBytes: target.anyBytes)

    var evidence = Evidence()
    let isAlive = try evidence.add(programs, on: device)
    var wasInterrupted = false
    if seconds > 0 {
      let campaign = KeepingCampaign(
        target: executable, seconds: seconds, seed: seed ?? .random(in: 1...(.max)), timeLimit: device.timeLimit,
        artifacts: artifacts)
      let result = try campaign.run(seeds: zip(programs, isAlive).filter { $1 }.map { $0.0.program })
      try evidence.add(result, on: device)
      wasInterrupted = result.wasInterrupted
      if wasInterrupted || result.deaths > KeepingCampaign.restartLimit {
        let cause = wasInterrupted ? "was interrupted" : "died \(result.deaths) times"
        warn("the campaign \(cause), and fuzzed for \(Int(result.seconds)) of \(seconds) s")
      }
    }
    let violations = try Minimization(device: device, limit: wasInterrupted ? 0 : minimizing).run(evidence.examples)
    let report = ConformanceReport(
      device: target.foreign.device?.text ?? executable.name, evidence: evidence, violations: violations, known: known)

    print(json ? try report.json() : report.text, terminator: "")
    if let junit { try Files.write(report.junit(isStrict: strict), to: junit) }
    if let html { try Files.write(try report.html(on: device), to: html) }
    let code = report.code(isStrict: strict)
    if code != .success { throw code }
    if wasInterrupted { throw ExitCode.interrupted }
  }
}

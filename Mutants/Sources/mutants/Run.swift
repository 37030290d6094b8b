import ArgumentParser
import Foundation
import Mutation

/// Who notices.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the seeds, fuzzing and the properties against each mutant until one of them finds it.",
    discussion: """
      Example: mutants run --sample 50 --seconds 5

      It puts all mutants into a copy of the package, takes out those that do not compile, builds the copy once, and \
      checks that nothing is found without a mutant. Then each mutant is turned on by itself: first with the committed \
      seeds of all targets, then with fuzzing by the targets that get at its file, then with the property suites. The \
      copy stays in the scratch folder. The exit code is 0 whatever survives, unless the score is below --floor, and 1 \
      where something else is wrong.
      """)

  @Argument(help: "Numbers, ids, or what ids begin with. (default: all)")
  var ids: [String] = []

  @Option(help: "Run only so many of them, chosen by chance.")
  var sample: Int?

  @Option(help: "The seed of that choice, and of fuzzing.")
  var seed: UInt32 = 1

  @Option(help: "How many new programs of each fitting style run.")
  var programs = 10_000

  @Option(help: "How long each fitting target fuzzes with libFuzzer, in seconds; 0 for none, which saves its build.")
  var seconds = 5

  @Option(help: "How many mutants are run at the same time.")
  var jobs = 1

  @Option(help: "The score, in per cent, below which the exit code is 1.")
  var floor: Double?

  @Option(help: "A file with the equivalent mutants.", completion: .file(extensions: ["tsv"]))
  var equivalent = "Mutants/equivalent.tsv"

  @Option(help: "A file that each outcome is added to; mutants that are in it already are not run again.")
  var journal: String?

  @Option(name: .customLong("scratch-path"), help: "The folder for the copy.", completion: .directory)
  var scratch = "work/mutants"

  @Flag(help: "Leave out the check that nothing is found without a mutant.")
  var skipBaseline = false

  @Flag(help: "Print an array with an object for each mutant, a line each, instead of a table.")
  var json = false

  func validate() throws {
    for (name, number) in [("--programs", programs), ("--jobs", jobs), ("--sample", sample ?? 1)] where number < 1 {
      throw ValidationError("\(name) is \(number); it can be 1 or more")
    }
    guard seconds >= 0 else { throw ValidationError("--seconds is \(seconds); it can be 0 or more") }
  }

  func run() throws {
    var package = try MutantPackage(of: ".", in: "\(scratch)/package")
    let all = package.schemata.mutants
    // Errors that need no build come first.
    let reasons = try EquivalentMutants(contentsOf: equivalent, of: all).reasons
    let named = try MutantSelection.named(ids, of: all)

    try package.removeUncompiled { progress("takes out \($0) sites that do not compile") }
    progress("builds \(all.count) mutants")
    try package.build(engine: seconds > 0)
    let effort = Laboratory.Effort(programs: programs, seconds: seconds, seed: seed)
    let laboratory = try Laboratory(of: package, effort: effort)
    if !skipBaseline {
      progress("checks that nothing is found without a mutant")
      try laboratory.checkBaseline()
    }
    let selected =
      sample.map { MutantSelection.sample($0, of: named, seed: UInt64(seed)) } ?? named
    let queue = TrialQueue(
      laboratory: laboratory, reasons: reasons, uncompiled: package.schemata.uncompiled,
      journal: journal.map(Journal.init))
    let score = Score(try queue.outcomes(of: selected, jobs: jobs) { progress($0) })
    if json {
      let lines = try score.outcomes.map { try OutcomeLine($0).json() }
      print("[\n\(lines.joined(separator: ",\n"))\n]")
    } else {
      print(score.text, terminator: "")
    }
    if let floor, score.percent < floor {
      progress("error: \(score.summary) is below \(floor) %")
      throw ExitCode.failure
    }
  }

  private func progress(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}

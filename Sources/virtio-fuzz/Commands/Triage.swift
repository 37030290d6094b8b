import ArgumentParser
import Foundation
import VirtioHarness
import VirtioProgram

/// Many programs to few findings.
struct Triage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sorts programs by what they show: a line for each finding, with its smallest example.",
    discussion: """
      Example: virtio-fuzz triage work/findings --with .build-fuzz/release/FuzzBroken --sarif findings.sarif

      A finding is a clause, and the kind of the step that it was broken in. Each program counts for its first error, or \
      else its first warning. Every file in a folder is taken, but for .txt and .md. Programs run in children, which traps \
      (ROB-01) and hangs (ROB-02) may end. The exit code is 77 with findings, but for warnings without --strict.
      """)

  @Argument(help: "Folders of programs' bytes, or files.", completion: .directory)
  var paths: [String]

  @Flag(help: "Print an object with all of it instead of lines.")
  var json = false

  @Option(help: "A file for the findings as failed tests.", completion: .file())
  var junit: String?

  @Option(help: "A file for the findings in SARIF 2.1.0.", completion: .file())
  var sarif: String?

  @Flag(help: "Take warnings (SHOULD, SHOULD NOT, MAY) for findings, too.")
  var strict = false

  @OptionGroup var target: TargetOptions

  func run() throws {
    if let junit, let sarif { try Files.check(junit, of: "--junit", isNot: sarif) }
    let device = try target.device()
    var unreadable: [TriageResult.Unreadable] = []
    var programs: [(path: String, steps: Int)] = []
    for path in paths {
      do {
        for file in try Files.programs(at: path) {
          do {
            programs.append((file, try Files.program(file, anyBytes: target.anyBytes).steps.count))
          } catch let error as FileError {
            unreadable.append(TriageResult.Unreadable(path: error.path, problem: error.problem))
          }
        }
      } catch let error as FileError {
        unreadable.append(TriageResult.Unreadable(path: error.path, problem: error.problem))
      }
    }
    let verdicts = try device.verdicts(programs.map(\.path))
    let result = TriageResult(
      device: device.name, programs: zip(programs, verdicts).map { ($0.path, $0.steps, $1) }, unreadable: unreadable)
    for file in unreadable { complain("\(file.path): \(file.problem)") }
    if json { print(try result.json()) } else { print(result.text, terminator: "") }
    if let junit { try Files.write(result.junit(), to: junit) }
    if let sarif { try Files.write(try result.sarif(), to: sarif) }
    let code = result.code(isStrict: strict)
    if code != .success { throw code }
  }
}

import ArgumentParser
import Foundation
import FuzzerShim
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// What ``Clauses`` starts: runs programs one after the other, and prints a line of JSON behind each, so that whoever
/// reads them knows how far it came.
struct CountClauses: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count-clauses",
    abstract: "Runs programs in this process, and prints what became of the clauses, for 'clauses'.",
    discussion: "Example: virtio-fuzz count-clauses Corpus/Seeds/FuzzLifecycle/linux-modern-blk.vfz",
    shouldDisplay: false)

  @Argument(help: "Programs.", completion: .file())
  var files: [String]

  @OptionGroup var options: ReplayOptions

  func run() throws {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var before = harness.observer.ledger.counts.map { $0 }
    for file in files {
      var line = ProgramCounts()
      do {
        let program = try Files.anyProgram(file, anyBytes: options.anyBytes)
        // Ends this process: nothing in it would look at a clock during a hang.
        shim_set_alarm(1000 * UInt64(options.timeLimit))
        _ = harness.run(program)
        line.isFinding = harness.observer.ledger.findings.contains { options.strict || $0.severity == .error }
        let counts = harness.observer.ledger.counts.map { $0 }
        for clause in ClauseID.allCases where !harness.observer.ledger.marks[Int(clause.rawValue)].isEmpty {
          let index = Int(clause.rawValue)
          line.counts.append([
            UInt64(index), counts[index].satisfied - before[index].satisfied,
            counts[index].violated - before[index].violated, counts[index].suspended - before[index].suspended,
          ])
        }
        before = counts
      } catch {
        line.problem = "\(error)"
      }
      FileHandle.standardOutput.write(try JSONEncoder().encode(line) + Data("\n".utf8))
    }
  }
}

/// What one program did to the clauses.
struct ProgramCounts: Codable {
  /// Four numbers a clause: the raw value of its id, and how often it was satisfied, violated and suspended.
  var counts: [[UInt64]] = []
  var isFinding = false
  /// Why it could not be run.
  var problem: String?
}

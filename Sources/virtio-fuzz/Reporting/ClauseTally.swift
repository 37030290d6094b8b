import ArgumentParser
import Foundation
import VirtioSpec

/// How often each clause was judged, and what else came of the programs.
struct ClauseTally {
  /// By the raw values of the ids.
  var clauses = [Statistics.Count](repeating: Statistics.Count(), count: ClauseID.count)
  /// A code for each program that did not just run.
  var codes: [ExitCode] = []
  /// The programs that ended a child.
  private(set) var fatal: [String] = []
  /// What runs them: another build of this executable, if it is not this one.
  var executable = Bundle.main.executableURL
  /// What is added to the environment of the children.
  var environment: [String: String] = [:]

  /// The most programs that a child is given: a command line has a limit.
  private static let batch = 1000

  /// Adds programs, run in children: one that dies is told, and a new child goes on behind it.
  mutating func count(_ files: [String], _ options: ReplayOptions) throws {
    for first in stride(from: 0, to: files.count, by: Self.batch) {
      try countBatch(files[first..<min(first + Self.batch, files.count)], options)
    }
  }

  private mutating func countBatch(_ files: ArraySlice<String>, _ options: ReplayOptions) throws {
    var rest = files
    while !rest.isEmpty {
      let (lines, end) = try runChild(Array(rest), options)
      for line in lines {
        add(line, of: rest.removeFirst())
      }
      guard !rest.isEmpty else { return }
      let (problem, code) = end
      let file = rest.removeFirst()
      complain("\(file): \(problem)")
      fatal.append(file)
      codes.append(code)
    }
  }

  private mutating func add(_ line: ProgramCounts, of file: String) {
    if let problem = line.problem {
      complain(problem)
      codes.append(.failure)
    }
    if line.isFinding {
      complain("\(file): the judge found something; see 'virtio-fuzz replay \(file)'")
      codes.append(.finding)
    }
    for row in line.counts where row.count == 4 && row[0] < UInt64(clauses.count) {
      clauses[Int(row[0])] += Statistics.Count(satisfied: row[1], violated: row[2], suspended: row[3])
    }
  }

  /// What a child says of the programs that it came to the end of, and how the next one ended it.
  private func runChild(
    _ files: [String], _ options: ReplayOptions
  ) throws -> (lines: [ProgramCounts], end: (problem: String, code: ExitCode)) {
    let process = Process()
    process.executableURL = executable
    process.arguments = [CountClauses.configuration.commandName!] + options.arguments + ["--"] + files
    process.environment = ["SWIFT_BACKTRACE": "enable=no"].merging(ProcessInfo.processInfo.environment) { $1 }
      .merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = text.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(ProgramCounts.self, from: Data($0))
    }
    return (lines, Replay.death(of: process, timeLimit: options.timeLimit) ?? ("the child ended early", .failure))
  }
}

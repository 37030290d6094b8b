import ArgumentParser
import Foundation
import VirtioProgram

/// A campaign that goes on behind what it finds: a program of each finding is kept, and a process that dies is started
/// again.
struct KeepingCampaign {
  /// How often it is started again at most: a device that many programs end would be tested by no other.
  static let restartLimit = 10

  let target: FuzzExecutable
  /// Of all its processes together.
  let seconds: Int
  let seed: UInt32
  /// What takes longer than this hangs, in seconds.
  let timeLimit: UInt32
  /// The folder for programs that show something; what is in it already stays, and does not count as found.
  let artifacts: String

  struct Result {
    /// Of each process.
    let statistics: [Statistics]
    /// What shows something, or ended a process.
    let found: [NamedProgram]
    let deaths: Int
    /// How long it fuzzed, in seconds.
    let seconds: Double
    /// By a person.
    let wasInterrupted: Bool
  }

  /// Fuzzes with these programs to begin with, of which none may be one that ends the process.
  func run(seeds: [Program]) throws -> Result {
    try Files.withTemporaryFolder { folder in
      for name in ["seeds", "corpus"] { try Files.makeFolder("\(folder)/\(name)") }
      for (index, program) in seeds.enumerated() {
        try Files.write(program.encode(), to: "\(folder)/seeds/\(index).vfz")
      }
      return try run(in: folder)
    }
  }

  private func run(in folder: String) throws -> Result {
    var target = target
    target.seedFolders = ["\(folder)/seeds"]
    var statistics: [Statistics] = []
    var deaths = 0
    var wasInterrupted = false
    let (date, start) = (Date(), ContinuousClock.now)
    while deaths <= Self.restartLimit {
      let left = seconds - Int((.now - start) / Duration.seconds(1))
      guard left > 0 else { break }
      let campaign = Campaign(
        target: target, seconds: left, runs: nil, seed: seed &+ UInt32(deaths), jobs: 1, known: [],
        keep: artifacts, corpus: "\(folder)/corpus", artifacts: artifacts,
        statistics: "\(folder)/stats", engineFlags: ["-timeout=\(timeLimit)"])
      let result = try campaign.run()
      statistics.append(result.statistics)
      wasInterrupted = result.wasInterrupted
      if wasInterrupted || result.exitCode == .success { break }
      guard [.finding, .timeOut, .outOfMemory].contains(result.exitCode) else {
        throw FileError(
          target.url.relativePath,
          "it ended with exit code \(result.exitCode.rawValue): \(result.progress.last?.lastWords ?? "")")
      }
      deaths += 1
    }
    let found = try Files.programs(in: artifacts, since: date)
      .map { NamedProgram(path: $0, program: try Files.program($0, anyBytes: true)) }
    return Result(
      statistics: statistics, found: found, deaths: deaths, seconds: (.now - start) / .seconds(1),
      wasInterrupted: wasInterrupted)
  }
}

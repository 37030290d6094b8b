import Foundation
import VirtioProgram
import VirtioSpec

/// What fuzz targets count while they run, summed over all the processes of a run.
///
/// Each process keeps a file `<pid>.stats` of little-endian 64-bit words: magic, version, nine numbers, at
/// word 16 the executed steps by kind, and at word 64 three words a clause: satisfied, violated, suspended. See ``LastInput``
/// for what is behind them.
struct Statistics {
  struct Count {
    var satisfied: UInt64 = 0
    var violated: UInt64 = 0
    var suspended: UInt64 = 0

    var armed: UInt64 { satisfied + violated + suspended }
    /// Those that said something.
    var inForce: UInt64 { satisfied + violated }

    /// From 0 to 1; 1 where nothing was armed.
    var shareInForce: Double { armed == 0 ? 1 : Double(inForce) / Double(armed) }

    static func += (sum: inout Count, count: Count) {
      sum.satisfied += count.satisfied
      sum.violated += count.violated
      sum.suspended += count.suspended
    }
  }

  private(set) var executions: UInt64 = 0
  private(set) var steps: UInt64 = 0
  private(set) var skippedSteps: UInt64 = 0
  private(set) var chains: UInt64 = 0
  private(set) var chainsWithData: UInt64 = 0
  private(set) var programsWithChains: UInt64 = 0
  /// Findings that are not known.
  private(set) var violations: UInt64 = 0
  private(set) var knownFindings: UInt64 = 0
  /// By the raw values of the kinds.
  private(set) var stepsByKind = [UInt64](repeating: 0, count: StepKind.allCases.count)
  /// By the raw values of the ids.
  private(set) var clauses = [Count](repeating: Count(), count: ClauseID.count)

  /// The sum of the files in a folder. Files that are not complete yet are left out.
  init(folder: URL) {
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    for file in files ?? [] where file.pathExtension == "stats" {
      if let data = try? Data(contentsOf: file) { add(data) }
    }
  }

  /// Takes the counts of earlier runs out of a folder.
  static func removeAll(in folder: URL) throws {
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "stats" {
      try FileManager.default.removeItem(at: file)
    }
  }

  private mutating func add(_ data: Data) {
    let words = data.withUnsafeBytes { bytes in
      stride(from: 0, through: bytes.count - 8, by: 8).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
      }
    }
    guard words.count >= Self.firstClause + 3 * clauses.count, words[0] == Self.magic, words[1] == Self.version,
      words[9] == UInt64(clauses.count)
    else { return }
    executions += words[2]
    steps += words[3]
    skippedSteps += words[4]
    chains += words[5]
    programsWithChains += words[6]
    violations += words[7]
    knownFindings += words[8]
    chainsWithData += words[10]
    for kind in stepsByKind.indices { stepsByKind[kind] += words[Self.firstKind + kind] }
    for clause in clauses.indices {
      let place = Self.firstClause + 3 * clause
      clauses[clause] += Count(
        satisfied: words[place], violated: words[place + 1], suspended: words[place + 2])
    }
  }

  var armedClauses: Int { clauses.count { $0.armed > 0 } }
  /// Of devices: what drivers break is no finding.
  var violatedClauses: Int { violatedClauses(of: .device) }
  /// What the programs' drivers broke, mostly on purpose.
  var breachedClauses: Int { violatedClauses(of: .driver) }

  private func violatedClauses(of side: Clause.Side) -> Int {
    zip(Clause.all, clauses).count { $0.side == side && $1.violated > 0 }
  }

  /// "VZFSTATS" as a little-endian number.
  private static let magic: UInt64 = 0x5354_4154_5346_5a56
  private static let version: UInt64 = 1
  private static let firstKind = 16
  static let firstClause = 64
  /// Where the number of the current step is, and what it is at the end of a program.
  static let step = 11
  static let finished = UInt64.max - 1
}

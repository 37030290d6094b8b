import VirtioSpec

/// What a verdict on a program leaves out: what the driver broke, and what could not be judged for it.
public struct Scope: Sendable {
  /// How far a suspension goes, from the narrowest on.
  public enum Reach: Sendable, CaseIterable {
    /// For this access.
    case access
    /// Until the chain is returned.
    case chain
    /// Until the queue starts again.
    case queue
    /// Until the device is reset.
    case device

    @inline(__always)
    var marks: Ledger.Marks {
      switch self {
      case .access: [.suspended, .suspendedForAccess]
      case .chain: [.suspended, .suspendedForChain]
      case .queue: [.suspended, .suspendedForQueue]
      case .device: [.suspended, .suspendedForDevice]
      }
    }

    fileprivate var text: String {
      switch self {
      case .access: "for single accesses"
      case .chain: "for single chains"
      case .queue: "for a queue"
      case .device: "until the next reset"
      }
    }
  }

  /// A clause that was suspended at least once, and how far at most.
  public struct Suspension: Equatable, Sendable {
    public let clause: ClauseID
    public let reach: Reach
  }

  /// What the driver broke first.
  public let breach: DriverFault?
  /// How many other rules it broke, each counted once.
  public let otherRules: Int
  /// In the order of ids.
  public let suspended: [Suspension]

  /// The most clauses that ``text`` names as suspended as far as each other.
  private static let limit = 8

  /// For people; nil where everything was in force. For example: `driver broke SPLIT-DRV-03 at step 12 and 2 more of its
  /// rules; suspended for single chains: BLK-DEV-12; suspended until the next reset: MMIO-REG-18, SPLIT-DEV-03`.
  public var text: String? {
    var words: [String] = []
    if let breach {
      let more = otherRules == 0 ? "" : " and \(otherRules) more of its rules"
      words.append("driver broke \(breach.clause.name) at step \(breach.step)\(more)")
    }
    for reach in Reach.allCases {
      let names = suspended.filter { $0.reach == reach }.map(\.clause.name)
      guard !names.isEmpty else { continue }
      let more = names.count > Self.limit ? " and \(names.count - Self.limit) more" : ""
      words.append("suspended \(reach.text): \(names.prefix(Self.limit).joined(separator: ", "))\(more)")
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}

extension Ledger {
  /// Of this program.
  public var scope: Scope {
    var suspended: [Scope.Suspension] = []
    for clause in ClauseID.allCases {
      let marks = marks[Int(clause.rawValue)]
      guard let reach = Scope.Reach.allCases.last(where: { marks.isSuperset(of: $0.marks) }) else { continue }
      suspended.append(Scope.Suspension(clause: clause, reach: reach))
    }
    let misleading = misleadingBreaches
    let rules = Set(misleading.map(\.clause))
    return Scope(breach: misleading.first, otherRules: max(rules.count - 1, 0), suspended: suspended)
  }
}

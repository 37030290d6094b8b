import VirtioOracle
import VirtioSpec

/// A clause that programs on a device cannot show to be kept or broken, and why.
public struct BlindSpot: Equatable, Sendable {
  public let clause: ClauseID
  /// For people, in one line: `not observable: a permission`.
  public let reason: String

  public init(_ clause: ClauseID, _ reason: String) {
    self.clause = clause
    self.reason = reason
  }

  /// What no device shows: clauses without a rule, and those that are judged of two runs, or of no run at all.
  public static let ofAnyDevice: [BlindSpot] = ClauseID.allCases.filter { $0.clause.side == .device }
    .compactMap { clause in
      switch Judge.state(of: clause) {
      case .waived(let reason): return BlindSpot(clause, reason)
      case .judgedElsewhere:
        // How a process ends is seen.
        guard clause != .rob01, clause != .rob02 else { return nil }
        let subject = clause.name.hasPrefix("MMIO-DT-") ? "a device tree, see 'virtio-fuzz discover'" : "two runs"
        return BlindSpot(clause, "not observable: judged of \(subject)")
      case .rule, .traceRule, .twin, nil: return nil
      }
    }

  /// What a device does not show besides, whose accesses to memory are told by what has changed.
  public static let ofUnauditedMemory: [BlindSpot] = Judge.judgedOfAccesses
    .map { BlindSpot($0, "not observable: accesses to memory are not seen, only what has changed there") }

  /// What ``line(_:)`` made; nil where it is none.
  public static func list(line: some StringProtocol) -> [BlindSpot]? {
    let fields = line.split(separator: Character("\t")).map { String($0) }
    guard fields.count.isMultiple(of: 2) else { return nil }
    var spots: [BlindSpot] = []
    for index in stride(from: 0, to: fields.count, by: 2) {
      guard let clause = ClauseID(name: fields[index]) else { return nil }
      spots.append(BlindSpot(clause, fields[index + 1]))
    }
    return spots
  }

  /// Clauses and reasons with tabs between them, without a line feed.
  public static func line(_ spots: [BlindSpot]) -> String {
    spots.map { "\($0.clause.name)\t\($0.reason)" }.joined(separator: "\t")
  }
}

import VirtioOracle
import VirtioSpec

/// What came of a property: how often its clauses were judged, and a shrunk program that breaks one of them.
public struct Outcome {
  public internal(set) var programs = 0
  /// Chains that the device returned.
  public internal(set) var completedChains = 0
  public internal(set) var counts: [ClauseID: Ledger.Count] = [:]
  /// Says what was broken, by which steps, how to replay them and how to keep them; nil if nothing was.
  public internal(set) var failure: String?

  public func satisfied(_ clause: ClauseID) -> UInt64 { counts[clause]?.satisfied ?? 0 }
}

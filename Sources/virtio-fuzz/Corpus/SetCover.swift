/// The choice of few small sets that together have all that is in any of them.
enum SetCover {
  /// A set of features, and what it costs to keep it.
  struct Candidate {
    let features: [UInt32]
    /// More than 0.
    let cost: Int
  }

  /// The indices of those that are chosen beside what is covered, each the one that adds most for its cost at its turn.
  ///
  /// Takes time in proportion to all features together, and to candidates times choices.
  static func choose(_ candidates: [Candidate], covered: Set<UInt32>) -> [Int] {
    var holders: [UInt32: [Int32]] = [:]
    var gains = [Int](repeating: 0, count: candidates.count)
    for (index, candidate) in candidates.enumerated() {
      for feature in candidate.features where !covered.contains(feature) {
        holders[feature, default: []].append(Int32(index))
        gains[index] += 1
      }
    }
    var chosen: [Int] = []
    var open = candidates.indices.filter { gains[$0] > 0 }
    // Without division: a/b > c/d where all are positive. The first one where they are alike.
    while let best = open.max(by: { gains[$0] * candidates[$1].cost < gains[$1] * candidates[$0].cost }) {
      chosen.append(best)
      for feature in candidates[best].features {
        for holder in holders.removeValue(forKey: feature) ?? [] { gains[Int(holder)] -= 1 }
      }
      open.removeAll { gains[$0] == 0 }
    }
    return chosen
  }
}

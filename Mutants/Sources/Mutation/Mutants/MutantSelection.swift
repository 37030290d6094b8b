/// Which mutants are run.
public enum MutantSelection {
  /// Those that words name: numbers, ids, or what ids begin with, up to a colon or a slash.
  public static func named(_ words: [String], of mutants: [Mutant]) throws(FileError) -> [Mutant] {
    guard !words.isEmpty else { return mutants }
    var numbers: Set<Int> = []
    for word in words {
      let found = mutants.filter { mutant in
        guard Int(word) == nil else { return mutant.number == Int(word) }
        let next = mutant.id.dropFirst(word.count).first
        return mutant.id.hasPrefix(word) && (next == nil || next == ":" || next == "/" || word.hasSuffix("/"))
      }
      guard !found.isEmpty else { throw FileError(word, "there is no such mutant; 'mutants list' prints all of them") }
      numbers.formUnion(found.map(\.number))
    }
    return mutants.filter { numbers.contains($0.number) }
  }

  /// So many of them, chosen and in an order by chance; of a seed, a larger sample begins with a smaller one.
  public static func sample(_ count: Int, of mutants: [Mutant], seed: UInt64) -> [Mutant] {
    var generator = SplitMix64(state: seed)
    return Array(mutants.shuffled(using: &generator).prefix(count))
  }
}

/// Numbers that follow from a seed.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

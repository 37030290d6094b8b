/// A small, fast source of numbers (SplitMix64) that gives the same ones for the same seed, on every machine.
public struct ProgramRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number from 0 to `limit` - 1; 0 for the limit 0.
  mutating func below(_ limit: UInt64) -> UInt64 { next().multipliedFullWidth(by: limit).high }

  mutating func below(_ limit: Int) -> Int { Int(below(UInt64(limit))) }

  /// True once in so many times.
  mutating func oneIn(_ count: UInt64) -> Bool { below(count) == 0 }

  /// True with this probability, 0 to 1.
  mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < probability }

  /// One of `words`, which are not none.
  mutating func pick(_ words: [UInt64]) -> UInt64 { words[below(words.count)] }
}

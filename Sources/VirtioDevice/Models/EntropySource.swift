/// Where an entropy device's bytes come from.
public protocol EntropySource: ~Copyable {
  /// The next 64 random bits.
  mutating func next() -> UInt64
}

/// The system's random numbers.
public struct SystemEntropy: EntropySource {
  private var generator = SystemRandomNumberGenerator()

  public init() {}

  public mutating func next() -> UInt64 { generator.next() }
}

/// Numbers that follow from a seed (SplitMix64), for runs that have to be the same again. Not for guests.
public struct SeededEntropy: EntropySource {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}

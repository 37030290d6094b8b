import VirtioSpec

/// Makes programs that reach deep states of a device and are, step by step, rarely wrong. The same seed gives the same
/// programs.
public struct ProgramGenerator: Sendable {
  /// What the programs are mostly about.
  public enum Style: CaseIterable, Sendable {
    /// Accesses of registers, of any offset, width and order.
    case registers
    /// Malformed chains, raw descriptors and rings, memory that changes.
    case descriptors
    /// The life of a device under a driver that knows its trade.
    case lifecycle
    /// The same, in front of a device with the legacy interface.
    case legacy
    /// The same with packed rings, and scenes of ``descriptors`` twice as often as faults.
    case packed
    /// The same, in front of a console.
    case console
    /// The same, in front of a network device.
    case network
    /// The same, in front of a block device.
    case block
    /// The same, in front of an entropy device.
    case entropy

    /// What all programs are in front of; nil where that differs.
    var device: Header.Device? {
      switch self {
      case .block: .block
      case .entropy: .entropy
      case .console: .console
      case .network: .network
      case .registers, .descriptors, .lifecycle, .legacy, .packed: nil
      }
    }
  }

  public let style: Style
  /// The probability that a step breaks a rule, 0 to 1. The styles ``Style/registers`` and ``Style/descriptors`` break them
  /// anyway.
  public let faultRate: Double
  var random: ProgramRandom
  /// The header of the program that steps are made for.
  private(set) var header = Header()
  /// The feature bits that the driver of the program accepted last, as far as can be known.
  var accepted = FeatureBits(rawValue: UInt128(UInt64.max))
  /// The sizes of the program's queues as they were last set up, as far as can be known.
  var sizes = InlineArray<8, UInt64>(repeating: 0)

  /// How many pairs of a network device's queues the driver has put into use, likewise.
  var activePairs: UInt64 = 1

  public init(style: Style, seed: UInt64, faultRate: Double = 0.03) {
    self.style = style
    self.faultRate = faultRate
    random = ProgramRandom(seed: seed)
  }

  /// Goes on as if just made with this seed, making steps for a program with this header.
  mutating func restart(seed: UInt64, header: Header) {
    random = ProgramRandom(seed: seed)
    use(header)
  }

  mutating func use(_ header: Header) {
    self.header = header
    accepted = offered
    activePairs = 1
    sizes = InlineArray(repeating: 1 << UInt64(header.sizeLog2))
  }

  /// A program with a number of steps from this range, of which at most ``Program/maxSteps`` count.
  public mutating func program(steps range: Range<Int>) -> Program {
    use(randomHeader())
    let count = min(Program.maxSteps, range.lowerBound + random.below(range.count))
    var steps: [Step] = []
    if style != .registers || !random.oneIn(3) { bringUp(&steps) }
    while steps.count < count { scene(&steps) }
    return Program(header: header, steps: steps.prefix(count).map { $0.reduced() })
  }

  /// One step of the style.
  public mutating func step() -> Step {
    let step =
      switch style {
      case .registers: registerStep()
      case .descriptors: descriptorStep()
      case .lifecycle, .legacy, .packed, .console, .network, .block, .entropy:
        random.chance(faultRate) ? faultyStep() : lifecycleStep()
      }
    return step.reduced()
  }

  /// Appends a few steps that belong together, or one that stands alone.
  mutating func scene(_ steps: inout [Step]) {
    switch style {
    case .registers: random.oneIn(40) ? bringUp(&steps) : steps.append(step())
    case .descriptors: descriptorScene(&steps)
    case .lifecycle, .legacy, .console, .network, .block, .entropy: lifecycleScene(&steps)
    case .packed: random.chance(2 * faultRate) ? descriptorScene(&steps) : lifecycleScene(&steps)
    }
  }

  var queueCount: UInt64 { UInt64(header.virtqueueCount) }

  /// Features that the device can offer.
  var offered: FeatureBits {
    // Bits mean something else for each device type.
    let absent: FeatureBits =
      header.device == .network ? [] : header.queueCount > 1 ? .blkSizeMax : [.blkSizeMax, .blkMultiQueue]
    var offer = FeatureBits(rawValue: UInt128(~header.withheldFeatures)).subtracting(absent)
    if header.device == .network {
      offer = offer.intersection(Self.offeredByNetwork(withheld: header.withheldFeatures))
    }
    if !header.flags.contains(.notificationData) { offer.remove(.notificationData) }
    if !header.flags.contains(.inOrder) { offer.remove(.inOrder) }
    return isLegacy ? offer.intersection(.legacyRange) : offer
  }

  var isLegacy: Bool { header.flags.contains(.legacy) }

  /// Whether the program's queues are packed, as far as can be known.
  var isPacked: Bool { header.flags.contains(.packed) && !isLegacy && accepts(.ringPacked) }

  func accepts(_ features: FeatureBits) -> Bool { accepted.isSuperset(of: features) }
}

import VirtioSpec

extension ProgramGenerator {
  mutating func registerStep() -> Step {
    switch random.below(100) {
    case 0..<28: registerRead()
    case 28..<68: registerWrite()
    case 68..<72: negotiate()
    case 72..<77: setUp(queue())
    case 77..<80: start()
    case 80..<86: publish()
    case 86..<89: service()
    case 89: Step(.reset)
    case 90: Step(.queueReset).setting(.queue, queue())
    case 91: Step(.stop).setting(.queue, queue())
    case 92: anyStep(.resize)
    case 93: anyStep(.backend)
    case 94: anyStep(.poll)
    default: anyStep()
    }
  }

  mutating func registerRead() -> Step {
    let offset = registerOffset()
    return Step(.read).setting(.index, offset).setting(.choice, width(at: offset))
  }

  mutating func registerWrite() -> Step {
    let offset = registerOffset()
    return Step(.write).setting(.index, offset).setting(.choice, width(at: offset))
      .setting(.value, registerValue(at: offset))
  }

  mutating func registerOffset() -> UInt64 {
    switch random.below(32) {
    case 0: random.below(0x1_0000)
    case 1, 2: random.below(0x200)
    case 3..<7: UInt64(Register.configBase) + random.below(0x40)
    default: random.pick(InterestingNumbers.registers)
    }
  }

  private mutating func width(at offset: UInt64) -> UInt64 {
    let isUsual = offset < Register.configBase ? !random.oneIn(12) : random.oneIn(3)
    return isUsual ? UInt64(Step.AccessWidth.four.rawValue) : random.below(4)
  }

  /// What a driver could write there, or any interesting number.
  private mutating func registerValue(at offset: UInt64) -> UInt64 {
    guard !random.oneIn(5) else { return interesting() }
    switch Register(rawValue: UInt32(offset)) {
    case .guestPageSize, .queueAlign: return random.pick(InterestingNumbers.pages)
    case .queuePFN: return random.oneIn(3) ? 0 : 0x10 + random.below(UInt64(16))
    case .queueSel, .queueNotify: return random.below(queueCount + 1)
    case .deviceFeaturesSel, .driverFeaturesSel: return random.below(random.oneIn(4) ? 8 : 2)
    case .driverFeatures: return random.oneIn(2) ? random.next() & 0xffff_ffff : featureWord()
    case .queueNum: return 1 << random.below(UInt64(header.sizeLog2) + 2)
    case .queueReady, .queueReset: return random.below(2)
    case .interruptACK: return random.below(4)
    case .status: return random.pick(InterestingNumbers.statuses)
    case .queueDescLow, .queueDriverLow, .queueDeviceLow: return random.next() & 0xffff_f000
    case .queueDescHigh, .queueDriverHigh, .queueDeviceHigh: return random.below(2)
    default: return interesting()
    }
  }

  private mutating func featureWord() -> UInt64 {
    UInt64(accepted.word(UInt32(random.below(2))))
  }
}

import VirtioSpec

// Steps that break rules.
extension ProgramGenerator {
  mutating func faultyStep() -> Step {
    switch random.below(14) {
    case 0..<4: faultyPublish()
    case 4: faultyQueue()
    case 5: anyStep(.negotiate)
    case 6: anyStep(.status)
    case 7: anyStep(.service)
    case 8: accepts(.notificationData) ? staleKick() : anyStep(.kick)
    case 9: anyStep(.readConfig)
    case 10: random.oneIn(2) ? anyStep(.descriptor) : anyStep(.offer)
    case 11: random.oneIn(2) ? registerRead() : registerWrite()
    case 12: random.oneIn(2) ? anyStep(.store) : race()
    default: anyStep()
    }
  }

  /// A request that is right but for one thing: its chain, its sector and length, or where its data is.
  mutating func faultyPublish() -> Step {
    var step = publish()
    switch random.below(8) {
    case 0: step[.value] = interesting()
    case 1: step[.length] = random.below(8193)
    case 2: step[.address] = address().rawValue
    case 3:
      guard random.oneIn(2), let request = wrongNumbers() else { return anyStep(.publish) }
      step = request
    default:
      step[.fault] = 1 + random.below((isPacked ? UInt64(ChainFault.allCases.count) : ChainFault.splitCount) - 1)
      step[.position] = random.below(random.oneIn(4) ? 20 : 4)
      if random.oneIn(3) { step[.address] = address().rawValue }
      if random.oneIn(3) { step.insert(PublishFlags.indirect) }
    }
    return step.reduced()
  }

  /// A request that says something wrong of itself; nil where the device has none that says so much.
  private mutating func wrongNumbers() -> Step? {
    var step = Step(.publish).setting(.index, 1).setting(PublishFlags.kick)
    switch header.device {
    case .block where header.capacity > 0:
      step = step.setting(.queue, queue()).setting(.length, Block.sectorSize)
        .choosing(random.oneIn(2) ? Request.discard : .writeZeroes)
      switch random.below(3) {
      case 0: step.insert(PublishFlags.unmap)
      case 1: step.insert(PublishFlags.reservedFlag)
      default: step.insert(PublishFlags.hugeCount)
      }
    case .network where accepts(.netControlReceive):
      step = step.setting(.queue, controlQueue).choosing(Request.addressTable)
      step.insert(PublishFlags.hugeCount)
    default: return nil
    }
    return step
  }

  mutating func faultyQueue() -> Step {
    var step = setUp(queue())
    switch random.below(5) {
    case 0: step[.size] = interesting()
    case 1: step = anyStep(isLegacy ? .legacyQueue : .queue)
    // What a register held before, it should not hold any more.
    case 2: step[.flags] = isLegacy ? UInt64(QueueFlags.noSize.rawValue) : random.pick(Self.missingSettings)
    default: step[.fault] = 1 + random.below(UInt64(QueueFault.allCases.count) - 1)
    }
    return step
  }

  private static let missingSettings =
    [QueueFlags.noSize, .noDescriptorArea, .noDriverArea, .noDeviceArea].map { UInt64($0.rawValue) }

  /// A notification with data that is about another state of the ring, most often an older one.
  private mutating func staleKick() -> Step {
    let data = random.oneIn(4) ? interesting() : random.below(32)
    // In a packed ring the highest bit is the wrap counter, which is 1 at first.
    let wrap: UInt64 = isPacked && random.oneIn(2) ? 0x8000 : 0
    return Step(.write).access(UInt64(Register.queueNotify.rawValue), width: .four)
      .setting(.value, queue() | ((data & 0xffff) ^ wrap) << 16)
  }

  /// A change of memory that the device is likely to look at twice.
  mutating func race() -> Step {
    var step = anyStep(.race)
    if !random.oneIn(4) { step[.address] = ringAddress().rawValue }
    step[.count] = random.below(random.oneIn(4) ? 8 : 3)
    return step
  }
}

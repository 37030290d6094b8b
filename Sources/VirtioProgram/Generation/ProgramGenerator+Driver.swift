import VirtioSpec

// The steps of a driver that keeps the rules.
extension ProgramGenerator {
  /// Appends what makes the device live, whatever state it is in: negotiation, all queues, DRIVER_OK.
  mutating func bringUp(_ steps: inout [Step]) {
    steps.append(negotiate())
    if isLegacy, random.oneIn(6) {
      steps.append(Step(.pageSize).setting(.length, random.pick(InterestingNumbers.pages)))
    }
    for queue in 0..<queueCount { steps.append(setUp(queue)) }
    steps.append(start())
    if header.device == .console { openPorts(&steps) }
    if header.device == .network { makeRoom(&steps) }
  }

  mutating func negotiate() -> Step {
    var accept = UInt64.max
    if random.oneIn(4) {
      accept &= random.next() | random.next()
      accept |= UInt64(FeatureBits.version1.rawValue)
      // Without it a driver uses the first queue only.
      if header.device == .block, header.queueCount > 1 { accept |= UInt64(FeatureBits.blkMultiQueue.rawValue) }
    }
    if header.device == .network {
      // What is offered of it, too, has what it requires.
      let common = accept & UInt64(truncatingIfNeeded: offered.rawValue)
      accept &= ~common | Self.soundForNetwork(common)
    }
    activePairs = 1
    accepted = offered.intersection(FeatureBits(rawValue: UInt128(accept)))
    var step = Step(.negotiate).setting(.value, accept)
    if random.oneIn(8) { step.insert(NegotiateFlags.identify) }
    if random.oneIn(8) { step.insert(NegotiateFlags.highFirst) }
    return step
  }

  mutating func setUp(_ queue: UInt64) -> Step {
    let log2 = UInt64(header.sizeLog2)
    let size = random.oneIn(4) ? random.below(log2 + 1) : log2
    sizes[Int(queue)] = 1 << size
    // Packed queues can have any size.
    if isPacked, random.oneIn(3) { sizes[Int(queue)] = 1 + random.below(1 << size) }
    var step = Step(.queue).setting(.queue, queue).setting(.size, sizes[Int(queue)])
    if isLegacy, random.oneIn(3) {
      step = Step(.legacyQueue).setting(.queue, queue).setting(.size, 1 << size)
        .setting(.length, random.pick(InterestingNumbers.pages))
    }
    if random.oneIn(6) {
      let region = random.below(3)
      // Large rings, and those of legacy queues, fill the space for them in a region: each queue has its own, unless a
      // step moves one.
      if queueCount == 1 || queueCount <= 4 && header.sizeLog2 <= 8 && !isLegacy { step[.choice] = UInt64(region) }
    }
    if random.oneIn(8) { step.insert(QueueFlags.highFirst) }
    return step
  }

  func start() -> Step { Step(.status).setting(StatusFlags.driverOK) }

  mutating func queue() -> UInt64 { random.below(queueCount) }

  mutating func kick() -> Step { Step(.kick).setting(.queue, queue()) }

  mutating func service() -> Step {
    Step(.service).choosing(random.oneIn(3) ? Acknowledgement.late : .seen)
  }

  mutating func suppress() -> Step {
    let step = Step(.suppress).setting(.queue, queue())
    // In a packed ring all of them mean something with the feature.
    if accepts(.eventIdx), !isPacked || random.oneIn(2) {
      return step.choosing(Suppression.event).setting(.size, random.below(8))
    }
    // What used_event holds means nothing without the feature.
    if random.oneIn(4) { return step.choosing(Suppression.event).setting(.size, random.below(8)) }
    return step.choosing(random.oneIn(2) ? Suppression.unwanted : .wanted)
  }

  mutating func publish() -> Step {
    var step: Step
    switch header.device {
    case .block:
      step = blockRequest()
      step[.queue] = queue()
    case .entropy:
      step = entropyRequest()
      step[.queue] = queue()
    case .console: step = consoleRequest(on: queue())
    case .network: step = networkRequest()
    }
    step[.index] = 1 + random.below(4)
    if random.oneIn(5) { repeatRequest(&step, 2 + random.below(3)) }
    if random.oneIn(8) { step[.size] = random.below(3) }
    if !random.oneIn(3) {
      step.insert(random.oneIn(6) ? PublishFlags.kickIfAsked : .kick)
    }
    if random.oneIn(6) { step.insert(PublishFlags.splitFrame) }
    if random.oneIn(32) { step.insert(PublishFlags.noIndex) }
    // A table does not make room for a chain that is longer than the queue (INDIRECT-DRV-03).
    if accepts(.indirectDesc), random.oneIn(3), mostPieces(step) <= sizes[Int(step[.queue])] {
      step.insert(random.oneIn(3) ? PublishFlags.indirectTail : .indirect)
      if random.oneIn(8) { step.insert(PublishFlags.indirectWrite) }
    }
    return step
  }

  /// How many descriptors a request needs, at most.
  func mostPieces(_ step: Step) -> UInt64 {
    let cuts = PublishFlags(rawValue: UInt16(step[.flags])).contains(.splitFrame)
    return switch header.device {
    case .block: step[.index] + (cuts ? 3 : 2)
    case .network: step[.index] + 4
    case .console, .entropy: step[.index]
    }
  }

  private mutating func entropyRequest() -> Step {
    Step(.publish).choosing(Request.entropy).setting(.length, 1 << random.below(13))
  }

  private mutating func blockRequest() -> Step {
    let step = Step(.publish)
    switch random.below(20) {
    case 0 where accepts(.blkFlush): return step.choosing(Request.flush)
    case 1: return step.choosing(Request.getID).setting(.length, UInt64(Block.idLength))
    case 2 where accepts(.blkDiscard) && isWritable: return onSectors(step.choosing(Request.discard))
    case 3 where accepts(.blkWriteZeroes) && isWritable:
      let zeroes = onSectors(step.choosing(Request.writeZeroes))
      return random.oneIn(2) ? zeroes : zeroes.setting(PublishFlags.unmap)
    case 4..<12 where isWritable: return onSectors(step.choosing(Request.write))
    // A driver may try: it is the device that has to refuse.
    case 4, 5: return header.capacity == 0 ? step.choosing(Request.flush) : onSectors(step.choosing(Request.write))
    case 12: return oddRequest()
    default:
      if header.capacity == 0 { return step.choosing(Request.getID).setting(.length, UInt64(Block.idLength)) }
      return onSectors(step.choosing(Request.read))
    }
  }

  /// A request that a device without the feature has to refuse.
  private mutating func oddRequest() -> Step {
    let step = Step(.publish)
    switch random.below(4) {
    case 0: return step.choosing(Request.zone).setting(.position, random.below(Block.RequestType.zoneTypeCount))
    case 1: return step.choosing(Request.secureErase).setting(.length, Block.sectorSize)
    case 2: return step.choosing(Request.getLifetime).setting(.length, 6)
    default: return step.choosing(Request.unknown).setting(.length, Block.sectorSize)
    }
  }

  private var isWritable: Bool { header.capacity > 0 && !header.flags.contains(.readOnly) }

  /// The request for one to four sectors that the device has.
  private mutating func onSectors(_ step: Step) -> Step {
    let capacity = UInt64(header.capacity)
    let count = 1 + random.below(min(4, capacity))
    // The first and the last sectors are where mistakes are.
    let last = capacity - count
    let sector =
      switch random.below(4) {
      case 0: UInt64(0)
      case 1: last
      default: random.below(last + 1)
      }
    return step.setting(.value, sector).setting(.length, count * Block.sectorSize)
  }

  /// Several chains of the same kind, one behind the other on the disk.
  func repeatRequest(_ step: inout Step, _ count: UInt64) {
    step[.count] = count
    let sectors = count * (step[.length] / Block.sectorSize)
    guard header.device == .block, sectors > 0 else { return }
    if sectors <= UInt64(header.capacity) {
      step[.value] = min(step[.value], UInt64(header.capacity) - sectors)
    } else {
      // The disk is too small for more than one.
      step[.count] = 0
    }
  }

  mutating func readConfig() -> Step {
    let fields = ConfigField.fields(of: header.device.type)
    guard !fields.isEmpty else { return read() }
    let field = random.below(UInt64(fields.count))
    guard accepts(fields[Int(field)].feature) else { return read() }
    return Step(.readConfig).setting(.index, field)
  }

  /// A read of a register that a driver may read at any time.
  mutating func read() -> Step {
    let register: Register =
      switch random.below(6) {
      case 0: .version
      case 1: .deviceID
      case 2: .vendorID
      case 3: .status
      case 4 where !isLegacy: .configGeneration
      default: .interruptStatus
      }
    return Step(.read).access(UInt64(register.rawValue), width: .four)
  }
}

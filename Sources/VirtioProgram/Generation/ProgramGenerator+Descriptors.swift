import VirtioSpec

extension ProgramGenerator {
  mutating func descriptorScene(_ steps: inout [Step]) {
    switch random.below(16) {
    // A malformed ring puts the device into DEVICE_NEEDS_RESET: only a new start shows more of it.
    case 0, 1: bringUp(&steps)
    case 2, 3: rawChain(&steps)
    default: steps.append(step())
    }
  }

  mutating func descriptorStep() -> Step {
    switch random.below(100) {
    case 0..<40: faultyPublish()
    case 40..<52: publish()
    case 52..<62: rawDescriptor()
    case 62..<68: offer()
    case 68..<74: kick()
    case 74..<80: ringStore()
    case 80..<86: race()
    case 86..<91: service()
    case 91..<94: faultyQueue()
    case 94: Step(.poll).setting(.count, random.below(4))
    case 95: suppress()
    case 96: Step(.queueReset).setting(.queue, queue())
    case 97: fill()
    default: anyStep()
    }
  }

  /// Appends descriptors that are written one by one and offered: a chain, if the tosses fall so.
  private mutating func rawChain(_ steps: inout [Step]) {
    let queue = queue()
    let count = 1 + random.below(UInt64(4))
    for index in 0..<count {
      var step = rawDescriptor().setting(.queue, queue).setting(.index, index)
      if !random.oneIn(8) {
        let isLast = index == count - 1
        step[.flags] = (isLast ? 0 : 1) | (random.oneIn(2) ? 2 : 0)
        step[.size] = index + 1
      }
      steps.append(step)
    }
    steps.append(Step(.offer).setting(.queue, queue))
    steps.append(Step(.kick).setting(.queue, queue))
  }

  private mutating func rawDescriptor() -> Step {
    var step = anyStep(.descriptor)
    step[.queue] = queue()
    if !random.oneIn(4) { step[.choice] = random.below(2) }
    if !random.oneIn(4) { step[.index] = random.below(8) }
    if !random.oneIn(4) { step[.size] = random.below(8) }
    if !random.oneIn(3) { step[.length] = random.pick([1, 4, 16, 16, 32, 48, 512, 1024]) }
    if !random.oneIn(3) { step[.flags] = random.below(8) }
    return step
  }

  private mutating func offer() -> Step {
    var step = anyStep(.offer).setting(.queue, queue())
    if !random.oneIn(3) { step[.index] = random.below(8) }
    if !random.oneIn(3) { step[.size] = random.below(3) }
    return step
  }

  private mutating func ringStore() -> Step {
    anyStep(.store).setting(.address, ringAddress().rawValue)
  }

  private mutating func fill() -> Step {
    anyStep(.fill).setting(.address, random.oneIn(2) ? ringAddress().rawValue : address().rawValue)
  }

  /// A field of a ring that is in use, or of an indirect table.
  mutating func ringAddress() -> SymbolicAddress {
    let queue = UInt8(queue())
    let slot = Int64(random.below(random.oneIn(4) ? 256 : 8))
    guard !isPacked else { return packedRingAddress(queue, slot) }
    switch random.below(8) {
    // Flags and indices.
    case 0, 1: return SymbolicAddress(.driverArea, queue, offset: Int64(random.below(2)) * 2)
    case 2: return SymbolicAddress(.driverArea, queue, offset: Int64(SplitRing.availEntry(UInt32(slot))))
    case 3:
      let offset = SplitRing.usedElement(UInt32(slot)) + random.pick([0, 4])
      return SymbolicAddress(.deviceArea, queue, offset: random.oneIn(2) ? 2 : Int64(offset))
    case 4, 5: return SymbolicAddress(.descriptors, queue, offset: slot * 16 + descriptorField())
    default: return SymbolicAddress(.table, UInt8(random.below(8)), offset: slot * 16 + descriptorField())
    }
  }

  private mutating func packedRingAddress(_ queue: UInt8, _ slot: Int64) -> SymbolicAddress {
    switch random.below(8) {
    case 0: SymbolicAddress(.driverArea, queue, offset: Int64(random.below(2)) * 2)
    case 1: SymbolicAddress(.deviceArea, queue, offset: Int64(random.below(2)) * 2)
    case 2..<6: SymbolicAddress(.descriptors, queue, offset: slot * 16 + descriptorField())
    default: SymbolicAddress(.table, UInt8(random.below(8)), offset: slot * 16 + descriptorField())
    }
  }

  /// Where a field of a descriptor begins.
  private mutating func descriptorField() -> Int64 { Int64(random.pick([0, 8, 12, 14])) }
}

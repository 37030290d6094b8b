import VirtioSpec

extension ProgramGenerator {
  mutating func lifecycleScene(_ steps: inout [Step]) {
    switch random.below(40) {
    case 0:
      if random.oneIn(2) { steps.append(Step(.reset)) }
      if random.oneIn(3) {
        // The configuration can be read before there are features, but for the cache mode.
        var half = negotiate()
        half.insert(NegotiateFlags.noFeaturesOK)
        steps.append(half)
        let early = readConfig()
        let fields = ConfigField.fields(of: header.device.type)
        if early.kind != .readConfig || fields[Int(early[.index])].offset != BlockConfig.writeback {
          steps.append(early)
        }
      }
      bringUp(&steps)
    case 1:
      steps.append(Step(.stop).setting(.queue, queue()))
      bringUp(&steps)
    case 2 where accepts(.ringReset):
      let queue = queue()
      steps.append(Step(.queueReset).setting(.queue, queue))
      // A stalled backend may hold it up, until it goes on and the driver looks again.
      steps.append(Step(.backend).choosing(BackendMode.immediate))
      if random.oneIn(4) { steps.append(Step(.poll).setting(.count, 15)) }
      steps.append(Step(.queueReset).setting(.queue, queue))
      // The others go on.
      if header.device == .block, queueCount > 1 {
        var other = publish()
        other[.queue] = (queue + 1) % queueCount
        if mostPieces(other) > sizes[Int(other[.queue])] { other[.flags] = 0 }
        steps.append(other)
      }
      steps.append(setUp(queue))
    case 4..<8 where header.device == .network: networkScene(&steps)
    case 3:
      // Requests end in their own time, and then promptly again.
      steps.append(backend())
      steps.append(publish())
      steps.append(Step(.poll).setting(.count, 1 + random.below(3)))
      steps.append(service())
      steps.append(Step(.backend).choosing(BackendMode.immediate))
    case 8 where random.oneIn(4): crowd(&steps)
    default: steps.append(step())
    }
  }

  /// As many requests as fit are on their way when something happens to them, several times over: what a device does not
  /// get rid of then, it lacks in the end.
  private mutating func crowd(_ steps: inout [Step]) {
    for _ in 0...random.below(4) {
      steps.append(Step(.backend).choosing(BackendMode.stalled))
      var request = publish()
      request[.index] = 1
      request[.flags] = UInt64(PublishFlags.kick.rawValue)
      // One descriptor for each lets more of them in.
      if accepts(.indirectDesc), mostPieces(request) <= sizes[Int(request[.queue])] {
        request.insert(PublishFlags.indirect)
      }
      repeatRequest(&request, 8)
      for _ in 0..<8 { steps.append(request) }
      switch random.below(8) {
      case 0: steps.append(Step(.backend).choosing(BackendMode.failing))
      case 1, 2: steps.append(Step(.stop).setting(.queue, request[.queue]))
      case 3 where accepts(.ringReset): steps.append(Step(.queueReset).setting(.queue, request[.queue]))
      default: break
      }
      steps.append(Step(.backend).choosing(BackendMode.immediate))
      bringUp(&steps)
    }
    steps.append(publish())
    steps.append(Step(.poll).setting(.count, 3))
    steps.append(service())
  }

  /// A step that keeps the rules in a device that is live.
  mutating func lifecycleStep() -> Step {
    if header.device == .console, random.oneIn(4) { return consoleEvent() }
    if header.device == .network, random.oneIn(3) { return networkEvent() }
    return switch random.below(100) {
    case 0..<48: publish()
    case 48..<60: kick()
    case 60..<78: service()
    case 78..<82: Step(.poll).setting(.count, random.below(4))
    case 82..<86: suppress()
    case 86..<90: readConfig()
    case 90..<93: read()
    case 93..<95: backend()
    case 95..<97: grow()
    case 97: Step(.write).access(UInt64(Register.queueSel.rawValue), width: .four).setting(.value, queue())
    default: fillBuffer()
    }
  }

  private mutating func backend() -> Step { anyStep(.backend) }

  /// The block device grows: requests for sectors that it had stay right.
  private mutating func grow() -> Step {
    guard header.device == .block else { return Step(.poll) }
    let capacity = UInt64(header.capacity)
    return Step(.resize).setting(.value, capacity + random.below(min(64, 4096 - capacity)))
  }

  private mutating func fillBuffer() -> Step {
    let buffer = SymbolicAddress(.buffer, UInt8(random.below(64)))
    return anyStep(.fill).setting(.address, buffer.rawValue).setting(.length, SymbolicAddress.bufferSize)
  }
}

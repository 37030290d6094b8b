import VirtioSpec

// Console devices: CONSOLE-DEV, CONSOLE-DRV.
extension Judge {
  static let consoleRules: [ClauseID] = [
    .consoleDev01, .consoleDev02, .consoleDev03, .consoleDev04, .consoleDev05, .consoleDev06, .consoleDev07,
    .consoleDev08,
    .consoleDev09, .consoleDev12, .consoleDev13,
  ]

  static let consoleTraceRules: [ClauseID] = [.consoleDrv01, .consoleDrv02, .consoleDrv03, .consoleDrv04]

  static let consoleWaivers: [ClauseID: String] = [
    .consoleDev11: "not observable: needs a big-endian guest; registers are passed on as numbers, not as bytes"
  ]

  /// A chain of a console comes back.
  mutating func judgeConsoleRequest(_ index: Int, _ element: UsedElement) {
    let chain = shadow.chains[index]
    guard chain.isComplete, !chain.isBroken, !chain.isTruncated else {
      shadow.console.portsAreUnknown = true
      return shadow.console.loseAllInput()
    }
    if chain.hasWritable { shadow.disturbChains(overlapping: index) }
    let role = Console.Role(ofQueue: chain.queue)
    switch role {
    case .receive, .controlReceive:
      if chain.hasReadable { shadow.blame(.consoleDrv01) } else if chain.hasWritable { shadow.praise(.consoleDrv01) }
    case .transmit, .controlTransmit:
      if chain.hasWritable { shadow.blame(.consoleDrv02) } else if chain.hasReadable { shadow.praise(.consoleDrv02) }
    }
    // Without the feature, the queues of other ports are nobody's (CONSOLE-DEV-06).
    guard chain.queue < 2 || shadow.features?.contains(.consoleMultiport) == true else {
      if shadow.features == nil { loseControl() }
      return
    }
    switch role {
    case .receive(let port): judgeInput(index, port, element)
    case .transmit(let port): judgeOutput(index, port)
    case .controlReceive:
      if shadow.isLegible(index) { judgeMessage(index, element) } else { shadow.console.portsAreUnknown = true }
    case .controlTransmit: if shadow.isLegible(index) { noteMessage(index) } else { shadow.loseCommands() }
    }
  }

  /// A chain comes back of which nobody knows yet whether it has messages or another port's characters: whatever it said
  /// may count.
  private mutating func loseControl() {
    shadow.loseCommands()
    shadow.console.portsAreUnknown = true
    shadow.console.loseAllInput()
  }

  // Characters.

  /// Characters came in, and the device took some: they are for the guest, in this order.
  @usableFromInline
  mutating func noteArrival(_ event: Event, _ bytes: RawSpan) {
    if shadow.profile.deviceType == .network { return noteFrame(bytes) }
    let port = Int(truncatingIfNeeded: event.address)
    guard shadow.profile.deviceType == .console, port < ConsoleShadow.maxPorts else { return }
    shadow.console.append(bytes, to: port)
  }

  /// CONSOLE-DEV-09: the guest is given what came in, in order, and told how much of it.
  private mutating func judgeInput(_ index: Int, _ port: Int, _ element: UsedElement) {
    let length = Int(element.length)
    guard port < ConsoleShadow.maxPorts, shadow.chains[index].writableBytes > 0 else { return }
    guard shadow.console.ports[port].isInputKnown else { return }
    guard shadow.isLegible(index), UInt64(length) <= shadow.chains[index].writableBytes else {
      shadow.console.ports[port].isInputKnown = false
      return ledger.suspend(.consoleDev09, for: .chain)
    }
    // A device may have no use for a buffer that it should not have been given.
    if length == 0, shadow.chains[index].hasReadable, !shadow.profile.declaresHousePolicy {
      return ledger.suspend(.consoleDev09, for: .chain)
    }
    let count = shadow.console.ports[port].count
    guard length > 0, length <= count else {
      shadow.console.ports[port].isInputKnown = false
      return violate(.consoleDev09, seen: UInt64(length), expected: UInt64(count))
    }
    var cursor = shadow.writablePart(of: index)
    var done = 0
    while done < length {
      let part = shadow.piece(&cursor, most: length - done)
      guard part.count > 0 else { return }
      if let other = shadow.console.take(part.count, at: port, as: shadow.memory, part.address) {
        shadow.console.ports[port].isInputKnown = false
        return violate(.consoleDev09, seen: UInt64(other.seen), expected: UInt64(other.expected))
      }
      done += part.count
    }
    ledger.satisfy(.consoleDev09)
  }

  /// The device puts out characters: what was written to `emerg_wr`, or what it was sent.
  @usableFromInline
  mutating func judgeEmission(_ event: Event, _ bytes: RawSpan) {
    if shadow.profile.deviceType == .network { return judgeSent(event, bytes) }
    guard shadow.profile.deviceType == .console else { return }
    let port = Int(truncatingIfNeeded: event.address)
    if let emergency = shadow.console.emergency, port == 0, bytes.byteCount == 1 {
      shadow.console.emergency = nil
      guard case .of(let expected) = emergency else { return }
      let seen = bytes.unsafeLoad(as: UInt8.self)
      return checkEmergency(seen == expected, seen: UInt64(seen), expected: UInt64(expected))
    }
    var done = 0
    while done < bytes.byteCount {
      guard let chain = transmitted(from: port) else { return judgeStray(port, bytes.byteCount - done) }
      guard shadow.queues[shadow.chains[chain].queue].canBeFollowed, shadow.isLegible(chain) else {
        return ledger.suspend(.consoleDev08, for: .chain)
      }
      let left = shadow.chains[chain].readableBytes - shadow.chains[chain].emittedBytes
      let count = Int(min(left, UInt64(bytes.byteCount - done)))
      var cursor = shadow.readablePart(of: chain)
      shadow.advance(&cursor, by: shadow.chains[chain].emittedBytes)
      let start = cursor
      if let place = shadow.firstDifference(bytes.extracting(done..<done + count), &cursor) {
        cursor = start
        shadow.advance(&cursor, by: UInt64(place))
        let seen = bytes.unsafeLoad(fromByteOffset: done + place, as: UInt8.self)
        return violate(.consoleDev08, seen: UInt64(seen), expected: UInt64(shadow.byte(&cursor)))
      }
      shadow.chains[chain].emittedBytes += UInt64(count)
      done += count
    }
  }

  /// Characters come out that nobody sent, as far as that is known.
  private mutating func judgeStray(_ port: Int, _ count: Int) {
    let queue = Console.transmitQueue(ofPort: port)
    guard queue < shadow.profile.queueCount, shadow.queues[queue].canBeFollowed, shadow.isRunning == true,
      shadow.queues[queue].heldCount == 0
    else { return ledger.suspend(.consoleDev08, for: .queue) }
    violate(.consoleDev08, seen: UInt64(count), expected: 0)
  }

  /// The chain that the next character at a port is to be of: the first one that was taken of those with characters left.
  private func transmitted(from port: Int) -> Int? {
    var first: Int?
    for index in 0..<shadow.chainsEnd where shadow.chains[index].isOpen && shadow.chains[index].isComplete {
      let chain = shadow.chains[index]
      guard Console.Role(ofQueue: chain.queue) == .transmit(port: port), chain.emittedBytes < chain.readableBytes
      else { continue }
      if let other = first, chain.order &- shadow.chains[other].order < UInt32.max / 2 { continue }
      first = index
    }
    return first
  }

  /// CONSOLE-DEV-08: all that the guest sent has come out.
  private mutating func judgeOutput(_ index: Int, _ port: Int) {
    guard port < ConsoleShadow.maxPorts, shadow.console.ports[port].isPresent, shadow.console.ports[port].isHostOpen
    else { return }
    // Of a device that begins too early, what comes out before it may is not followed (STAT-DEV-01).
    guard shadow.isLegible(index), shadow.mayServe else { return ledger.suspend(.consoleDev08, for: .chain) }
    let chain = shadow.chains[index]
    guard chain.hasReadable else { return }
    if mayIgnoreOutput(port) || chain.hasWritable && !shadow.profile.declaresHousePolicy {
      return ledger.suspend(.consoleDev08, for: .chain)
    }
    check(
      .consoleDev08, chain.emittedBytes == chain.readableBytes, seen: chain.emittedBytes, expected: chain.readableBytes)
  }

  /// Nothing says what becomes of what a guest sends through a port that it has not opened.
  func mayIgnoreOutput(_ port: Int) -> Bool {
    guard !shadow.profile.declaresHousePolicy, shadow.features?.contains(.consoleMultiport) == true else {
      return false
    }
    return port >= ConsoleShadow.maxPorts || !shadow.console.ports[port].isGuestOpen
  }

  // The emergency write.

  /// The driver writes to the configuration space, a field of it if the access is one that conforms.
  mutating func noteEmergencyWrite(_ field: ConfigField?, _ value: UInt64) {
    guard shadow.profile.deviceType == .console else { return }
    shadow.unsettled.insert(.emergency)
    guard let field else {
      shadow.console.emergency = .unclear
      return
    }
    if field.offset == ConsoleConfig.emergencyWrite {
      shadow.console.emergency = .of(UInt8(truncatingIfNeeded: value))
    }
  }

  /// The device has returned from a write that may be one.
  mutating func judgeMissingEmergency() {
    shadow.unsettled.remove(.emergency)
    guard let emergency = shadow.console.emergency else { return }
    shadow.console.emergency = nil
    guard case .of(let expected) = emergency else { return }
    // Nobody listens.
    guard shadow.console.ports[0].isPresent, shadow.console.ports[0].isHostOpen else { return }
    checkEmergency(false, seen: .max, expected: UInt64(expected))
  }

  private mutating func checkEmergency(_ holds: Bool, seen: UInt64, expected: UInt64) {
    // Before the device is set up it is a MUST that the write works, and what else could show it.
    check(shadow.driverOKIsWritten ? .consoleDev02 : .consoleDev01, holds, seen: seen, expected: expected)
  }

  // Ports.

  /// Outside the guest, a port comes or goes.
  @usableFromInline
  mutating func notePort(_ event: Event) {
    let port = Int(truncatingIfNeeded: event.address)
    guard shadow.profile.deviceType == .console, port < ConsoleShadow.maxPorts else { return }
    // What becomes of characters on their way is for the device to say.
    shadow.console.loseInput(port)
    switch event.value {
    case 0 where !shadow.console.ports[port].isPresent:
      shadow.console.ports[port].isPresent = true
      shadow.console.ports[port].isHostOpen = true
    case 1: shadow.console.ports[port].isPresent = false
    case 2: shadow.console.ports[port].isHostOpen = true
    case 3: shadow.console.ports[port].isHostOpen = false
    default: break
    }
  }

  /// A message of the device: CONSOLE-DEV-03, -04, -05, -12, -13.
  private mutating func judgeMessage(_ index: Int, _ element: UsedElement) {
    let room = shadow.chains[index].writableBytes
    guard room >= UInt64(Console.controlSize), UInt64(element.length) <= room else {
      shadow.console.portsAreUnknown = true
      return
    }
    check(.consoleDev12, isDriverReady(), seen: 0, expected: 1)
    var cursor = shadow.writablePart(of: index)
    let message = shadow.number(&cursor, bytes: 8)
    let port = UInt32(truncatingIfNeeded: message)
    let number = UInt16(truncatingIfNeeded: message >> 32)
    guard let size = Self.messageSize(number) else {
      return violate(.consoleDev13, seen: UInt64(number), expected: UInt64(Console.ControlEvent.deviceAdd.rawValue))
    }
    // One that fills its buffer may have been longer.
    let isWhole = UInt64(element.length) < room || size.contains(Int(element.length))
    if isWhole {
      check(
        .consoleDev13, size.contains(Int(element.length)), seen: UInt64(element.length),
        expected: UInt64(size.lowerBound))
    }
    switch Console.ControlEvent(rawValue: number) {
    case .deviceAdd: noteAdded(port)
    case .deviceRemove: noteRemoved(port)
    case .consolePort where port < ConsoleShadow.maxPorts: shadow.console.ports[Int(port)].isUnanswered = true
    case .portName where isWhole: judgeName(&cursor, Int(element.length) - Console.controlSize)
    default: break
    }
  }

  /// A name ends where the message does, and not with a NUL (section 5.3.6.2). There are devices that have one.
  private mutating func judgeName(_ cursor: inout ChainCursor, _ length: Int) {
    for place in 0..<max(length, 0) where shadow.byte(&cursor) == 0 {
      return violate(.consoleDev13, seen: UInt64(place), expected: UInt64(length), severity: .warning)
    }
  }

  /// How long a message of the device is; nil for an event that is none of the device's.
  private static func messageSize(_ event: UInt16) -> ClosedRange<Int>? {
    let size = Console.controlSize
    switch Console.ControlEvent(rawValue: event) {
    case .deviceAdd, .deviceRemove, .consolePort, .portOpen: return size...size
    case .resize: return size + Console.resizeSize...size + Console.resizeSize
    case .portName: return size + 1...Int.max
    case .deviceReady, .portReady, nil: return nil
    }
  }

  private mutating func noteAdded(_ port: UInt32) {
    let limit = UInt32(truncatingIfNeeded: shadow.configNumber(ConsoleConfig.maxPorts))
    check(.consoleDev04, port < limit, seen: UInt64(port), expected: UInt64(limit))
    guard port < limit, port < ConsoleShadow.maxPorts else { return }
    guard !shadow.console.portsAreUnknown else { return }
    let isNew = !shadow.console.ports[Int(port)].isAnnounced
    check(.consoleDev03, isNew, seen: UInt64(port), expected: UInt64(limit))
    shadow.console.ports[Int(port)].isAnnounced = true
  }

  private mutating func noteRemoved(_ port: UInt32) {
    guard !shadow.console.portsAreUnknown else { return }
    let isKnown = port < ConsoleShadow.maxPorts && shadow.console.ports[Int(port)].isAnnounced
    check(.consoleDev05, isKnown, seen: UInt64(port), expected: 0)
    if isKnown { shadow.console.ports[Int(port)].isAnnounced = false }
  }

  /// Whether the driver has sent DEVICE_READY, be it in a chain that the device still holds, or may have.
  private func isDriverReady() -> Bool {
    if shadow.console.isDriverReady || !shadow.areCommandsSeen { return true }
    for index in 0..<shadow.chainsEnd
    where shadow.chains[index].isOpen && Console.Role(ofQueue: shadow.chains[index].queue) == .controlTransmit {
      if !shadow.isLegible(index) || message(of: index).isReady { return true }
    }
    return false
  }

  /// A message of the driver. CONSOLE-DRV-03: the first one says that it is ready.
  private mutating func noteMessage(_ index: Int) {
    let message = message(of: index)
    if message.isReady {
      shadow.console.isDriverReady = true
      shadow.praise(.consoleDrv03)
    } else if message.event != .deviceReady, !isDriverReady() {
      shadow.blame(.consoleDrv03)
    }
    if message.event == .portOpen, message.port < UInt32(ConsoleShadow.maxPorts) {
      shadow.console.ports[Int(message.port)].isGuestOpen = message.isSet
      if shadow.console.ports[Int(message.port)].isUnanswered {
        shadow.console.ports[Int(message.port)].isUnanswered = false
        if message.isSet { shadow.praise(.consoleDrv04) } else { shadow.blame(.consoleDrv04) }
      }
    }
    // Whoever closes a port may not be given what waits for it.
    if !message.isSet { shadow.console.loseAllInput() }
  }

  /// The driver is done: CONSOLE-DRV-04.
  mutating func judgeMissingAnswers() {
    guard shadow.isRunning == true, !shadow.console.portsAreUnknown else { return }
    for port in 0..<ConsoleShadow.maxPorts where shadow.console.ports[port].isUnanswered {
      shadow.blame(.consoleDrv04)
    }
  }

  private func message(of index: Int) -> DriverMessage {
    var cursor = shadow.readablePart(of: index)
    let message = shadow.number(&cursor, bytes: 8)
    return DriverMessage(
      port: UInt32(truncatingIfNeeded: message),
      event: Console.ControlEvent(rawValue: UInt16(truncatingIfNeeded: message >> 32)), isSet: message >> 48 == 1)
  }
}

/// A control message of the driver.
private struct DriverMessage {
  let port: UInt32
  /// Nil for one that is none.
  let event: Console.ControlEvent?
  /// Its value is 1.
  let isSet: Bool

  var isReady: Bool { event == .deviceReady && isSet }
}

import VirtioSpec

/// What a judge knows of a console: its ports, and the characters that are on their way to the guest.
struct ConsoleShadow: ~Copyable {
  static let maxPorts = 4

  struct Port: BitwiseCopyable {
    /// It is there, and an application of the host has it open: what the guest sends is to come out.
    var isPresent = true
    var isHostOpen = true
    /// The guest has opened it, and not closed it.
    var isGuestOpen = false
    /// The guest was told that it is a console, and has not answered yet.
    var isUnanswered = false
    /// The guest was told of it.
    var isAnnounced = false
    /// Which characters the guest has to be given next is known.
    var isInputKnown = true
    var first = 0
    var count = 0
  }

  /// The most characters of a port that are kept.
  static let inputLimit = 8192

  var ports = FixedArray(repeating: Port(), count: maxPorts)
  private var input = FixedArray<UInt8>(repeating: 0, count: maxPorts * inputLimit)
  /// What was written to `emerg_wr` and has not come out, in the action that goes on.
  var emergency: EmergencyWrite?
  /// What the guest was told of ports is not known: a message did not fit its buffer, or somebody changed it.
  var portsAreUnknown = false
  /// A DEVICE_READY with 1 was sent since the last reset, or may have been.
  var isDriverReady = false

  init() {}

  mutating func powerOff() {
    for port in 0..<Self.maxPorts { ports[port] = Port() }
    emergency = nil
    portsAreUnknown = false
    isDriverReady = false
  }

  /// A reset: whether what waits is still given to the next driver is for the device to say.
  mutating func forgetDriver() {
    portsAreUnknown = false
    isDriverReady = false
    for port in 0..<Self.maxPorts {
      ports[port].isAnnounced = false
      ports[port].isGuestOpen = false
      ports[port].isUnanswered = false
      loseInput(port)
    }
  }

  /// What waits at a port may be given to the guest or not, if anything does.
  mutating func loseInput(_ port: Int) {
    if ports[port].count > 0 { ports[port].isInputKnown = false }
    ports[port].count = 0
  }

  mutating func loseAllInput() {
    for port in 0..<Self.maxPorts { loseInput(port) }
  }

  /// The device took characters at a port.
  mutating func append(_ bytes: RawSpan, to port: Int) {
    guard bytes.byteCount <= Self.inputLimit - ports[port].count else {
      ports[port].isInputKnown = false
      return
    }
    let place = (ports[port].first + ports[port].count) % Self.inputLimit
    // What does not fit in behind goes on in front.
    let behind = min(bytes.byteCount, Self.inputLimit - place)
    input.replace(from: port * Self.inputLimit + place, with: bytes.extracting(first: behind))
    input.replace(from: port * Self.inputLimit, with: bytes.extracting(droppingFirst: behind))
    ports[port].count += bytes.byteCount
  }

  /// Takes the characters that the guest has to be given next, of which there are so many.
  ///
  /// - Returns: the first one that memory does not have as it should, from an address on; nil where there is none.
  mutating func take(_ count: Int, at port: Int, as memory: borrowing ShadowMemory, _ address: UInt64)
    -> (seen: UInt8, expected: UInt8)?
  {
    var done = 0
    while done < count {
      let place = port * Self.inputLimit + ports[port].first
      let part = min(count - done, Self.inputLimit - ports[port].first)
      let there = address &+ UInt64(done)
      if let other = input.withSpan(place..<place + part, { memory.firstDifference($0.bytes, at: there) }) {
        return (memory.byte(there &+ UInt64(other)), input[place + other])
      }
      ports[port].first = (ports[port].first + part) % Self.inputLimit
      ports[port].count -= part
      done += part
    }
    return nil
  }
}

enum EmergencyWrite: Equatable {
  /// It has to come out.
  case of(UInt8)
  /// In an access of another width than the field's, which may do anything.
  case unclear
}

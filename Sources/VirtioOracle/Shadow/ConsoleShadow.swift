import VirtioSpec

/// What a judge knows of a console: its ports, and the characters that are on their way to the guest.
struct ConsoleShadow: ~Copyable {
  static let maxPorts = 4

  struct Port: BitwiseCopyable {
    /// It is there, and an application of the host has it open: what the guest sends is to come out.
    var isPresent = true
    var isHostOpen = true
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
    for index in 0..<bytes.byteCount {
      let place = (ports[port].first + ports[port].count) % Self.inputLimit
      input[port * Self.inputLimit + place] = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      ports[port].count += 1
    }
  }

  /// The character that the guest has to be given next. Only while there is one.
  mutating func next(_ port: Int) -> UInt8 {
    let byte = input[port * Self.inputLimit + ports[port].first]
    ports[port].first = (ports[port].first + 1) % Self.inputLimit
    ports[port].count -= 1
    return byte
  }
}

enum EmergencyWrite: Equatable {
  /// It has to come out.
  case of(UInt8)
  /// In an access of another width than the field's, which may do anything.
  case unclear
}

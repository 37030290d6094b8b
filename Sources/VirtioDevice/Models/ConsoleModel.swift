import VirtioMemory
import VirtioSpec

/// A console device (section 5.3), with up to ``maxPorts`` ports.
///
/// What comes in at a port waits for room in the guest; what the guest sends goes out at once, in order. A control message
/// that means nothing is ignored.
public struct ConsoleModel: ~Copyable, DeviceModel {
  @inlinable
  public static var deviceType: DeviceType { .console }
  @inlinable
  public static var isOrdered: Bool { true }
  /// As many ports as there are virtqueues for.
  @inlinable
  public static var maxPorts: Int { 3 }

  private let inPlace = InPlace()
  public private(set) var features: FeatureBits = []
  public private(set) var config = ConfigBytes(count: Int(ConsoleConfig.size))
  @usableFromInline var accepted: FeatureBits = []
  private var portCount = 1
  @usableFromInline var ports = InlineArray<3, ConsolePort> { _ in ConsolePort() }
  /// What is on its way out: read once, so that nobody changes it between two looks.
  @usableFromInline var part = TrackedBytes(count: Int(partSize))
  @inlinable static var partSize: UInt64 { 256 }
  /// The guest has said that it can handle ports.
  private var isGuestReady = false

  /// All features of the device type.
  public static let allFeatures: FeatureBits = [.consoleSize, .consoleMultiport, .consoleEmergencyWrite]

  public init(portCount: Int = 1, features: FeatureBits = allFeatures) {
    powerOn(portCount: portCount, features: features)
  }

  /// Back to the state after `init`, with so many ports, 1 to ``maxPorts``, and with these features of the device type.
  public mutating func powerOn(portCount: Int, features: FeatureBits) {
    precondition(1...Self.maxPorts ~= portCount, "1 to \(Self.maxPorts) ports")
    self.features = features.intersection(Self.allFeatures)
    self.portCount = portCount
    config.store(80 as UInt16, at: ConsoleConfig.columns)
    config.store(25 as UInt16, at: ConsoleConfig.rows)
    config.store(UInt32(portCount), at: ConsoleConfig.maxPorts)
    accepted = []
    isGuestReady = false
    for port in 0..<Self.maxPorts {
      ports[port].forgetGuest()
      ports[port].isPresent = port < portCount
      ports[port].isHostOpen = port < portCount
    }
  }

  public var isAvailable: Bool { true }

  public mutating func featuresChanged(to features: FeatureBits) { accepted = features }

  public mutating func reset() {
    accepted = []
    isGuestReady = false
    for port in 0..<portCount { ports[port].forgetGuest() }
  }

  /// `emerg_wr` puts out a character at any time, also before there is a driver (section 5.3.5).
  public mutating func writeConfig(
    _ offset: UInt32, width: Int, value: UInt32, host: inout some DeviceHost & ~Copyable
  ) {
    guard offset == ConsoleConfig.emergencyWrite, features.contains(.consoleEmergencyWrite) else { return }
    let byte = InlineArray<1, UInt8>(repeating: UInt8(truncatingIfNeeded: value))
    host.emit(byte.span.bytes, from: 0)
  }

  // What happens outside the guest.

  /// - Returns: whether the configuration space changed.
  mutating func resize(columns: UInt16, rows: UInt16) -> Bool {
    let old =
      UInt32(config[ConsoleConfig.columns]) | UInt32(config[ConsoleConfig.columns + 1]) << 8
      | UInt32(config[ConsoleConfig.rows]) << 16 | UInt32(config[ConsoleConfig.rows + 1]) << 24
    guard features.contains(.consoleSize), old != UInt32(columns) | UInt32(rows) << 16 else { return false }
    config.store(columns, at: ConsoleConfig.columns)
    config.store(rows, at: ConsoleConfig.rows)
    if accepted.contains(.consoleSize) { tell(0, .resize) }
    return true
  }

  /// - Returns: how many of the characters were taken; see ``MMIODevice/deliver(_:to:)``.
  mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int {
    canReceive(port) ? ports[port].take(bytes) : 0
  }

  /// Adds a port, or removes it. A device has as many at most as it was made with.
  public mutating func setPresent(_ port: Int, _ isPresent: Bool) {
    guard 0..<portCount ~= port, ports[port].isPresent != isPresent else { return }
    ports[port].isPresent = isPresent
    ports[port].isHostOpen = isPresent
    if isPresent {
      if isGuestReady { ports[port].messages.insert(.add) }
      return
    }
    // What the guest was not told is over; what it was told has to be taken back.
    let wasAnnounced = ports[port].isAnnounced || ports[port].messages.contains(.remove)
    ports[port].forgetGuest()
    if wasAnnounced { ports[port].messages = .remove }
  }

  /// An application of the host opens a port, or closes it.
  public mutating func setHostOpen(_ port: Int, _ isOpen: Bool) {
    guard 0..<portCount ~= port, ports[port].isHostOpen != isOpen else { return }
    ports[port].isHostOpen = isOpen
    tell(port, .open)
  }

  /// The guest is to be told something of a port that it knows.
  private mutating func tell(_ port: Int, _ message: ConsolePort.Messages) {
    if ports[port].isAnnounced { ports[port].messages.insert(message) }
  }

  // The queues.

  /// Whether what comes in at a port has a reader in the guest.
  private func canReceive(_ port: Int) -> Bool {
    guard accepted.contains(.consoleMultiport) else { return port == 0 }
    return 0..<portCount ~= port && ports[port].isPresent && ports[port].isGuestOpen
  }

  public func receives(_ queue: Int) -> Bool {
    switch Console.Role(ofQueue: queue) {
    case .receive, .controlReceive: true
    case .transmit, .controlTransmit: false
    }
  }

  public func hasInput(_ queue: Int) -> Bool {
    switch Console.Role(ofQueue: queue) {
    case .receive(let port): canReceive(port) && ports[port].inputCount > 0
    case .controlReceive: nextMessage() != nil
    case .transmit, .controlTransmit: false
    }
  }

  @inlinable
  public mutating func serve(
    _ chain: Chain, _ segments: Span<Segment>, host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    switch Console.Role(ofQueue: Int(chain.queue)) {
    case .receive(let port): return fill(chain, segments, from: port, &host)
    case .transmit(let port):
      if ports[port].isPresent { transmit(chain, segments, port, &host) }
      return 0
    case .controlReceive: return sendMessage(chain, segments, &host)
    case .controlTransmit:
      if accepted.contains(.consoleMultiport) { takeMessage(chain, segments, &host) }
      return 0
    }
  }

  @inlinable
  mutating func fill(
    _ chain: Chain, _ segments: Span<Segment>, from port: Int, _ host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    var output = SegmentCursor.writable(chain)
    var done: UInt64 = 0
    while true {
      var part = InlineArray<64, UInt8>(repeating: 0)
      let count = ports[port].give(&part, limit: chain.writableBytes - done)
      guard count > 0, output.write(part.span.bytes.extracting(0..<count), segments, memory: &host) else { break }
      done += UInt64(count)
    }
    return UInt32(truncatingIfNeeded: done)
  }

  @inlinable
  mutating func transmit(
    _ chain: Chain, _ segments: Span<Segment>, _ port: Int, _ host: inout some DeviceHost & ~Copyable
  ) {
    var input = SegmentCursor.readable(chain)
    while let piece = input.next(segments, atMost: Self.partSize) {
      let count = Int(piece.length)
      guard part.withMutableBytes(0, count, { host.read(piece.address, into: &$0) }) else { break }
      part.withBytes(0, count) { host.emit($0, from: port) }
    }
    part.rewind()
  }

  // Control messages (section 5.3.6.2).

  @inlinable
  mutating func takeMessage(
    _ chain: Chain, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) {
    var input = SegmentCursor.readable(chain)
    if let message = input.number(UInt64.self, segments, memory: &host) { obey(message) }
  }

  @usableFromInline
  mutating func obey(_ message: UInt64) {
    let port = Int(UInt32(truncatingIfNeeded: message))
    let isSet = message >> 48 == 1
    switch Console.ControlEvent(rawValue: UInt16(truncatingIfNeeded: message >> 32)) {
    case .deviceReady:
      isGuestReady = isSet
      guard isSet else { return }
      for port in 0..<portCount where ports[port].isPresent && !ports[port].isAnnounced {
        ports[port].messages.insert(.add)
      }
    case .portReady where port < portCount && isSet:
      // Port 0 is the console; the others have a name.
      tell(port, port == 0 ? [.console, .open] : [.name, .open])
      if port == 0 && accepted.contains(.consoleSize) { tell(port, .resize) }
    case .portOpen where port < portCount && ports[port].isAnnounced: ports[port].isGuestOpen = isSet
    default: break
    }
  }

  private func nextMessage() -> Int? {
    guard isGuestReady else { return nil }
    for port in 0..<portCount where !ports[port].messages.isEmpty { return port }
    return nil
  }

  /// Puts the next message into a chain; one that is too short for it gets what there is room for.
  @inlinable
  mutating func sendMessage(
    _ chain: Chain, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    var bytes = InlineArray<16, UInt8>(repeating: 0)
    let length = Int(min(UInt64(makeMessage(&bytes)), chain.writableBytes))
    var output = SegmentCursor.writable(chain)
    guard output.write(bytes.span.bytes.extracting(0..<length), segments, memory: &host) else { return 0 }
    return UInt32(length)
  }

  /// Takes the next message for the guest.
  ///
  /// - Returns: how long it is; 0 where there is none.
  @usableFromInline
  mutating func makeMessage(_ bytes: inout InlineArray<16, UInt8>) -> Int {
    guard let port = nextMessage() else { return 0 }
    var count = Console.controlSize
    let event: Console.ControlEvent
    // No id, event or value needs its upper bytes.
    bytes[0] = UInt8(port)
    // A port is gone before it comes back, and there before anything else is said of it.
    if takeMessage(.remove, of: port) {
      event = .deviceRemove
    } else if takeMessage(.add, of: port) {
      event = .deviceAdd
      ports[port].isAnnounced = true
    } else if takeMessage(.console, of: port) {
      event = .consolePort
      bytes[6] = 1
    } else if takeMessage(.name, of: port) {
      event = .portName
      for (index, byte) in "port".utf8.enumerated() { bytes[count + index] = byte }
      bytes[count + 4] = UInt8(truncatingIfNeeded: 0x30 + port)
      count += 5
    } else if takeMessage(.resize, of: port) {
      event = .resize
      for index in 0..<4 { bytes[count + index] = config[ConsoleConfig.columns + UInt32(index)] }
      count += Console.resizeSize
    } else {
      ports[port].messages.remove(.open)
      event = .portOpen
      bytes[6] = ports[port].isHostOpen ? 1 : 0
    }
    bytes[4] = UInt8(event.rawValue)
    return count
  }

  private mutating func takeMessage(_ message: ConsolePort.Messages, of port: Int) -> Bool {
    ports[port].messages.remove(message) != nil
  }
}

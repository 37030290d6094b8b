import VirtioMemory
import VirtioSpec

/// A network device (section 5.1), with up to ``maxPairs`` pairs of queues.
///
/// At the other end of its wire is somebody who takes frames that have to be cut yet, and may hand over such ones, or ones
/// whose checksum is not complete: another guest, or a host's own network. A `NetworkHeader` in front of each frame says so.
///
/// A frame that comes in waits for room in the guest. It is dropped where the filter says so, where the link is down, where
/// it is longer than the MTU allows or than any buffer that is there, and where too many wait already. A frame that goes out
/// is dropped where the link is down, or where it is none. A guest is given no frame that it would have to cut, unless it
/// has said that it does: such a frame is dropped. A checksum is completed for it instead.
public struct NetworkModel: ~Copyable, DeviceModel {
  @inlinable
  public static var deviceType: DeviceType { .network }
  @inlinable
  public static var isOrdered: Bool { true }
  /// As many pairs as there are virtqueues for, with one for control.
  @inlinable
  public static var maxPairs: Int { 3 }
  /// What `mtu` reads, in bytes.
  static let mtu = 1500

  private let inPlace = InPlace()
  public private(set) var features: FeatureBits = []
  public internal(set) var config = ConfigBytes(count: Int(NetworkConfig.size))
  public internal(set) var configRevision: UInt32 = 0
  @usableFromInline var accepted: FeatureBits = []
  /// What the guest takes over of the work for frames that come in, and has not turned off.
  var offloads: FeatureBits = []
  @usableFromInline var maxPairs = 1
  /// How many pairs the driver has put into use.
  var activePairs = 1
  /// What `mac` reads after a reset.
  private var factoryAddress: UInt64 = 0
  var isLegacy = false
  @usableFromInline var filter = NetworkFilter()
  @usableFromInline var frames = InlineArray<3, FrameQueue> { _ in FrameQueue() }
  /// The frame on its way into the guest: how many chains it takes, and how many of its bytes are there, with the header.
  var chainsOfFrame = 1
  @usableFromInline var sentBytes = 0
  /// What is on its way out: read once, so that nobody changes it between two looks.
  @usableFromInline var outgoing = TrackedBytes(count: Network.headerSize + FrameQueue.maxLargeFrame)
  /// Which pair last sent to an address, by the low bits of its last byte.
  var steering = InlineArray<16, Steering>(repeating: Steering())

  /// All features of the device type.
  public static let allFeatures: FeatureBits = [
    .netControlOffloads, .netMTU, .netAddress, .netMergeableBuffers, .netStatus, .netControlQueue, .netControlReceive,
    .netControlVLAN, .netControlReceiveExtra, .netGuestAnnounce, .netMultiQueue, .netControlAddress, .netSpeedDuplex,
    .netChecksum, .netGuestChecksum, .netGuestTSO4, .netGuestTSO6, .netGuestECN, .netHostTSO4, .netHostTSO6,
    .netHostECN,
  ]
  /// Those that need a queue for control, though the text does not list them.
  private static let controlled: FeatureBits = [.netControlOffloads, .netControlReceiveExtra]

  struct Steering: BitwiseCopyable {
    var address: UInt64 = 0
    var pair = 0
  }

  /// A device with this address, a number as in `Ethernet`, with so many pairs of queues, 1 to ``maxPairs``.
  /// It has to be told which interface it is behind.
  public init(
    address: UInt64, pairs: Int = 1, features: FeatureBits = allFeatures, transport: Transport = .modern
  ) {
    powerOn(address: address, pairs: pairs, features: features, transport: transport)
  }

  /// Back to the state after `init`, with so many pairs, 1 to ``maxPairs``, and with these features of the device type, but
  /// for those that require another one.
  public mutating func powerOn(address: UInt64, pairs: Int, features: FeatureBits, transport: Transport) {
    precondition(1...Self.maxPairs ~= pairs, "1 to \(Self.maxPairs) pairs")
    var features = features.intersection(Self.allFeatures)
    if !features.contains(.netControlQueue) { features.subtract(Self.controlled) }
    features = FeatureRequirement.sound(features)
    self.features = features
    maxPairs = features.contains(.netMultiQueue) ? pairs : 1
    isLegacy = transport == .legacy
    factoryAddress = address
    configRevision = 0
    config[NetworkConfig.status] = Network.linkUp
    config.store(UInt16(maxPairs), at: NetworkConfig.maxPairs)
    config.store(UInt16(Self.mtu), at: NetworkConfig.mtu)
    config.store(10_000 as UInt32, at: NetworkConfig.speed)
    config[NetworkConfig.duplex] = 1
    showAddress(address)
    forgetDriver()
  }

  /// Gives back the memory that frames took, before the next ``powerOn(address:pairs:features:transport:)``.
  public mutating func powerOff() {
    for pair in 0..<Self.maxPairs { frames[pair].removeAll() }
    outgoing.rewind()
  }

  mutating func showAddress(_ address: UInt64) {
    for byte: UInt32 in 0..<6 {
      config[NetworkConfig.address + byte] = UInt8(truncatingIfNeeded: address >> UInt64(8 * byte))
    }
  }

  public var isAvailable: Bool { true }

  public mutating func reset() {
    if config[NetworkConfig.status] & Network.announce != 0 || shownAddress != factoryAddress { configRevision &+= 1 }
    config[NetworkConfig.status] &= ~Network.announce
    showAddress(factoryAddress)
    forgetDriver()
  }

  public mutating func featuresChanged(to features: FeatureBits) {
    accepted = features
    offloads = features.intersection(.netGuestOffloads)
    filter.filtersTags = features.contains(.netControlVLAN)
    filter.address = features.contains(.netAddress) ? shownAddress : nil
  }

  private mutating func forgetDriver() {
    accepted = []
    offloads = []
    activePairs = 1
    filter.removeAll()
    for pair in 0..<Self.maxPairs { frames[pair].removeAll() }
    sentBytes = 0
    steering = InlineArray(repeating: Steering())
  }

  private var shownAddress: UInt64 {
    var address: UInt64 = 0
    for byte: UInt32 in 0..<6 { address |= UInt64(config[NetworkConfig.address + byte]) << UInt64(8 * byte) }
    return address
  }

  /// A legacy driver may write its address (section 5.1.4.3).
  public mutating func writeConfig(
    _ offset: UInt32, width: Int, value: UInt32, host: inout some DeviceHost & ~Copyable
  ) {
    guard isLegacy, offset < NetworkConfig.status, width == 1 else { return }
    config[offset] = UInt8(truncatingIfNeeded: value)
    filter.address = shownAddress
  }

  // What happens outside the guest.

  var isLinkUp: Bool { config[NetworkConfig.status] & Network.linkUp != 0 }

  /// - Returns: whether the configuration space changed.
  mutating func setLink(_ isUp: Bool) -> Bool {
    guard features.contains(.netStatus), isUp != isLinkUp else { return false }
    config[NetworkConfig.status] ^= Network.linkUp
    return true
  }

  /// The guest is to make itself known in its network.
  ///
  /// - Returns: whether the configuration space changed.
  mutating func announce() -> Bool {
    guard accepted.contains(.netGuestAnnounce), features.contains(.netStatus),
      config[NetworkConfig.status] & Network.announce == 0
    else { return false }
    config[NetworkConfig.status] |= Network.announce
    return true
  }

  // The queues.

  @inlinable @inline(__always)
  func role(_ queue: Int) -> Network.Role? {
    Network.Role(ofQueue: queue, pairs: accepted.contains(.netMultiQueue) ? maxPairs : 1)
  }

  public func receives(_ queue: Int) -> Bool {
    if case .receive = role(queue) { return true }
    return false
  }

  public func hasInput(_ queue: Int) -> Bool {
    if case .receive(let pair) = role(queue) { return frames[pair].count > 0 }
    return false
  }

  @inlinable
  public mutating func serve(
    _ chain: Chain, _ segments: Span<Segment>, host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    switch role(Int(chain.queue)) {
    case .receive(let pair): return fill(chain, segments, from: pair, &host)
    case .transmit(let pair):
      transmit(chain, segments, pair, &host)
      return 0
    case .control: return accepted.contains(.netControlQueue) ? command(chain, segments, &host) : 0
    case nil: return 0
    }
  }
}

import VirtioSpec

/// What a device type adds to the transport: its features, its configuration space and its requests.
public protocol DeviceModel: ~Copyable {
  static var deviceType: DeviceType { get }

  /// The device type's own feature bits that this device offers.
  var features: FeatureBits { get }

  /// The configuration space, little-endian.
  var config: ConfigBytes { get }

  /// Whether every request with room for it is answered there, also one that is returned with a used length of 0
  /// (packed rings say of a buffer whether anything was written, section 2.8.3).
  static var answersAlways: Bool { get }

  /// Whether the backend has anything to answer with; requests wait while it has not.
  var isAvailable: Bool { get }

  /// Whether the requests of its queues are answered in the order in which they were made, whatever the backend.
  static var isOrdered: Bool { get }

  /// Whether the chains of a queue are room for what comes from outside, and not requests. What is there for them is put
  /// into them at once, and the device takes no more of them than it needs.
  func receives(_ queue: Int) -> Bool

  /// Of a queue that ``receives(_:)``: whether there is something to put into its next chain.
  func hasInput(_ queue: Int) -> Bool

  /// Of a queue that ``receives(_:)``, while there is input: whether it goes into the first `chains` of those that the device
  /// took, with room for `room` bytes together. They are returned together.
  mutating func fit(_ queue: Int, chains: Int, room: UInt64) -> InputFit

  /// How often the model changed its configuration space while it served requests.
  var configRevision: UInt32 { get }

  /// The driver's features were accepted. A legacy driver may change them as long as it is setting the device up.
  mutating func featuresChanged(to features: FeatureBits)

  /// The device was reset: no features are accepted, and what the driver asked for no longer holds.
  mutating func reset()

  /// A driver's write to the configuration space, of 1, 2 or 4 bytes, wholly inside it. Fields that a driver may not
  /// write stay as they are.
  mutating func writeConfig(
    _ offset: UInt32, width: Int, value: UInt32, host: inout some DeviceHost & ~Copyable)

  /// Serves one request. `segments` are the chain's, the readable ones first.
  ///
  /// - Returns: how many bytes were written, counted from the first writable one without a gap (section 2.7.8.2).
  mutating func serve(
    _ chain: Chain, _ segments: Span<Segment>, host: inout some DeviceHost & ~Copyable
  ) -> UInt32
}

/// See ``DeviceModel/fit(_:chains:room:)``.
public enum InputFit: Sendable {
  case fits
  /// With another chain it may.
  case needsMore
  /// The model gave it up, and what comes behind it is the next.
  case dropped
}

extension DeviceModel where Self: ~Copyable {
  @inlinable
  public static var isOrdered: Bool { false }

  @inlinable
  public func receives(_ queue: Int) -> Bool { false }

  @inlinable
  public func hasInput(_ queue: Int) -> Bool { false }

  @inlinable
  public static var answersAlways: Bool { false }

  @inlinable
  public mutating func fit(_ queue: Int, chains: Int, room: UInt64) -> InputFit { .fits }

  @inlinable
  public var configRevision: UInt32 { 0 }
}

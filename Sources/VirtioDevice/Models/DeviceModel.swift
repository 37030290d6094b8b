import VirtioMemory
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

  /// The driver's features were accepted, or, with none, the device was reset.
  mutating func featuresChanged(to features: FeatureBits)

  /// A driver's write to the configuration space, of 1, 2 or 4 bytes, wholly inside it. Fields that a driver may not
  /// write stay as they are.
  mutating func writeConfig(_ offset: UInt32, width: Int, value: UInt32)

  /// Serves one request. `segments` are the chain's, the readable ones first.
  ///
  /// - Returns: how many bytes were written, counted from the first writable one without a gap (section 2.7.8.2).
  mutating func serve(
    _ chain: Chain, _ segments: Span<Segment>, memory: inout some GuestMemory & ~Copyable
  ) -> UInt32
}

extension DeviceModel where Self: ~Copyable {
  @inlinable
  public static var answersAlways: Bool { false }
}

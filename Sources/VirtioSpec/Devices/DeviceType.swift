/// What register `DeviceID` reads (section 5, Device Types).
public struct DeviceType: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A slot without a function; a driver leaves it alone.
  @inlinable public static var placeholder: DeviceType { DeviceType(rawValue: 0) }
  /// Network device (section 5.1).
  @inlinable public static var network: DeviceType { DeviceType(rawValue: 1) }
  /// Block device (section 5.2).
  @inlinable public static var block: DeviceType { DeviceType(rawValue: 2) }
  /// Console device (section 5.3).
  @inlinable public static var console: DeviceType { DeviceType(rawValue: 3) }
  /// Entropy source (section 5.4).
  @inlinable public static var entropy: DeviceType { DeviceType(rawValue: 4) }
}

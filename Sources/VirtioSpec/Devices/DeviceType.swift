/// What register `DeviceID` reads (section 5, Device Types).
public struct DeviceType: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A slot without a function; a driver leaves it alone.
  public static let placeholder = DeviceType(rawValue: 0)
  /// Block device (section 5.2).
  public static let block = DeviceType(rawValue: 2)
  /// Entropy source (section 5.4).
  public static let entropy = DeviceType(rawValue: 4)
}

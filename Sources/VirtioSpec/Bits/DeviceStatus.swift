/// The device status field (section 2.1), register `Status`.
public struct DeviceStatus: OptionSet, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `ACKNOWLEDGE`
  public static let acknowledge = DeviceStatus(rawValue: 1)
  /// `DRIVER`
  public static let driver = DeviceStatus(rawValue: 2)
  /// `DRIVER_OK`
  public static let driverOK = DeviceStatus(rawValue: 4)
  /// `FEATURES_OK`
  public static let featuresOK = DeviceStatus(rawValue: 8)
  /// `DEVICE_NEEDS_RESET`: the only bit that a device sets by itself.
  public static let deviceNeedsReset = DeviceStatus(rawValue: 64)
  /// `FAILED`
  public static let failed = DeviceStatus(rawValue: 128)

  /// The bits that a driver writes.
  public static let driverOwned: DeviceStatus = [.acknowledge, .driver, .driverOK, .featuresOK, .failed]
}

/// The device status field (section 2.1), register `Status`.
public struct DeviceStatus: OptionSet, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `ACKNOWLEDGE`
  @inlinable public static var acknowledge: DeviceStatus { DeviceStatus(rawValue: 1) }
  /// `DRIVER`
  @inlinable public static var driver: DeviceStatus { DeviceStatus(rawValue: 2) }
  /// `DRIVER_OK`
  @inlinable public static var driverOK: DeviceStatus { DeviceStatus(rawValue: 4) }
  /// `FEATURES_OK`
  @inlinable public static var featuresOK: DeviceStatus { DeviceStatus(rawValue: 8) }
  /// `SUSPEND`, of the specification's 1.4
  @inlinable public static var suspend: DeviceStatus { DeviceStatus(rawValue: 16) }
  /// `DEVICE_NEEDS_RESET`: the only bit that a device sets by itself.
  @inlinable public static var deviceNeedsReset: DeviceStatus { DeviceStatus(rawValue: 64) }
  /// `FAILED`
  @inlinable public static var failed: DeviceStatus { DeviceStatus(rawValue: 128) }

  /// The bits that a driver writes.
  @inlinable public static var driverOwned: DeviceStatus {
    [.acknowledge, .driver, .driverOK, .featuresOK, .failed]
  }
}

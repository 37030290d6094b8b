/// A control register; the raw value is its offset from the device's base.
///
/// Section 4.2.2, MMIO Device Register Layout, and section 4.2.4, Legacy interface: each ``Transport`` has some of them,
/// and what both have is the same. All are 32 bits wide and little-endian.
public enum Register: UInt32, CaseIterable, Sendable {
  case magicValue = 0x000
  case version = 0x004
  case deviceID = 0x008
  case vendorID = 0x00c
  case deviceFeatures = 0x010
  case deviceFeaturesSel = 0x014
  case driverFeatures = 0x020
  case driverFeaturesSel = 0x024
  /// Legacy only.
  case guestPageSize = 0x028
  case queueSel = 0x030
  case queueNumMax = 0x034
  case queueNum = 0x038
  /// Legacy only.
  case queueAlign = 0x03c
  /// Legacy only.
  case queuePFN = 0x040
  case queueReady = 0x044
  case queueNotify = 0x050
  case interruptStatus = 0x060
  case interruptACK = 0x064
  case status = 0x070
  case queueDescLow = 0x080
  case queueDescHigh = 0x084
  case queueDriverLow = 0x090
  case queueDriverHigh = 0x094
  case queueDeviceLow = 0x0a0
  case queueDeviceHigh = 0x0a4
  case shmSel = 0x0ac
  case shmLenLow = 0x0b0
  case shmLenHigh = 0x0b4
  case shmBaseLow = 0x0b8
  case shmBaseHigh = 0x0bc
  case queueReset = 0x0c0
  case configGeneration = 0x0fc

  /// Where the device-specific configuration space (`Config`) starts.
  @inlinable public static var configBase: UInt32 { 0x100 }

  /// The width of every control register, in bytes.
  @inlinable public static var width: Int { 4 }

  /// What `MagicValue` reads: "virt" in little-endian bytes.
  @inlinable public static var magic: UInt32 { 0x7472_6976 }

  @inlinable
  public var direction: Direction {
    switch self {
    case .magicValue, .version, .deviceID, .vendorID, .deviceFeatures, .queueNumMax, .interruptStatus,
      .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh, .configGeneration:
      .readOnly
    case .queuePFN, .queueReady, .status, .queueReset:
      .readWrite
    case .deviceFeaturesSel, .driverFeatures, .driverFeaturesSel, .guestPageSize, .queueSel, .queueNum, .queueAlign,
      .queueNotify, .interruptACK, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow,
      .queueDeviceHigh, .shmSel:
      .writeOnly
    }
  }

  /// The name as the specification's table spells it.
  public var name: String {
    switch self {
    case .magicValue: "MagicValue"
    case .version: "Version"
    case .deviceID: "DeviceID"
    case .vendorID: "VendorID"
    case .deviceFeatures: "DeviceFeatures"
    case .deviceFeaturesSel: "DeviceFeaturesSel"
    case .driverFeatures: "DriverFeatures"
    case .driverFeaturesSel: "DriverFeaturesSel"
    case .guestPageSize: "GuestPageSize"
    case .queueSel: "QueueSel"
    case .queueNumMax: "QueueNumMax"
    case .queueNum: "QueueNum"
    case .queueAlign: "QueueAlign"
    case .queuePFN: "QueuePFN"
    case .queueReady: "QueueReady"
    case .queueNotify: "QueueNotify"
    case .interruptStatus: "InterruptStatus"
    case .interruptACK: "InterruptACK"
    case .status: "Status"
    case .queueDescLow: "QueueDescLow"
    case .queueDescHigh: "QueueDescHigh"
    case .queueDriverLow: "QueueDriverLow"
    case .queueDriverHigh: "QueueDriverHigh"
    case .queueDeviceLow: "QueueDeviceLow"
    case .queueDeviceHigh: "QueueDeviceHigh"
    case .shmSel: "SHMSel"
    case .shmLenLow: "SHMLenLow"
    case .shmLenHigh: "SHMLenHigh"
    case .shmBaseLow: "SHMBaseLow"
    case .shmBaseHigh: "SHMBaseHigh"
    case .queueReset: "QueueReset"
    case .configGeneration: "ConfigGeneration"
    }
  }

  /// The register that the table calls `name`, if there is one.
  public init?(name: some StringProtocol) {
    guard let found = Register.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

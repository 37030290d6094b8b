import VirtioSpec

/// A device of somebody else: the smallest entropy device (section 5.4) that is one, with registers as of Version 2 and
/// one split virtqueue, made from scratch. It answers every request at once, and waits for nobody.
///
/// It lets go of a ring or chain that is broken, and says so with DEVICE_NEEDS_RESET.
public struct TinyEntropy: ~Copyable {
  static let maxQueueSize: UInt32 = 64
  static let vendorID: UInt32 = 0x7974_696e

  var status: DeviceStatus = []
  var interruptStatus: InterruptStatus = []
  var deviceFeaturesSel: UInt32 = 0
  var driverFeaturesSel: UInt32 = 0
  var driverFeatures: FeatureBits = []
  var queueSel: UInt32 = 0
  var queue = Queue()
  /// What the next random byte comes of.
  private var seed: UInt64 = 1

  public init() {}

  /// What a reset leaves of the device.
  mutating func reset() { self = TinyEntropy() }

  /// The driver is done with the device's initialization, and nothing has broken since.
  var isRunning: Bool { status.contains(.driverOK) && !status.contains(.deviceNeedsReset) }

  mutating func nextByte() -> UInt8 {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: seed >> 56)
  }
}

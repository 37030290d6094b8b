import VirtioDevice
import VirtioSpec

/// A block device on memory that a driver has brought to DRIVER_OK, with its first queue on a ``PublishedRing``.
struct BlockRig: ~Copyable {
  var device: BlockDevice<MemoryStorage>
  var host = PlainHost()
  var ring: PublishedRing

  init() {
    device = BlockDevice(model: BlockModel(storage: MemoryStorage(size: 1 << 20, limit: 1 << 20)))
    ring = PublishedRing(in: &host)
    write(.status, 0)
    write(.status, DeviceStatus([.acknowledge, .driver]).rawValue)
    write(.driverFeaturesSel, 1)
    write(.driverFeatures, FeatureBits.version1.word(1))
    write(.status, DeviceStatus([.acknowledge, .driver, .featuresOK]).rawValue)
    write(.queueSel, 0)
    write(.queueNum, PublishedRing.size)
    write(.queueDescLow, UInt32(PublishedRing.descriptors))
    write(.queueDriverLow, UInt32(PublishedRing.driver))
    write(.queueDeviceLow, UInt32(PublishedRing.device))
    write(.queueReady, 1)
    write(.status, DeviceStatus([.acknowledge, .driver, .featuresOK, .driverOK]).rawValue)
    precondition(read(.queueReady) == 1 && read(.status) == 0xf, "the device is not up")
  }

  @inline(__always)
  mutating func write(_ register: Register, _ value: UInt32) {
    device.writeRegister(register.rawValue, width: Register.width, value: UInt64(value), host: &host)
  }

  @inline(__always)
  mutating func read(_ register: Register) -> UInt32 {
    UInt32(device.readRegister(register.rawValue, width: Register.width, host: &host))
  }
}

import VirtioSpec

/// What a driver says of its virtqueue, and how far the device is in it.
struct Queue {
  private(set) var size: UInt32 = 0
  private(set) var descriptors: UInt64 = 0
  private(set) var available: UInt64 = 0
  private(set) var used: UInt64 = 0
  private(set) var isReady = false
  /// Where the device is in the available ring, and in the used ring.
  var nextAvailable: UInt16 = 0
  var nextUsed: UInt16 = 0

  var isUsable: Bool { isReady && size > 0 && size <= TinyEntropy.maxQueueSize && size.nonzeroBitCount == 1 }

  /// A queue that is stopped is as new.
  mutating func setReady(_ ready: Bool) {
    if ready { isReady = true } else { self = Queue() }
  }

  mutating func write(_ register: Register, _ value: UInt32) {
    switch register {
    case .queueNum: size = value
    case .queueDescLow: descriptors = descriptors & ~0xffff_ffff | UInt64(value)
    case .queueDescHigh: descriptors = descriptors & 0xffff_ffff | UInt64(value) << 32
    case .queueDriverLow: available = available & ~0xffff_ffff | UInt64(value)
    case .queueDriverHigh: available = available & 0xffff_ffff | UInt64(value) << 32
    case .queueDeviceLow: used = used & ~0xffff_ffff | UInt64(value)
    case .queueDeviceHigh: used = used & 0xffff_ffff | UInt64(value) << 32
    default: break
    }
  }
}

import VirtioDevice
import VirtioProgram
import VirtioSpec

/// The most data descriptors of one request that the block device under test announces.
private let announcedSegmentMax: UInt32 = 254

extension BlockModel.Options where Storage: ~Copyable {
  /// What a program wishes a block device to be.
  static func wished(_ wish: Header) -> Self {
    Self(
      readOnly: wish.flags.contains(.readOnly), queueCount: UInt16(wish.queueCount), segmentMax: announcedSegmentMax,
      transport: wish.transport)
  }
}

extension ConfigBytes {
  /// What the configuration space of such a block device has to read, byte by byte: written down here once more, so
  /// that a device which mixes up its fields is not compared with itself.
  static func blockFixture(_ wish: Header) -> ConfigBytes {
    var config = ConfigBytes(count: Int(BlockConfig.size))
    let cylinders = wish.capacity / (16 * 63)
    config[0x00] = UInt8(truncatingIfNeeded: wish.capacity)
    config[0x01] = UInt8(truncatingIfNeeded: wish.capacity >> 8)
    config[0x02] = UInt8(truncatingIfNeeded: wish.capacity >> 16)
    config[0x03] = UInt8(truncatingIfNeeded: wish.capacity >> 24)
    config[0x0c] = UInt8(announcedSegmentMax)  // seg_max
    config[0x10] = UInt8(truncatingIfNeeded: cylinders)
    config[0x11] = UInt8(truncatingIfNeeded: cylinders >> 8)
    config[0x12] = 16  // heads
    config[0x13] = 63  // sectors
    config[0x15] = 0x02  // blk_size 512
    config[0x1a] = 1  // min_io_size
    config[0x1c] = 8  // opt_io_size
    config[0x20] = 1  // writeback
    config[0x22] = wish.queueCount  // num_queues
    config[0x25] = 0x20  // max_discard_sectors 8192
    config[0x28] = 16  // max_discard_seg
    config[0x2c] = 1  // discard_sector_alignment
    config[0x31] = 0x20  // max_write_zeroes_sectors 8192
    config[0x34] = 16  // max_write_zeroes_seg
    config[0x38] = 1  // write_zeroes_may_unmap
    return config
  }
}

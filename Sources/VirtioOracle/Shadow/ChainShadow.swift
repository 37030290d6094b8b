/// A chain that the device holds, as far as its descriptors were given to the device.
struct ChainShadow: BitwiseCopyable {
  /// The most segments of one chain that are kept; permissions of longer chains are not judged.
  static let maxSegments = 320

  var isOpen = false
  var queue = 0
  var head: UInt16 = 0
  /// The table that the next descriptor is read from, and how many descriptors it has.
  var table: UInt64 = 0
  var tableSize: UInt32 = 0
  var isIndirect = false
  /// The index of the descriptor that the device has to read next.
  var next: UInt32 = 0
  /// Whether the last descriptor was read.
  var isComplete = false
  /// Whether it breaks a rule for drivers: it must not be returned.
  var isBroken = false
  var descriptorCount: UInt32 = 0
  var segmentCount = 0
  var isTruncated = false
  var hasWritable = false
  var hasReadable = false
  var writableBytes: UInt64 = 0
  /// How many bytes the device wrote into it, at least.
  var writtenBytes: UInt64 = 0
  /// How many bytes the device read from it or wrote into it, at least.
  var movedBytes: UInt64 = 0
}

/// One stretch of memory that a chain permits the device to use.
struct SegmentShadow: BitwiseCopyable {
  var address: UInt64 = 0
  var length: UInt64 = 0
  var isWritable = false

  func contains(_ address: UInt64, _ length: UInt64) -> Bool {
    let inside = address &- self.address
    return inside <= self.length && length <= self.length - inside
  }
}

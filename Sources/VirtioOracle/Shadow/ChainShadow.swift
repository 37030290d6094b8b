/// A chain that the device holds, as far as its descriptors were given to the device.
struct ChainShadow: BitwiseCopyable {
  /// The most segments of one chain that are kept; permissions of longer chains are not judged.
  static let maxSegments = 320

  var isOpen = false
  var queue = 0
  /// It is of a packed ring: its head is a Buffer ID, once its last descriptor was read.
  var isPacked = false
  var head: UInt16 = 0
  /// How many descriptors of a packed ring it has.
  var slotCount: UInt32 = 0
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
  /// How many of them were in front of the indirect table.
  var directCount: UInt32 = 0
  var segmentCount = 0
  var isTruncated = false
  /// The stretch of memory that has all its segments, from `low` on to before `high`.
  var low = UInt64.max
  var high: UInt64 = 0
  /// A segment may have bytes in common with another one: it lies in the stretch that those before it reached over.
  var overlapsItself = false
  var hasReadable = false
  var hasWritable = false
  /// The descriptor that refers to its indirect table has the WRITE flag, which means nothing there.
  var isWriteMarked = false
  /// Its indirect table has flags that mean nothing there.
  var hasJunk = false
  var writableBytes: UInt64 = 0
  var readableBytes: UInt64 = 0
  /// How many of those have come out of the device.
  var emittedBytes: UInt64 = 0
  /// When it was taken: one more than the chain before, of all queues.
  var order: UInt32 = 0
  /// How many bytes the device wrote into it, at least.
  var writtenBytes: UInt64 = 0
  /// Of its writable part: how many bytes were written from the start on; a stretch behind those that was written, too,
  /// unless its end is 0; and whether there were more of those than one, so that the first number may be too low.
  var writtenFromStart: UInt64 = 0
  var stretchStart: UInt64 = 0
  var stretchEnd: UInt64 = 0
  var isScattered = false
  /// How many bytes the device read from it or wrote into it, at least.
  var movedBytes: UInt64 = 0
  /// Somebody may have changed its buffers while the device held it.
  var isDisturbed = false
  /// The device held it at the same time as a request that changes sectors which it is about, too.
  var isRaced = false
  /// The sectors that its request is about, once somebody asked, and whether it changes them.
  var claim: SectorClaim?
  /// The disk's era when it was taken.
  var era: UInt32 = 0
  /// The time of ``StabilityShadow`` when it was taken, and a time behind which it was sent.
  var taken: UInt32 = 0
  var sent: UInt32 = 0

  /// Whether a range lies in the stretch of its segments, so that it may be in one.
  func reaches(_ address: UInt64, _ length: UInt64) -> Bool {
    address < high && (address >= low || low - address < length)
  }

  /// Takes over where another segment is.
  mutating func reach(_ address: UInt64, _ length: UInt64) {
    if reaches(address, length) { overlapsItself = true }
    let (end, wraps) = address.addingReportingOverflow(length)
    low = min(low, address)
    high = max(high, wraps ? .max : end)
  }

  /// The bytes from `start` to before `end` of its writable part are written.
  mutating func noteWritten(from start: UInt64, to end: UInt64) {
    if start <= writtenFromStart {
      writtenFromStart = max(writtenFromStart, end)
    } else if stretchEnd == 0 {
      (stretchStart, stretchEnd) = (start, end)
    } else if start <= stretchEnd && stretchStart <= end {
      (stretchStart, stretchEnd) = (min(stretchStart, start), max(stretchEnd, end))
    } else {
      isScattered = true
    }
    guard stretchEnd != 0, stretchStart <= writtenFromStart else { return }
    writtenFromStart = max(writtenFromStart, stretchEnd)
    stretchEnd = 0
  }
}

/// What a request of a block device means to do: from sector `first` on to before `end`.
struct SectorClaim: BitwiseCopyable {
  var first: UInt64
  var end: UInt64
  var isChange: Bool

  func overlaps(_ other: SectorClaim) -> Bool { first < other.end && other.first < end }
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

import VirtioSpec

/// What the judge knows of one queue.
struct QueueShadow: BitwiseCopyable {
  /// The registers as the driver wrote them.
  var size: UInt32 = 0
  var areas = AreasShadow()
  /// Of a legacy queue: QueueAlign, and the QueuePFN that put it into use; nil where that is not known.
  var align: UInt32 = 0
  var page: UInt32?

  /// What QueueReady has to read, or nil where the text does not say.
  var ready: Bool? = false
  /// 0 is being written to QueueReady: the device has not returned yet.
  var isStopping = false
  /// The driver turned it on properly, so that the rings can be followed.
  var isTracked = false
  /// The sizes of its areas while it is live, in bytes.
  var descriptorsSize: UInt64 = 0
  var driverSize: UInt64 = 0
  var deviceSize: UInt64 = 0
  /// The lowest and the highest address of its areas while it is live; the highest is the first one behind.
  var low: UInt64 = 0
  var high: UInt64 = 0
  /// It was turned on since the last device reset.
  var wasReady = false
  /// The driver changed settings while it was ready (MMIO-DRV-17), or of a queue that cannot be told: which ones hold
  /// is unknown until the device is reset.
  var settingsAreUnknown = false
  /// What happens in the rings cannot be followed, until the queue starts again.
  var isTainted = false
  /// Where the rings were when the queue was last live, until it is live again.
  var ghost = AreasShadow()
  var ghostSize: UInt32 = 0
  /// It was live when the device was reset, and not since.
  var readyAtReset = false
  var startsAfterReset = false

  /// Counts the lives of all queues; that of this one, from 1 on.
  var life: UInt32 = 0
  /// The last available index that the device was given.
  var availableSeen: UInt16 = 0
  /// How many heads the device has taken.
  var taken: UInt16 = 0
  /// The used index that the driver can see.
  var used: UInt16 = 0
  /// The last known time of ``StabilityShadow`` when the device had taken all that was sent.
  var emptyAt: UInt32 = 0
  /// What the device wrote to used.flags in this life, if it did.
  var usedFlags: UInt16?
  /// What the device wrote to avail_event in this life, or began with.
  var availEvent: UInt16?
  /// The chain that the device is reading the descriptors of.
  var walking = -1
  /// In this life: it took another chain before it had read one to its end.
  var readsAhead = false
  /// The chain that was opened last.
  var lastOpened = -1
  var heldCount = 0
  /// The driver has notified the device since it last moved the available index.
  var isNotified = false
  /// A notification with data was about another index than the ring has.
  var hadStaleNotice = false
  /// The available index when the device was last notified with data.
  var notifiedIndex: UInt16 = 0
  /// In this life: a chain was returned; and one was taken that the device had not been notified of.
  var wasServed = false
  var wasServedUnasked = false
  /// The device returned a chain since it was last polled: it is not done yet, but at work.
  var isProgressing = false
  /// The words that suppress notifications changed while the device was at work.
  var suppressionRaced = false
  /// Whether the driver has to notify the device of what it published, and since which step.
  var notice = NoticeShadow.none
  var noticeStep = 0
  /// The queue was notified of while it was not ready, in the action that goes on.
  var probed = false

  /// Virtqueue reset (VIRTIO_F_RING_RESET).
  var reset = QueueResetShadow.none
  /// It was reset before it was last turned on, and no chain came back since.
  var startsAfterQueueReset = false
  /// It was reset before it was last turned on, with other settings: the ghost is where it was.
  var isMoved = false
  var pollsSinceReset = 0

  /// Whether an address lies in the stretch of its areas when it was last live, so that it may be in one.
  func reaches(_ address: UInt64) -> Bool { address >= low && address < high }

  var isLive: Bool { ready == true }
  /// Whether what happens in its rings says what the device does.
  var canBeFollowed: Bool { isLive && isTracked && !isTainted }
}

enum NoticeShadow: BitwiseCopyable {
  /// Nothing was published since the last notification that asks for one.
  case none
  /// Something was, but before the device was running, or it is not known whether it asks for one.
  case allowed
  case owed
}

enum QueueResetShadow: BitwiseCopyable {
  /// None was asked for since the queue was last turned on.
  case none
  /// 1 was written, and QueueReset has not read 0 since.
  case asked
  /// QueueReset has read 0.
  case done
}

/// The three areas of a queue.
struct AreasShadow: BitwiseCopyable {
  var descriptors: UInt64 = 0
  var driver: UInt64 = 0
  var device: UInt64 = 0
  var format = RingFormat.split

  /// Whether any byte of a range is in one of them.
  func overlaps(_ address: UInt64, _ length: UInt64, size: UInt32) -> Bool {
    guard size != 0, size <= SplitRing.maxSize, length > 0 else { return false }
    return overlap(address, length, descriptors, format.descriptorAreaSize(size))
      || overlap(address, length, driver, format.driverAreaSize(size))
      || overlap(address, length, device, format.deviceAreaSize(size))
  }

  /// Whether two of them have a byte in common.
  func overlapEachOther(size: UInt32) -> Bool {
    let descriptorsSize = format.descriptorAreaSize(size)
    let driverSize = format.driverAreaSize(size)
    let deviceSize = format.deviceAreaSize(size)
    return overlap(descriptors, descriptorsSize, driver, driverSize)
      || overlap(descriptors, descriptorsSize, device, deviceSize)
      || overlap(driver, driverSize, device, deviceSize)
  }

  /// Whether an address is just before or just behind one of them.
  func isBeside(_ address: UInt64, size: UInt32) -> Bool {
    let reach: UInt64 = 16
    return overlaps(address &- reach, 2 * reach + 1, size: size)
  }

  private func overlap(_ a: UInt64, _ aLength: UInt64, _ b: UInt64, _ bLength: UInt64) -> Bool {
    a &- b < bLength || b &- a < aLength
  }
}

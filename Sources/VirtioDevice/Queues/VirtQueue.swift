import VirtioMemory
import VirtioSpec

/// The device's side of one virtqueue (section 2.6), split or packed.
public struct VirtQueue: ~Copyable {
  /// Set before the queue starts; the rings and everything about them go by it.
  public var format = RingFormat.split
  /// What QueueNum was set to, in elements.
  public var size: UInt32 = 0
  public var descriptorArea: UInt64 = 0
  public var driverArea: UInt64 = 0
  public var deviceArea: UInt64 = 0
  /// Of a legacy queue: what QueueAlign was set to, in bytes.
  public var align: UInt32 = 0
  /// Of a legacy queue: the page number in use, or 0.
  @usableFromInline var pageNumber: UInt32 = 0
  /// QueueReady.
  public internal(set) var isReady = false
  /// QueueReset: a reset of the queue waits for the backend.
  public internal(set) var isResetting = false

  /// Whether there may be available chains that were not looked at.
  @usableFromInline var needsService = false
  /// What avail_event, or `desc` of the Device Area of a packed queue, was last set to.
  @usableFromInline var announcedEvent: UInt16 = 0

  // Of a split queue.
  /// The free-running index of the next available entry to take.
  @usableFromInline var nextAvailable: UInt16 = 0
  /// The free-running index of the next used element.
  @usableFromInline var nextUsed: UInt16 = 0
  /// The used index when the driver was last considered for a notification.
  @usableFromInline var signalledUsed: UInt16 = 0
  /// The heads of the chains that the device holds.
  @usableFromInline var held = HeadSet()

  // Of a packed queue.
  /// The next descriptor to take.
  @usableFromInline var nextTaken = RingPosition()
  /// Where the next used descriptor goes.
  @usableFromInline var nextReturned = RingPosition()
  /// How many descriptors lie between those two: they are the device's.
  @usableFromInline var takenCount: UInt32 = 0
  /// Where the used descriptors begin that the driver was not considered for a notification of, and how many there are,
  /// with those that were skipped.
  @usableFromInline var firstUnsignalled = RingPosition()
  @usableFromInline var unsignalledCount: UInt32 = 0
  /// Of a packed ring: where the flags of a used descriptor go that is marked behind the next ones, and those flags; 0 for none.
  @usableFromInline var heldBackPlace: UInt64 = 0
  @usableFromInline var heldBackFlags: UInt16 = 0

  public init() {}

  /// As after `init`, and not by way of ``clear()``: see ``MMIODevice/powerOn(options:)``.
  mutating func powerOn() {
    format = .split
    size = 0
    descriptorArea = 0
    driverArea = 0
    deviceArea = 0
    align = 0
    pageNumber = 0
    isReady = false
    isResetting = false
    nextAvailable = 0
    nextUsed = 0
    signalledUsed = 0
    announcedEvent = 0
    needsService = false
    held.removeAll()
    nextTaken = RingPosition()
    nextReturned = RingPosition()
    takenCount = 0
    firstUnsignalled = RingPosition()
    unsignalledCount = 0
    heldBackPlace = 0
  }

  /// Forgets everything.
  mutating func clear() {
    size = 0
    descriptorArea = 0
    driverArea = 0
    deviceArea = 0
    align = 0
    stop()
  }

  /// Puts the areas of a legacy queue where its page is. False where the alignment forbids that. `pageSize` is in bytes.
  @inlinable
  mutating func place(atPage page: UInt32, of pageSize: UInt32) -> Bool {
    guard LegacyRing.isValidUnit(align) else { return false }
    pageNumber = page
    // 32 bits each: the product, and what comes behind it, fit, whatever the size.
    descriptorArea = UInt64(page) * UInt64(pageSize)
    driverArea = descriptorArea &+ LegacyRing.driverArea(size)
    deviceArea = descriptorArea &+ LegacyRing.deviceArea(size, align: align)
    return true
  }

  /// Whether the driver's settings make a queue that can be used: a size that the format knows and the device has
  /// room for, and areas that are aligned (sections 2.7 and 2.8.10.1) and in RAM.
  public func isUsable(sizeLimit: UInt32, memory: inout some GuestMemory & ~Copyable) -> Bool {
    format.isValidSize(size) && size <= sizeLimit
      && descriptorArea % format.descriptorAlignment == 0
      && driverArea % format.driverAlignment == 0
      && deviceArea % format.deviceAlignment == 0
      && memory.contains(descriptorArea, format.descriptorAreaSize(size))
      && memory.contains(driverArea, format.driverAreaSize(size))
      && memory.contains(deviceArea, format.deviceAreaSize(size))
  }

  /// Makes the queue live, from the first element of its rings on. Only when it ``isUsable(sizeLimit:memory:)``.
  public mutating func start() {
    restart()
    isReady = true
  }

  /// Forgets everything but the driver's settings.
  public mutating func stop() {
    isReady = false
    isResetting = false
    pageNumber = 0
    restart()
  }

  /// The queue serves nothing from here on, until ``stop()`` ends its reset.
  public mutating func beginReset() {
    isReady = false
    isResetting = true
    needsService = false
  }

  /// The rings begin at their first element.
  @usableFromInline
  mutating func restart() {
    announcedEvent = 0
    needsService = false
    nextAvailable = 0
    nextUsed = 0
    signalledUsed = 0
    held.removeAll()
    nextTaken = RingPosition()
    nextReturned = RingPosition()
    takenCount = 0
    firstUnsignalled = RingPosition()
    unsignalledCount = 0
    heldBackPlace = 0
  }

  /// How many chains are known to be available and not taken. A packed ring shows one at a time.
  @inlinable @inline(__always)
  public func availableCount(_ memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> UInt16 {
    switch format {
    case .split: try availableInSplitRing(&memory)
    case .packed: try isAvailableInPackedRing(&memory) ? 1 : 0
    }
  }

  /// How many are known to be, when one of `count` was taken.
  @inlinable
  func availableCount(
    behind count: UInt16, _ memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> UInt16 {
    format == .split ? count &- 1 : try availableCount(&memory)
  }

  /// Takes the next available chain and puts its segments into `segments` from `first` on. Only while
  /// ``availableCount(_:)`` is not 0.
  ///
  /// Reads every descriptor once, and bounds the walk by the queue size: loops end there.
  @inlinable @inline(__always)
  public mutating func take(
    _ segments: inout FixedArray<Segment>, from first: Int, indirectAllowed: Bool,
    memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Chain {
    switch format {
    case .split:
      try takeFromSplitRing(&segments, from: first, indirectAllowed: indirectAllowed, memory: &memory)
    case .packed:
      try takeFromPackedRing(&segments, from: first, indirectAllowed: indirectAllowed, memory: &memory)
    }
  }

  /// Returns a chain that the device wrote to, or not, with its used length, in bytes. It is shown to the driver together
  /// with the next one, if it is not yet to be seen.
  @inlinable @inline(__always)
  public mutating func complete(
    _ chain: Chain, length: UInt32, isWritten: Bool, isShown: Bool = true, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) {
    switch format {
    case .split: try returnToSplitRing(chain, length: length, isShown: isShown, memory: &memory)
    case .packed:
      try returnToPackedRing(chain, length: length, isWritten: isWritten, isShown: isShown, memory: &memory)
    }
  }

  /// Whether the driver wants to be notified of the chains returned since the last time this was asked
  /// (sections 2.7.7, 2.7.10 and 2.8.14), or because there are no more (`onEmpty`: VIRTIO_F_NOTIFY_ON_EMPTY of the
  /// legacy interface, section 6.3).
  @inlinable
  public mutating func wantsNotification(
    eventIdx: Bool, onEmpty: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Bool {
    switch format {
    case .split: try splitRingWantsNotification(eventIdx: eventIdx, onEmpty: onEmpty, memory: &memory)
    case .packed: try packedRingWantsNotification(eventIdx: eventIdx, memory: &memory)
    }
  }

  /// With VIRTIO_F_EVENT_IDX: tells the driver that it has to notify for the next chain it makes available
  /// (sections 2.7.10 and 2.8.14). True when what the Device Area says of that changed: the ring has to be looked at once
  /// more, since the driver may have added to it before it could see the change.
  @inlinable
  public mutating func announce(memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> Bool {
    switch format {
    case .split: try announceInSplitRing(memory: &memory)
    case .packed: try announceInPackedRing(memory: &memory)
    }
  }
}

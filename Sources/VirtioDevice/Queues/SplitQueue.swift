import VirtioMemory
import VirtioSpec

/// The device's side of one split virtqueue (section 2.7).
public struct SplitQueue: ~Copyable {
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

  /// The free-running index of the next available entry to take.
  @usableFromInline var nextAvailable: UInt16 = 0
  /// The free-running index of the next used element.
  @usableFromInline var nextUsed: UInt16 = 0
  /// The used index when the driver was last considered for a notification.
  @usableFromInline var signalledUsed: UInt16 = 0
  /// What avail_event holds.
  @usableFromInline var announcedEvent: UInt16 = 0
  /// Whether there may be available chains that were not looked at.
  @usableFromInline var needsService = false
  @usableFromInline var held = HeadSet()

  public init() {}

  /// As after `init`, and not by way of ``clear()``: see ``MMIODevice/powerOn(options:)``.
  mutating func powerOn() {
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

  /// Puts the areas of a legacy queue where its page is. False where the alignment or the size forbids that. `pageSize`
  /// is in bytes.
  @inlinable
  mutating func place(atPage page: UInt32, of pageSize: UInt32) -> Bool {
    guard LegacyRing.isValidUnit(align), SplitRing.isValidSize(size) else { return false }
    pageNumber = page
    // 32 bits each: the product, and what comes behind it, fit.
    descriptorArea = UInt64(page) * UInt64(pageSize)
    driverArea = descriptorArea &+ LegacyRing.driverArea(size)
    deviceArea = descriptorArea &+ LegacyRing.deviceArea(size, align: align)
    return true
  }

  /// Whether the driver's settings make a queue that can be used: a size that the format knows and the device has
  /// room for, and areas that are aligned (section 2.7) and in RAM.
  public func isUsable(sizeLimit: UInt32, memory: inout some GuestMemory & ~Copyable) -> Bool {
    SplitRing.isValidSize(size) && size <= sizeLimit
      && descriptorArea % SplitRing.descriptorAlignment == 0
      && driverArea % SplitRing.driverAlignment == 0
      && deviceArea % SplitRing.deviceAlignment == 0
      && memory.contains(descriptorArea, SplitRing.descriptorAreaSize(size))
      && memory.contains(driverArea, SplitRing.driverAreaSize(size))
      && memory.contains(deviceArea, SplitRing.deviceAreaSize(size))
  }

  /// Makes the queue live, from index 0 on. Only when it ``isUsable(sizeLimit:memory:)``.
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

  /// Both rings begin at index 0.
  @usableFromInline
  mutating func restart() {
    nextAvailable = 0
    nextUsed = 0
    signalledUsed = 0
    announcedEvent = 0
    needsService = false
    held.removeAll()
  }

  /// How many chains are available and not taken.
  @inlinable
  public func availableCount(_ memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> UInt16 {
    guard let index = memory.load(driverArea &+ SplitRing.availIdx, as: UInt16.self) else { throw .outsideRAM }
    let count = index &- nextAvailable
    guard count <= size else { throw .availableIndexJumped }
    return count
  }

  /// Takes the next available chain and puts its segments into `segments` from `first` on.
  ///
  /// Reads every descriptor once, and bounds the walk by the queue size: loops end there.
  @inlinable
  public mutating func take(
    _ segments: inout FixedArray<Segment>, from first: Int, indirectAllowed: Bool,
    memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Chain {
    let slot = UInt32(nextAvailable) & (size - 1)
    guard let head = memory.load(driverArea &+ SplitRing.availEntry(slot), as: UInt16.self) else { throw .outsideRAM }
    guard UInt32(head) < size else { throw .headOutOfRange }
    guard !held.contains(head) else { throw .headHeld }

    var chain = Chain()
    chain.head = head
    let limit = min(size, UInt32(Chain.maxSegments))
    var table = descriptorArea
    var tableSize = size
    var isIndirect = false
    var index = UInt32(head)
    var walked: UInt32 = 0
    var sawWritable = false
    while true {
      guard let bits = memory.load(table &+ UInt64(index) &* Descriptor.size, as: UInt128.self) else {
        throw .outsideRAM
      }
      let descriptor = Descriptor(littleEndian: bits)
      if descriptor.flags.contains(.indirect) {
        guard indirectAllowed, !isIndirect, !descriptor.flags.contains(.next),
          descriptor.length != 0, descriptor.length % UInt32(Descriptor.size) == 0,
          descriptor.length / UInt32(Descriptor.size) <= limit - walked
        else { throw .badIndirectTable }
        guard memory.contains(descriptor.address, UInt64(descriptor.length)) else { throw .outsideRAM }
        table = descriptor.address
        tableSize = descriptor.length / UInt32(Descriptor.size)
        isIndirect = true
        index = 0
        continue
      }
      walked &+= 1
      guard walked <= limit else { throw .chainTooLong }
      if descriptor.length != 0 {
        guard memory.contains(descriptor.address, UInt64(descriptor.length)) else { throw .outsideRAM }
        segments[first &+ chain.segmentCount] = Segment(address: descriptor.address, length: descriptor.length)
      }
      if descriptor.flags.contains(.write) {
        sawWritable = true
        chain.writableCount &+= descriptor.length == 0 ? 0 : 1
        chain.writableBytes &+= UInt64(descriptor.length)
      } else {
        guard !sawWritable else { throw .readableAfterWritable }
        chain.readableCount &+= descriptor.length == 0 ? 0 : 1
        chain.readableBytes &+= UInt64(descriptor.length)
      }
      guard descriptor.flags.contains(.next) else { break }
      index = UInt32(descriptor.next)
      guard index < tableSize else { throw .nextOutOfRange }
    }
    nextAvailable &+= 1
    held.insert(head)
    return chain
  }

  /// Returns a chain: first the element, then the index that makes it visible (section 2.7.8.2), or leaves that to the next
  /// chain that is returned.
  @inlinable
  public mutating func complete(
    head: UInt16, length: UInt32, isShown: Bool = true, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) {
    let slot = UInt32(nextUsed) & (size - 1)
    let element = UsedElement(id: UInt32(head), length: length)
    guard memory.store(element.littleEndian, at: deviceArea &+ SplitRing.usedElement(slot)) else { throw .outsideRAM }
    nextUsed &+= 1
    if isShown {
      guard memory.store(nextUsed, at: deviceArea &+ SplitRing.usedIdx) else { throw .outsideRAM }
    }
    held.remove(head)
  }

  /// Whether the driver wants to be notified of the chains returned since the last time this was asked
  /// (sections 2.7.7 and 2.7.10), or because there are no more (`onEmpty`: VIRTIO_F_NOTIFY_ON_EMPTY, section 6.3).
  @inlinable
  public mutating func wantsNotification(
    eventIdx: Bool, onEmpty: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Bool {
    let old = signalledUsed
    guard nextUsed != old else { return false }
    signalledUsed = nextUsed
    if try isAskedToNotify(of: old, eventIdx: eventIdx, memory: &memory) { return true }
    // Only now: an index that cannot be is no reason to keep quiet where the driver has to be told anyway.
    guard onEmpty, nextUsed == nextAvailable else { return false }
    return try availableCount(&memory) == 0
  }

  /// Whether the ring says that the driver wants to be told of the chains behind a used index.
  @inlinable
  func isAskedToNotify(
    of old: UInt16, eventIdx: Bool, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> Bool {
    if eventIdx {
      guard let event = memory.load(driverArea &+ SplitRing.usedEvent(size), as: UInt16.self) else {
        throw .outsideRAM
      }
      return nextUsed &- event &- 1 < nextUsed &- old
    }
    guard let flags = memory.load(driverArea &+ SplitRing.availFlags, as: UInt16.self) else { throw .outsideRAM }
    return flags & SplitRing.availNoInterrupt == 0
  }

  /// Tells the driver that it has to notify for the next chain it makes available (section 2.7.10). True when what
  /// avail_event says changed: the available index has to be looked at once more, since the driver may have moved it
  /// before it could see the change.
  @inlinable
  public mutating func announce(memory: inout some GuestMemory & ~Copyable) throws(RingFault) -> Bool {
    guard announcedEvent != nextAvailable else { return false }
    announcedEvent = nextAvailable
    guard memory.store(nextAvailable, at: deviceArea &+ SplitRing.availEvent(size)) else { throw .outsideRAM }
    return true
  }
}

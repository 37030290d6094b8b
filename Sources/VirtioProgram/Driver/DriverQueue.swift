import VirtioSpec

/// A driver's side of one virtqueue: what it keeps for itself, whatever the device does to the rings.
@usableFromInline
struct DriverQueue: ~Copyable {
  /// The largest queue that a driver works with.
  @inlinable static var maxSize: Int { 1024 }

  /// 0 for a queue that is not set up.
  @usableFromInline var size: UInt32 = 0
  @usableFromInline var format = RingFormat.split
  @usableFromInline var areas = RingAreas()
  @usableFromInline var availableIndex: UInt16 = 0
  /// What avail.idx was last set to: behind `availableIndex` while chains are held back. Of a packed queue, the position of
  /// the next descriptor that is not available yet.
  @usableFromInline var shownIndex: UInt16 = 0
  @usableFromInline var seenUsed: UInt16 = 0
  @usableFromInline var packed = PackedDriverState()
  /// Whether a step, and not the driver by itself, decides what used_event, or the Driver Area of a packed queue, says.
  @usableFromInline var eventIsSet = false
  /// VIRTIO_F_IN_ORDER: chains take the descriptors of the table one behind the other, round and round, since they come back
  /// so.
  @usableFromInline var isInOrder = false
  @usableFromInline var nextDescriptor: UInt16 = 0
  /// Descriptors from here on were never used.
  @usableFromInline var unused: UInt32 = 0
  @usableFromInline var returnedCount = 0
  /// The descriptors that were used and are free again, in the first `returnedCount` places.
  @usableFromInline var returned = FixedArray<UInt16>(repeating: 0, count: maxSize)
  /// The descriptor behind each one in the chain that it was last used in.
  @usableFromInline var next = FixedArray<UInt16>(repeating: 0, count: maxSize)
  /// For the head of each chain that the device holds, or for its Buffer ID, how many descriptors the chain has.
  @usableFromInline var chainLength = FixedArray<UInt16>(repeating: 0, count: maxSize)

  @usableFromInline
  init() {}

  /// A queue with empty rings.
  @inlinable
  mutating func start(_ format: RingFormat = .split, size: UInt32, areas: RingAreas) {
    self.format = format
    self.size = size
    self.areas = areas
    packed = PackedDriverState()
    availableIndex = 0
    shownIndex = format == .split ? 0 : packed.next.word
    seenUsed = 0
    eventIsSet = false
    unused = 0
    returnedCount = 0
    nextDescriptor = 0
    chainLength.fill(0..<Int(size), 0)
  }

  @inlinable
  var isSetUp: Bool { size != 0 }

  @inlinable
  var freeCount: Int { returnedCount + Int(size - unused) }

  /// A free descriptor. Only while there is one.
  @inlinable
  mutating func allocate() -> UInt16 {
    let descriptor: UInt16
    if returnedCount > 0 {
      returnedCount -= 1
      descriptor = returned[returnedCount]
    } else {
      unused += 1
      descriptor = UInt16(truncatingIfNeeded: unused - 1)
    }
    guard isInOrder else { return descriptor }
    defer { nextDescriptor = UInt32(nextDescriptor) + 1 < size ? nextDescriptor + 1 : 0 }
    return nextDescriptor
  }

  /// Takes a chain back. Heads that no chain has are ignored: what the device says is not to be trusted.
  @inlinable
  mutating func release(head: UInt32) {
    guard head < size, chainLength[Int(head)] != 0 else { return }
    var index = UInt16(truncatingIfNeeded: head)
    for _ in 0..<chainLength[Int(head)] where returnedCount < Int(size) {
      returned[returnedCount] = index
      returnedCount += 1
      index = next[Int(index)]
    }
    chainLength[Int(head)] = 0
  }
}

import VirtioSpec

/// A driver's side of one split virtqueue: what it keeps for itself, whatever the device does to the rings.
@usableFromInline
struct DriverQueue: ~Copyable {
  /// The largest queue that a driver works with.
  @inlinable static var maxSize: Int { 1024 }

  /// 0 for a queue that is not set up.
  @usableFromInline var size: UInt32 = 0
  @usableFromInline var areas = RingAreas()
  @usableFromInline var availableIndex: UInt16 = 0
  @usableFromInline var seenUsed: UInt16 = 0
  /// Whether a step, and not the driver by itself, decides what used_event says.
  @usableFromInline var eventIsSet = false
  @usableFromInline var freeCount = 0
  /// The descriptors that are free, in the first `freeCount` places.
  @usableFromInline var free = FixedArray<UInt16>(repeating: 0, count: maxSize)
  /// The descriptor behind each one in the chain that it was last used in.
  @usableFromInline var next = FixedArray<UInt16>(repeating: 0, count: maxSize)
  /// For the head of each chain that the device holds, how many descriptors the chain has.
  @usableFromInline var chainLength = FixedArray<UInt16>(repeating: 0, count: maxSize)

  @usableFromInline
  init() {}

  /// A queue with empty rings.
  @inlinable
  mutating func start(size: UInt32, areas: RingAreas) {
    self.size = size
    self.areas = areas
    availableIndex = 0
    seenUsed = 0
    eventIsSet = false
    freeCount = Int(size)
    for index in 0..<Int(size) {
      free[index] = UInt16(truncatingIfNeeded: Int(size) - 1 - index)
      chainLength[index] = 0
    }
  }

  @inlinable
  var isSetUp: Bool { size != 0 }

  /// The next free descriptor. Only while there is one.
  @inlinable
  mutating func allocate() -> UInt16 {
    freeCount -= 1
    return free[freeCount]
  }

  /// Takes a chain back. Heads that no chain has are ignored: what the device says is not to be trusted.
  @inlinable
  mutating func release(head: UInt32) {
    guard head < size, chainLength[Int(head)] != 0 else { return }
    var index = UInt16(truncatingIfNeeded: head)
    for _ in 0..<chainLength[Int(head)] where freeCount < Int(size) {
      free[freeCount] = index
      freeCount += 1
      index = next[Int(index)]
    }
    chainLength[Int(head)] = 0
  }
}

/// One stretch of guest memory of a chain.
public struct Segment: BitwiseCopyable, Sendable {
  public var address: UInt64
  /// In bytes, not 0, and wholly in RAM when the chain was taken.
  public var length: UInt32

  @inlinable
  public init(address: UInt64, length: UInt32) {
    self.address = address
    self.length = length
  }
}

/// A descriptor chain, taken from a queue: every descriptor was read once, and what was read was checked. Its segments
/// lie in the pool, the readable ones first.
public struct Chain: BitwiseCopyable, Sendable {
  /// The most segments that the device takes in one chain (SPLIT-DEV-02).
  @inlinable public static var maxSegments: Int { 256 }

  /// By which it is returned: the index of its first descriptor or, in a packed ring, its Buffer ID.
  public var head: UInt16 = 0
  /// How many descriptors of a packed ring it has.
  public var slotCount: UInt16 = 0
  /// The index of its queue.
  public var queue: UInt8 = 0
  public var readableCount = 0
  public var writableCount = 0
  /// The sums of the segments' lengths, in bytes. Cannot wrap: at most 256 times 2^32.
  public var readableBytes: UInt64 = 0
  public var writableBytes: UInt64 = 0
  /// It has a writable descriptor, be it an empty one.
  @usableFromInline var sawWritable = false

  @inlinable
  public init() {}

  @inlinable
  public var segmentCount: Int { readableCount &+ writableCount }
}

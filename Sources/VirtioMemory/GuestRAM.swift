/// A guest's RAM: regions of bytes with holes between them.
///
/// Regions that touch are one stretch of addresses for the guest, and are one here: a buffer may lie across their
/// border. No address arithmetic wraps.
public struct GuestRAM: ~Copyable, GuestMemory {
  /// The most stretches that a map may have.
  public static let maxExtents = 8

  /// One stretch of addresses that is RAM, and where its bytes are.
  @usableFromInline
  struct Extent {
    @usableFromInline var base: UInt64 = 0
    @usableFromInline var size: UInt64 = 0
    @usableFromInline var offset = 0
  }

  @usableFromInline var bytes: TrackedBytes
  @usableFromInline var extents = InlineArray<8, Extent>(repeating: Extent())
  @usableFromInline var extentCount = 0

  /// RAM, all zero, at these regions: in ascending order, without overlap, none empty, none reaching 2^64.
  public init(regions: [(base: UInt64, size: UInt64)]) {
    var total = 0
    var merged: [Extent] = []
    for region in regions {
      precondition(region.size > 0 && region.base <= UInt64.max - region.size, "a region must not be empty or wrap")
      if let last = merged.last, last.base + last.size == region.base {
        merged[merged.count - 1].size += region.size
      } else {
        precondition(merged.last.map { $0.base + $0.size < region.base } ?? true, "regions must ascend")
        merged.append(Extent(base: region.base, size: region.size, offset: total))
      }
      total += Int(region.size)
    }
    precondition(merged.count <= Self.maxExtents, "at most 8 stretches of RAM")
    bytes = TrackedBytes(count: total)
    for (index, extent) in merged.enumerated() { extents[index] = extent }
    extentCount = merged.count
  }

  /// Makes all of RAM zero again.
  public mutating func rewind() { bytes.rewind() }

  /// Where the bytes of an address range are, or nil where the range is not wholly RAM.
  @inlinable @inline(__always)
  mutating func offset(_ address: UInt64, _ length: UInt64) -> Int? {
    var index = 0
    while index < extentCount {
      let extent = extents[index]
      // An address below the base wraps to a number above every size.
      let inside = address &- extent.base
      if inside < extent.size {
        return length <= extent.size &- inside ? extent.offset &+ Int(truncatingIfNeeded: inside) : nil
      }
      index &+= 1
    }
    return nil
  }

  @inlinable
  public mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool {
    length == 0 || offset(address, length) != nil
  }

  @inlinable
  public mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    guard let offset = offset(address, UInt64(MemoryLayout<T>.size)) else { return nil }
    return bytes.load(offset, as: type)
  }

  @inlinable
  public mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    guard let offset = offset(address, UInt64(MemoryLayout<T>.size)) else { return false }
    bytes.store(value, at: offset)
    return true
  }

  @inlinable
  public mutating func read(_ address: UInt64, into target: inout MutableRawSpan) -> Bool {
    guard let offset = offset(address, UInt64(target.byteCount)) else { return target.byteCount == 0 }
    bytes.read(offset, into: &target)
    return true
  }

  @inlinable
  public mutating func write(_ source: RawSpan, at address: UInt64) -> Bool {
    guard let offset = offset(address, UInt64(source.byteCount)) else { return source.byteCount == 0 }
    bytes.write(source, at: offset)
    return true
  }

  /// Writes a number and lets `body` look at its bytes in place; nil where it would not be wholly in RAM.
  @inlinable
  public mutating func store<T: FixedWidthInteger & BitwiseCopyable, R>(
    _ value: T, at address: UInt64, then body: (RawSpan) -> R
  ) -> R? {
    guard let offset = offset(address, UInt64(MemoryLayout<T>.size)) else { return nil }
    bytes.store(value, at: offset)
    return bytes.withBytes(offset, MemoryLayout<T>.size, body)
  }

  /// Lets `body` look at a range in place; nil where it is not wholly RAM.
  @inlinable
  public mutating func withBytes<R>(_ address: UInt64, _ length: UInt64, _ body: (RawSpan) throws -> R) rethrows -> R? {
    guard let offset = offset(address, length) else { return nil }
    return try bytes.withBytes(offset, Int(length), body)
  }
}

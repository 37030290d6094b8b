/// Bytes that remember where they were written, so that going back to all zeroes costs what was touched and not what
/// is there.
public struct TrackedBytes: ~Copyable {
  /// How many bytes are cleared together, as a power of two.
  @inlinable static var granuleShift: Int { 10 }

  public let count: Int
  // Sound: allocated for `count` bytes rounded up to whole granules in init, freed in deinit, never handed out;
  // every method checks its range against `count` before it computes an address.
  @usableFromInline let base: UnsafeMutableRawPointer
  // Sound: one element for each granule, and `check` comes before any index is computed. Each granule is put into
  // `touched` at most once, so that it never holds more than there is room for.
  @usableFromInline let isTouched: UnsafeMutablePointer<Bool>
  @usableFromInline let touched: UnsafeMutablePointer<Int32>
  @usableFromInline var touchedCount = 0

  /// `count` zero bytes.
  public init(count: Int) {
    precondition(count >= 0)
    let granules = (count >> Self.granuleShift) + 1
    self.count = count
    base = .allocate(byteCount: granules << Self.granuleShift, alignment: 16)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: granules << Self.granuleShift)
    isTouched = .allocate(capacity: granules)
    isTouched.initialize(repeating: false, count: granules)
    touched = .allocate(capacity: granules)
    touched.initialize(repeating: 0, count: granules)
  }

  deinit {
    base.deallocate()
    isTouched.deallocate()
    touched.deallocate()
  }

  /// Makes every byte zero again.
  public mutating func rewind() {
    for index in 0..<touchedCount {
      let granule = Int(touched[index])
      base.advanced(by: granule << Self.granuleShift)
        .initializeMemory(as: UInt8.self, repeating: 0, count: 1 << Self.granuleShift)
      isTouched[granule] = false
    }
    touchedCount = 0
  }

  /// The number at `offset`. The caller has checked that it is inside.
  @inlinable
  public func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T {
    check(offset, MemoryLayout<T>.size)
    return T(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// Writes a number. The caller has checked that it is inside.
  @inlinable
  public mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
    check(offset, MemoryLayout<T>.size)
    touch(offset, MemoryLayout<T>.size)
    base.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
  }

  /// Copies bytes out, from `offset` on.
  @inlinable
  public func read(_ offset: Int, into bytes: inout MutableRawSpan) {
    let count = bytes.byteCount
    check(offset, count)
    bytes.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(start: base + offset, count: count)) }
  }

  /// Copies bytes in, from `offset` on.
  @inlinable
  public mutating func write(_ bytes: RawSpan, at offset: Int) {
    let count = bytes.byteCount
    guard count > 0 else { return }
    check(offset, count)
    touch(offset, count)
    bytes.withUnsafeBytes { (base + offset).copyMemory(from: $0.baseAddress!, byteCount: count) }
  }

  /// Makes a range zero.
  public mutating func zero(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    check(range.lowerBound, range.count)
    touch(range.lowerBound, range.count)
    base.advanced(by: range.lowerBound).initializeMemory(as: UInt8.self, repeating: 0, count: range.count)
  }

  /// Lets `body` look at a range in place.
  @inlinable
  public func withBytes<R>(_ offset: Int, _ length: Int, _ body: (RawSpan) throws -> R) rethrows -> R {
    check(offset, length)
    return try body(UnsafeRawBufferPointer(start: base + offset, count: length).bytes)
  }

  /// Lets `body` change a range in place.
  @inlinable
  public mutating func withMutableBytes<R>(
    _ offset: Int, _ length: Int, _ body: (inout MutableRawSpan) throws -> R
  ) rethrows -> R {
    check(offset, length)
    if length > 0 { touch(offset, length) }
    var bytes = UnsafeMutableRawBufferPointer(start: base + offset, count: length).mutableBytes
    return try body(&bytes)
  }

  @inlinable
  func check(_ offset: Int, _ length: Int) {
    // As numbers without a sign, negative ones are too large.
    precondition(
      UInt(bitPattern: length) <= UInt(bitPattern: count)
        && UInt(bitPattern: offset) <= UInt(bitPattern: count &- length), "access outside the bytes")
  }

  @inlinable
  mutating func touch(_ offset: Int, _ length: Int) {
    var granule = offset >> Self.granuleShift
    let last = (offset &+ length &- 1) >> Self.granuleShift
    if granule == last && isTouched[granule] { return }
    while granule <= last {
      if !isTouched[granule] {
        isTouched[granule] = true
        touched[touchedCount] = Int32(truncatingIfNeeded: granule)
        touchedCount &+= 1
      }
      granule &+= 1
    }
  }
}

/// Elements of which there is a fixed number, made once: where `Array` would check at every change whether its storage
/// is shared.
///
/// It is here, below all the others, because device, driver and judge each need it on their hot path and have nothing
/// else in common; it knows nothing of any of them.
public struct FixedArray<Element: BitwiseCopyable>: ~Copyable {
  // Sound: allocated and initialized for `count` elements in init, freed in deinit, never handed out; the subscript
  // checks its index. Elements are BitwiseCopyable, so that there is nothing to deinitialize.
  @usableFromInline let base: UnsafeMutablePointer<Element>
  public let count: Int

  public init(repeating element: Element, count: Int) {
    base = .allocate(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit { base.deallocate() }

  // Addressors rather than a getter: of an element that is a large struct, only the field that is asked for is read.
  @inlinable
  public subscript(index: Int) -> Element {
    @inline(__always)
    unsafeAddress {
      check(index)
      return UnsafePointer(base + index)
    }
    @inline(__always)
    unsafeMutableAddress {
      check(index)
      return base + index
    }
  }

  @inlinable @inline(__always)
  func check(_ index: Int) {
    // As a number without a sign, a negative one is too large.
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
  }

  /// The elements, for whoever only looks.
  public func map<T>(_ transform: (Element) -> T) -> [T] {
    UnsafeBufferPointer(start: base, count: count).map(transform)
  }

  /// Makes all elements equal.
  @inlinable
  public mutating func fill(_ element: Element) { fill(0..<count, element) }

  /// Makes some of the elements equal.
  @inlinable
  public mutating func fill(_ range: Range<Int>, _ element: Element) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
    (base + range.lowerBound).update(repeating: element, count: range.count)
  }

  /// Takes over elements, from an index on.
  @inlinable
  public mutating func replace(from index: Int, with bytes: RawSpan) where Element == UInt8 {
    precondition(index >= 0 && bytes.byteCount <= count - index, "range out of bounds")
    // Sound: both have so many bytes.
    bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: base + index, count: $0.count).copyMemory(from: $0) }
  }

  /// Some of the elements, in place.
  @inlinable
  public func withSpan<R>(_ range: Range<Int>, _ body: (Span<Element>) -> R) -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
    return body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count).span)
  }
}

/// The bytes of a configuration space: a value without storage of its own.
public struct ConfigBytes: Sendable {
  /// The most bytes that it holds.
  @inlinable public static var capacity: Int { 128 }

  @usableFromInline var bytes = InlineArray<128, UInt8>(repeating: 0)
  public let count: Int

  /// `count` zero bytes, at most ``capacity``.
  public init(count: Int) {
    precondition(count <= Self.capacity, "a configuration space has at most \(Self.capacity) bytes")
    self.count = count
  }

  @inlinable
  public subscript(offset: UInt32) -> UInt8 {
    get { bytes[Int(offset)] }
    set { bytes[Int(offset)] = newValue }
  }

  /// Puts a field there, little-endian.
  @inlinable
  public mutating func store<T: FixedWidthInteger & UnsignedInteger>(_ value: T, at offset: UInt32) {
    for byte in 0..<UInt32(MemoryLayout<T>.size) {
      self[offset + byte] = UInt8(truncatingIfNeeded: value >> T(8 * byte))
    }
  }
}

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
}

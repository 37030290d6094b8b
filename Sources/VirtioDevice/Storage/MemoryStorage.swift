import VirtioMemory

/// A disk in memory, all zero at first.
public struct MemoryStorage: ~Copyable, BlockStorage {
  public private(set) var size: UInt64
  @usableFromInline var bytes: TrackedBytes

  /// A disk of `size` bytes that can grow up to `limit` bytes.
  public init(size: UInt64, limit: UInt64) {
    self.size = min(size, limit)
    bytes = TrackedBytes(count: Int(limit))
  }

  /// Makes the disk all zero, and `size` bytes large (as far as its limit allows).
  public mutating func rewind(size: UInt64) {
    bytes.rewind()
    self.size = min(size, UInt64(bytes.count))
  }

  public mutating func resize(to size: UInt64) -> Bool {
    guard size <= UInt64(bytes.count) else { return false }
    if size < self.size { bytes.zero(Int(size)..<Int(self.size)) }
    self.size = size
    return true
  }

  @inlinable
  public mutating func load(
    _ offset: UInt64, _ length: UInt64, to address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool {
    bytes.withBytes(Int(offset), Int(length)) { memory.write($0, at: address) }
  }

  @inlinable
  public mutating func store(
    _ offset: UInt64, _ length: UInt64, from address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool {
    bytes.withMutableBytes(Int(offset), Int(length)) { memory.read(address, into: &$0) }
  }

  public mutating func zero(_ offset: UInt64, _ length: UInt64, deallocate: Bool) -> Bool {
    bytes.zero(Int(offset)..<Int(offset + length))
    return true
  }

  public mutating func flush() -> Bool { true }
}

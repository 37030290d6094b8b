import VirtioMemory
import VirtioSpec

/// A disk in memory, all zero at first, with a volatile cache: what is written becomes persistent with ``flush(host:)``.
public struct MemoryStorage: ~Copyable, BlockStorage {
  public private(set) var size: UInt64
  public var lifetime: StorageLifetime?
  @usableFromInline var bytes: TrackedBytes
  /// What would be lost with the power.
  @usableFromInline var cached: SectorSet

  /// A disk of `size` bytes that can grow up to `limit` bytes.
  public init(size: UInt64, limit: UInt64) {
    self.size = min(size, limit)
    bytes = TrackedBytes(count: Int(limit))
    cached = SectorSet(count: Int(limit / Block.sectorSize))
  }

  /// Makes the disk all zero, and `size` bytes large (as far as its limit allows).
  public mutating func rewind(size: UInt64) {
    bytes.rewind()
    cached.remove(from: 0)
    self.size = min(size, UInt64(bytes.count))
  }

  public mutating func resize(to size: UInt64) -> Bool {
    guard size <= UInt64(bytes.count) else { return false }
    if size < self.size {
      bytes.zero(Int(size)..<Int(self.size))
      cached.remove(from: Int(size / Block.sectorSize))
    }
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
    cached.insert(Self.sectors(offset, length))
    return bytes.withMutableBytes(Int(offset), Int(length)) { memory.read(address, into: &$0) }
  }

  public mutating func zero(_ offset: UInt64, _ length: UInt64, deallocate: Bool) -> Bool {
    cached.insert(Self.sectors(offset, length))
    bytes.zero(Int(offset)..<Int(offset + length))
    return true
  }

  public mutating func flush(host: inout some DeviceHost & ~Copyable) -> Bool {
    while let run = cached.takeRun() { host.persist(UInt64(run.lowerBound), count: UInt64(run.count)) }
    return true
  }

  /// The sectors that a range of bytes reaches into.
  @usableFromInline
  static func sectors(_ offset: UInt64, _ length: UInt64) -> Range<Int> {
    Int(offset / Block.sectorSize)..<Int((offset + length + Block.sectorSize - 1) / Block.sectorSize)
  }
}

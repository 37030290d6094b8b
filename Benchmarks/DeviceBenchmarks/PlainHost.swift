import VirtioDevice
import VirtioMemory
import VirtioSpec

/// A host without anybody who watches: RAM, and an interrupt line whose rises are counted.
struct PlainHost: ~Copyable, DeviceHost {
  /// Four regions that do not touch.
  static let regions: [(base: UInt64, size: UInt64)] = [
    (0x0001_0000, 0x1_0000), (0x4000_0000, 0x1_0000), (0x8000_0000, 0x1_0000), (0x1_8000_0000, 0x1_0000),
  ]

  @usableFromInline var memory = GuestRAM(regions: regions)
  @usableFromInline var interruptRises = 0

  @inlinable
  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { memory.contains(address, length) }

  @inlinable
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    memory.load(address, as: type)
  }

  @inlinable
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    memory.store(value, at: address)
  }

  @inlinable
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool { memory.read(address, into: &bytes) }

  @inlinable
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool { memory.write(bytes, at: address) }

  @inlinable
  mutating func setInterrupt(_ asserted: Bool) { interruptRises += asserted ? 1 : 0 }
}

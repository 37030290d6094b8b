import VirtioDevice
import VirtioMemory

/// A host in front of another one: keeps the interrupt line to itself, and moves the used index where a defect asks for
/// it.
struct FilteredHost<Base: DeviceHost & ~Copyable>: ~Copyable, DeviceHost {
  // Sound: made inside `withUnsafeMutablePointer(to:)` on the host, and gone before that returns.
  let base: UnsafeMutablePointer<Base>
  /// The address of a used index, and how far it is off.
  var usedIndexAddress: UInt64?
  var usedIndexShift: UInt16 = 0

  mutating func setInterrupt(_ asserted: Bool) {}

  mutating func emit(_ bytes: RawSpan, from port: Int) { base.pointee.emit(bytes, from: port) }

  mutating func persist(_ firstSector: UInt64, count: UInt64) { base.pointee.persist(firstSector, count: count) }

  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { base.pointee.contains(address, length) }

  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    base.pointee.load(address, as: type)
  }

  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    let isIndex = address == usedIndexAddress && MemoryLayout<T>.size == 2
    return base.pointee.store(isIndex ? value &+ T(truncatingIfNeeded: usedIndexShift) : value, at: address)
  }

  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool {
    base.pointee.read(address, into: &bytes)
  }

  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool { base.pointee.write(bytes, at: address) }
}

import VirtioDevice
import VirtioMemory
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// What a device under test is plugged into: guest memory and an interrupt line under the eyes of an observer, and of an
/// adversary who may change memory between two reads.
@usableFromInline
struct ObservedHost<Observer: EventObserver & ~Copyable>: ~Copyable, DeviceHost {
  @usableFromInline var memory: GuestRAM
  @usableFromInline var observer: Observer
  @usableFromInline var race: Race?
  /// Whether the device's accesses are all here: between others, nobody can change anything.
  @usableFromInline var isAudited = true
  @usableFromInline var interruptRises = 0
  @usableFromInline var loop = FrameLoop()

  @usableFromInline
  init(map: MemoryMap, observer: consuming Observer) {
    memory = GuestRAM(regions: map.regions.map { ($0.base, $0.size) })
    self.observer = observer
  }

  @usableFromInline
  mutating func rewind() {
    memory.rewind()
    race = nil
    interruptRises = 0
    loop.rewind()
  }

  @inlinable
  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { memory.contains(address, length) }

  @inlinable
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    let length = UInt64(MemoryLayout<T>.size)
    let event = Event(.deviceRead, address: address, value: length)
    let value = memory.withBytes(address, length) { bytes in
      observer.observe(event, bytes)
      return T(littleEndian: bytes.unsafeLoadUnaligned(as: T.self))
    }
    if value == nil { observer.observe(event) }
    if race != nil { runRace(address, length) }
    return value
  }

  @inlinable
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    let event = Event(.deviceWrite, address: address, value: UInt64(MemoryLayout<T>.size))
    if memory.store(value, at: address, then: { observer.observe(event, $0) }) != nil { return true }
    observer.observe(event)
    return false
  }

  @inlinable
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool {
    let isRead = memory.read(address, into: &bytes)
    observeRead(address, UInt64(bytes.byteCount))
    return isRead
  }

  @inlinable
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool {
    let isWritten = memory.write(bytes, at: address)
    observeWrite(address, UInt64(bytes.byteCount))
    return isWritten
  }

  @inlinable
  mutating func setInterrupt(_ asserted: Bool) {
    if asserted { interruptRises += 1 }
    observer.observe(Event(.interrupt, value: asserted ? 1 : 0))
  }

  @inlinable
  mutating func emit(_ bytes: RawSpan, from port: Int) {
    observer.observe(Event(.emission, address: UInt64(port), value: UInt64(bytes.byteCount)), bytes)
    if loop.isClosed { loop.append(bytes) }
  }

  @inlinable
  mutating func persist(_ firstSector: UInt64, count: UInt64) {
    observer.observe(Event(.persistence, address: firstSector, value: count))
  }

  @inlinable
  mutating func observeRead(_ address: UInt64, _ length: UInt64) {
    show(Event(.deviceRead, address: address, value: length), length)
    if race != nil { runRace(address, length) }
  }

  @inlinable
  mutating func observeWrite(_ address: UInt64, _ length: UInt64) {
    show(Event(.deviceWrite, address: address, value: length), length)
  }

  /// Shows an event with the bytes of memory that it is about; none outside RAM.
  @inlinable @inline(__always)
  mutating func show(_ event: Event, _ length: UInt64) {
    if memory.withBytes(event.address, length, { observer.observe(event, $0) }) == nil { observer.observe(event) }
  }

  /// Changes memory, if the device has read often enough at the armed address.
  @usableFromInline
  mutating func runRace(_ address: UInt64, _ length: UInt64) {
    guard var armed = race, armed.address &- address < length || address &- armed.address < UInt64(armed.width) else {
      return
    }
    if armed.after > 0 {
      armed.after -= 1
      race = armed
      return
    }
    race = nil
    let isStored =
      switch armed.width {
      case 1: memory.store(UInt8(truncatingIfNeeded: armed.value), at: armed.address)
      case 2: memory.store(UInt16(truncatingIfNeeded: armed.value), at: armed.address)
      case 4: memory.store(UInt32(truncatingIfNeeded: armed.value), at: armed.address)
      default: memory.store(armed.value, at: armed.address)
      }
    if isStored { show(Event(.driverWrite, address: armed.address), UInt64(armed.width)) }
  }
}

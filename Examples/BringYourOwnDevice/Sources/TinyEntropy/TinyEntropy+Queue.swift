import VirtioDevice
import VirtioSpec

// The split virtqueue (section 2.7).
extension TinyEntropy {
  /// Memory is not as a driver has to leave it.
  private struct Broken: Error {}

  /// Serves whatever is available.
  mutating func serve(host: inout some DeviceHost & ~Copyable) {
    guard isRunning, queue.isReady else { return }
    do throws(Broken) {
      guard queue.isUsable else { throw Broken() }
      while try serveNext(host: &host) {}
    } catch {
      status.insert(.deviceNeedsReset)
      raise(.configurationChange, host: &host)
    }
  }

  /// Serves one chain. False where there is none.
  private mutating func serveNext(host: inout some DeviceHost & ~Copyable) throws(Broken) -> Bool {
    let index: UInt16 = try load(queue.available &+ 2, host: &host)
    guard index != queue.nextAvailable else { return false }
    guard UInt32(index &- queue.nextAvailable) <= queue.size else { throw Broken() }
    let mask = queue.size - 1
    let head: UInt16 = try load(queue.available &+ 4 &+ 2 * UInt64(UInt32(queue.nextAvailable) & mask), host: &host)
    queue.nextAvailable &+= 1
    let length = try fill(head, host: &host)
    let element = UInt64(head) | UInt64(length) << 32
    try store(element, at: queue.used &+ 4 &+ 8 * UInt64(UInt32(queue.nextUsed) & mask), host: &host)
    queue.nextUsed &+= 1
    try store(queue.nextUsed, at: queue.used &+ 2, host: &host)
    let flags: UInt16 = try load(queue.available, host: &host)
    if flags & 1 == 0 { raise(.usedBuffer, host: &host) }
    return true
  }

  /// Puts random bytes into the buffers of a chain.
  ///
  /// - Returns: how many.
  private mutating func fill(_ head: UInt16, host: inout some DeviceHost & ~Copyable) throws(Broken) -> UInt32 {
    var index = UInt32(head)
    var total: UInt32 = 0
    for _ in 0..<queue.size {
      guard index < queue.size else { throw Broken() }
      let descriptor = Descriptor(
        littleEndian: try load(queue.descriptors &+ UInt64(index) * Descriptor.size, host: &host))
      if descriptor.flags.contains(.write) {
        guard host.contains(descriptor.address, UInt64(descriptor.length)) else { throw Broken() }
        for offset in 0..<UInt64(descriptor.length) {
          try store(nextByte(), at: descriptor.address &+ offset, host: &host)
        }
        total &+= descriptor.length
      }
      guard descriptor.flags.contains(.next) else { return total }
      index = UInt32(descriptor.next)
    }
    // A loop, or a chain that is longer than the table.
    throw Broken()
  }

  private func load<T: FixedWidthInteger & BitwiseCopyable>(
    _ address: UInt64, host: inout some DeviceHost & ~Copyable
  ) throws(Broken) -> T {
    guard let value = host.load(address, as: T.self) else { throw Broken() }
    return value
  }

  private func store<T: FixedWidthInteger & BitwiseCopyable>(
    _ value: T, at address: UInt64, host: inout some DeviceHost & ~Copyable
  ) throws(Broken) {
    guard host.store(value, at: address) else { throw Broken() }
  }
}

import VirtioDevice
import VirtioSpec

/// A split virtqueue as a driver set it up, and how far a device must have come in it.
struct WatchedQueue {
  /// A chain that the device was given, and has not returned.
  struct Chain {
    let head: UInt32
    /// Its device-writable buffers, in order.
    var writable: [Descriptor] = []
  }

  var size: UInt32 = 0
  var align: UInt32 = 0
  var descriptors: UInt64 = 0
  var driverArea: UInt64 = 0
  var deviceArea: UInt64 = 0
  private(set) var isLive = false
  private var isStopping = false
  /// The available index that the device has come to.
  private var taken: UInt16 = 0
  /// The used index that the host knows.
  private var used: UInt16 = 0
  private(set) var chains: [Chain] = []
  /// The ring is broken: what a device makes of it is not to be guessed.
  private var isStuck = false

  private var isUsable: Bool { size > 0 && size <= SplitRing.maxSize }

  mutating func start() {
    isLive = isUsable
    (taken, used, chains, isStuck, isStopping) = (0, 0, [], false, false)
  }

  /// A driver reads of QueueReady that the queue is on after all: it was not stopped.
  mutating func resume() { isLive = isUsable }

  /// The driver stops the queue: in that action, the device may still finish what it has.
  mutating func stop() { isStopping = true }

  mutating func finishStop() {
    if isStopping { isLive = false }
    isStopping = false
  }

  /// Reads what is available in the device's place: the ring, the chains, and what they have for the device.
  mutating func take(host: inout some DeviceHost & ~Copyable) {
    var byteBudget = Self.byteBudget
    guard isLive, !isStuck, let end = host.load(driverArea &+ SplitRing.availIdx, as: UInt16.self) else { return }
    while taken != end {
      let entry = driverArea &+ SplitRing.availEntry(UInt32(taken) % size)
      guard UInt32(end &- taken) <= size, let head = host.load(entry, as: UInt16.self) else {
        isStuck = true
        return
      }
      chains.append(readChain(UInt32(head), &byteBudget, host: &host))
      taken &+= 1
    }
  }

  /// More bytes than a driver has for its requests, and more descriptors than a chain may have: what a loop or a table
  /// describes beyond that is not read for it.
  private static let byteBudget = 1 << 22
  private static let tableLimit: UInt32 = 1024

  /// As far as it is one, where it is broken.
  private func readChain(
    _ head: UInt32, _ byteBudget: inout Int, host: inout some DeviceHost & ~Copyable
  ) -> Chain {
    var chain = Chain(head: head)
    var (table, count, index) = (descriptors, size, head)
    var isIndirect = false
    var rest = size
    while rest > 0 {
      rest -= 1
      guard index < count, let bits = host.load(table &+ UInt64(index) &* Descriptor.size, as: UInt128.self) else {
        return chain
      }
      let descriptor = Descriptor(littleEndian: bits.littleEndian)
      if descriptor.flags.contains(.indirect) {
        guard !isIndirect, UInt64(descriptor.length) % Descriptor.size == 0 else { return chain }
        isIndirect = true
        (table, count, index) = (descriptor.address, descriptor.length / UInt32(Descriptor.size), 0)
        rest = min(count, max(size, Self.tableLimit))
        continue
      }
      if descriptor.flags.contains(.write) {
        chain.writable.append(descriptor)
      } else {
        readBuffer(descriptor, &byteBudget, host: &host)
      }
      guard descriptor.flags.contains(.next) else { return chain }
      index = UInt32(descriptor.next)
    }
    return chain
  }

  private func readBuffer(
    _ descriptor: Descriptor, _ byteBudget: inout Int, host: inout some DeviceHost & ~Copyable
  ) {
    guard descriptor.length > 0, descriptor.length <= byteBudget,
      host.contains(descriptor.address, UInt64(descriptor.length))
    else { return }
    byteBudget -= Int(descriptor.length)
    withUnsafeTemporaryAllocation(byteCount: Int(descriptor.length), alignment: 1) { bytes in
      var bytes = bytes.mutableBytes
      _ = host.read(descriptor.address, into: &bytes)
    }
  }

  /// Whether the device may write there, for a chain that it has.
  func awaits(_ range: Range<UInt64>) -> Bool {
    chains.contains { chain in
      chain.writable.contains { range.lowerBound &- $0.address < UInt64($0.length) }
    }
  }

  /// Shows what the device returned, as one does that keeps to the order: the buffers of a chain, its used element, and
  /// then the index.
  mutating func showUsed(_ ram: inout UnobservedRAM, host: inout some DeviceHost & ~Copyable) {
    guard isLive else { return }
    showSuppression(&ram, host: &host)
    guard let end = ram.seen(deviceArea &+ SplitRing.usedIdx, as: UInt16.self), end != used else { return }
    // It has seen all that it returns, whether it was notified or not.
    take(host: &host)
    while used != end, UInt32(end &- used) <= size {
      let element = deviceArea &+ SplitRing.usedElement(UInt32(used) % size)
      if let id = ram.seen(element, as: UInt32.self), let length = ram.seen(element &+ 4, as: UInt32.self),
        let index = chains.firstIndex(where: { $0.head == id })
      {
        showBuffers(chains.remove(at: index), length, &ram, host: &host)
      }
      ram.tell(element, Int(SplitRing.usedElementSize), to: &host)
      used &+= 1
      ram.tell(used, at: deviceArea &+ SplitRing.usedIdx, to: &host)
    }
    // More than there can be are no more than a number.
    used = end
    ram.tellNews(deviceArea &+ SplitRing.usedIdx, 2, to: &host)
  }

  /// The words by which it says when it wants to be notified.
  private func showSuppression(_ ram: inout UnobservedRAM, host: inout some DeviceHost & ~Copyable) {
    for word in [deviceArea &+ SplitRing.usedFlags, deviceArea &+ SplitRing.availEvent(size)]
    where ram.hasNews(word, 2) {
      ram.tell(word, 2, to: &host)
    }
  }

  /// What a used element says that was written, from the first byte on, whether that changed it or not; and what has
  /// changed behind it.
  private func showBuffers(
    _ chain: Chain, _ length: UInt32, _ ram: inout UnobservedRAM, host: inout some DeviceHost & ~Copyable
  ) {
    var rest = length
    for buffer in chain.writable {
      let written = min(rest, buffer.length)
      ram.tell(buffer.address, Int(written), to: &host)
      ram.tellNews(buffer.address &+ UInt64(written), Int(buffer.length - written), to: &host)
      rest -= written
    }
  }
}

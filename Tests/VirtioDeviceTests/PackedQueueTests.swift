import Testing
import VirtioDevice
import VirtioMemory
import VirtioSpec

/// A packed queue, and what a driver does to it: its ring begins at ``ring``, and its event structures lie behind.
private struct PackedFixture: ~Copyable {
  static let ring: UInt64 = 0x1000
  static let driverArea: UInt64 = 0x6000
  static let deviceArea: UInt64 = 0x6004
  static let buffer: UInt64 = 0x8000
  static let table: UInt64 = 0x7000

  /// One element of a list; its buffer is anywhere in RAM.
  struct Element {
    var length: UInt32 = 16
    var flags: Descriptor.Flags = []
    var address = PackedFixture.buffer
    /// With the flags of a descriptor that is not available.
    var isHidden = false
  }

  var memory = RecordingMemory()
  var queue = VirtQueue()
  var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
  var slot: UInt32 = 0
  var wrapCounter = true
  var size: UInt32

  init(size: UInt32) {
    self.size = size
    queue.format = .packed
    queue.size = size
    queue.descriptorArea = Self.ring
    queue.driverArea = Self.driverArea
    queue.deviceArea = Self.deviceArea
    #expect(queue.isUsable(sizeLimit: 1024, memory: &memory))
    queue.start()
  }

  static func place(_ slot: UInt32) -> UInt64 { ring + PackedRing.descriptor(slot) }

  /// Writes a list with the Buffer ID in its last descriptor only, and other numbers before.
  mutating func publish(_ elements: [Element], id: UInt16) {
    for (index, element) in elements.enumerated() {
      var flags = element.flags
      if wrapCounter != element.isHidden { flags.insert(.available) } else { flags.insert(.used) }
      let isLast = index == elements.count - 1
      if !isLast { flags.insert(.next) }
      let descriptor = PackedDescriptor(
        address: element.address, length: element.length, id: isLast ? id : ~id, flags: flags)
      _ = memory.store(descriptor.littleEndian, at: Self.place(slot))
      slot += 1
      if slot == size { (slot, wrapCounter) = (0, !wrapCounter) }
    }
  }

  mutating func publish(count: Int = 1, id: UInt16) {
    publish([Element](repeating: Element(), count: count), id: id)
  }

  /// Takes a chain if there is one.
  mutating func take(indirect: Bool = true) throws(RingFault) -> Chain? {
    guard try queue.availableCount(&memory) > 0 else { return nil }
    return try queue.take(&segments, from: 0, indirectAllowed: indirect, memory: &memory)
  }

  mutating func complete(_ chain: Chain, length: UInt32 = 0, isWritten: Bool = false) throws(RingFault) {
    try queue.complete(chain, length: length, isWritten: isWritten, memory: &memory)
  }

  mutating func descriptor(_ slot: UInt32) -> PackedDescriptor {
    PackedDescriptor(littleEndian: memory.load(Self.place(slot), as: UInt128.self) ?? 0)
  }

  /// The fault of taking a list.
  mutating func fault(_ elements: [Element], indirect: Bool = true) -> RingFault? {
    publish(elements, id: 1)
    do throws(RingFault) {
      _ = try take(indirect: indirect)
      return nil
    } catch {
      return error
    }
  }

  mutating func setEvent(_ flags: UInt16, slot: UInt32 = 0, wrap: Bool = true) {
    let word = UInt16(slot) | (wrap ? PackedRing.wrapBit : 0)
    _ = memory.store(UInt32(word) | UInt32(flags) << 16, at: Self.driverArea)
  }

  mutating func wantsNotification(eventIdx: Bool = true) throws(RingFault) -> Bool {
    try queue.wantsNotification(eventIdx: eventIdx, onEmpty: false, memory: &memory)
  }
}

/// RAM that knows where numbers were stored, in order.
private struct RecordingMemory: ~Copyable, GuestMemory {
  var ram = GuestRAM(regions: [(0x1000, 0x10000)])
  var stores: [UInt64] = []

  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { ram.contains(address, length) }
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    ram.load(address, as: type)
  }
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    stores.append(address)
    return ram.store(value, at: address)
  }
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool { ram.read(address, into: &bytes) }
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool { ram.write(bytes, at: address) }
}

@Suite("A packed queue")
struct PackedQueueTests {
  @Test("that is all zero has nothing to take, also where only used flags are")
  func empty() throws {
    var fixture = PackedFixture(size: 4)
    #expect(try fixture.take() == nil)
    _ = fixture.memory.store(
      PackedDescriptor(address: 0, length: 0, flags: [.available, .used]).littleEndian, at: PackedFixture.place(0))
    #expect(try fixture.take() == nil)
  }

  @Test("takes and returns lists of every length over the end of the ring", arguments: [1, 2, 3, 5, 7, 8] as [UInt32])
  func laps(size: UInt32) throws {
    for length in 1...Int(size) {
      var fixture = PackedFixture(size: size)
      for round in 0..<UInt16(4 * size) {
        let (first, wrap) = (fixture.slot, fixture.wrapCounter)
        fixture.publish(count: length, id: round)
        let chain = try #require(try fixture.take())
        #expect(chain.head == round && chain.readableCount == length && Int(chain.slotCount) == length)
        #expect(try fixture.take() == nil)
        try fixture.complete(chain)
        let used = fixture.descriptor(first)
        #expect(used.id == round)
        #expect(used.flags == (wrap ? [.available, .used] : []))
      }
    }
  }

  @Test("returns in the order of completion, each time behind as many descriptors as the chain before had")
  func outOfOrder() throws {
    var fixture = PackedFixture(size: 6)
    fixture.publish(count: 3, id: 10)
    fixture.publish(count: 1, id: 11)
    fixture.publish(count: 2, id: 12)
    let chains = [try fixture.take(), try fixture.take(), try fixture.take()].compactMap { $0 }
    #expect(chains.map(\.head) == [10, 11, 12])
    try fixture.complete(chains[1])
    try fixture.complete(chains[2])
    try fixture.complete(chains[0])
    #expect([fixture.descriptor(0).id, fixture.descriptor(1).id, fixture.descriptor(3).id] == [11, 12, 10])
    for slot in [0, 1, 3] as [UInt32] { #expect(fixture.descriptor(slot).flags == [.available, .used]) }
    // The driver's, as they were.
    for slot in [2, 4, 5] as [UInt32] { #expect(!fixture.descriptor(slot).flags.contains(.used)) }
    // In the next round.
    fixture.publish(id: 13)
    #expect(try fixture.take()?.head == 13)
  }

  @Test("writes the flags of a used descriptor last, and says whether anything was written")
  func order() throws {
    var fixture = PackedFixture(size: 4)
    fixture.publish([PackedFixture.Element(flags: .write)], id: 7)
    let chain = try #require(try fixture.take())
    fixture.memory.stores = []
    try fixture.complete(chain, length: 5, isWritten: true)
    #expect(fixture.memory.stores == [0x1008, 0x100c, 0x100e])
    let used = fixture.descriptor(0)
    #expect(used.length == 5 && used.flags == [.available, .used, .write])
  }

  @Test("looks at nothing new while the whole ring is the device's")
  func full() throws {
    var fixture = PackedFixture(size: 2)
    fixture.publish(id: 0)
    fixture.publish(id: 1)
    let first = try #require(try fixture.take())
    _ = try #require(try fixture.take())
    // A driver that does not wait for the used ones.
    fixture.publish(id: 2)
    #expect(try fixture.take() == nil)
    try fixture.complete(first)
    #expect(try fixture.take() == nil)
  }

  @Test("takes all entries of an indirect table, whatever their flags but WRITE are")
  func table() throws {
    var fixture = PackedFixture(size: 4)
    for entry in 0..<3 as Range<UInt32> {
      var flags: Descriptor.Flags = entry == 2 ? .write : []
      if entry != 1 { flags.formUnion([.next, .indirect, .available]) }
      let descriptor = PackedDescriptor(
        address: PackedFixture.buffer + UInt64(entry) * 64, length: 64, id: 99, flags: flags)
      _ = fixture.memory.store(
        descriptor.littleEndian, at: PackedFixture.table + PackedRing.descriptor(entry))
    }
    fixture.publish(
      [PackedFixture.Element(length: 48, flags: [.indirect, .write], address: PackedFixture.table)], id: 3)
    let chain = try #require(try fixture.take())
    #expect(chain.head == 3 && chain.slotCount == 1 && chain.readableCount == 2 && chain.writableCount == 1)
    #expect(fixture.segments[2].address == PackedFixture.buffer + 128)
  }

  @Test("takes what it has seen, whatever became of its flags since then")
  func racingDriver() throws {
    var fixture = PackedFixture(size: 4)
    fixture.publish(id: 5)
    #expect(try fixture.queue.availableCount(&fixture.memory) == 1)
    (fixture.slot, fixture.wrapCounter) = (0, true)
    fixture.publish([PackedFixture.Element(isHidden: true)], id: 6)
    let chain = try fixture.queue.take(&fixture.segments, from: 0, indirectAllowed: true, memory: &fixture.memory)
    #expect(chain.head == 6)
  }

  @Test("refuses what no driver may write")
  func faults() {
    typealias Element = PackedFixture.Element
    func fault(_ elements: [Element], size: UInt32 = 4, indirect: Bool = true) -> RingFault? {
      var fixture = PackedFixture(size: size)
      return fixture.fault(elements, indirect: indirect)
    }
    #expect(fault([Element(), Element(isHidden: true)]) == .listNotAvailable)
    #expect(fault([Element(), Element(), Element(), Element(flags: .next)]) == .chainTooLong)
    #expect(fault([Element(flags: .next)], size: 1) == .chainTooLong)
    #expect(fault([Element(flags: .write), Element()]) == .readableAfterWritable)
    #expect(fault([Element(length: 0, flags: .write), Element()]) == .readableAfterWritable)
    #expect(fault([Element(address: .max - 8)]) == .outsideRAM)
    let table = PackedFixture.table
    #expect(fault([Element(length: 16, flags: .indirect, address: table)], indirect: false) == .badIndirectTable)
    #expect(fault([Element(length: 16, flags: [.indirect, .next], address: table)]) == .badIndirectTable)
    #expect(fault([Element(), Element(length: 16, flags: .indirect, address: table)]) == .badIndirectTable)
    for length in [0, 8, 24, 80, 0xffff_fff0] as [UInt32] {
      #expect(fault([Element(length: length, flags: .indirect, address: table)]) == .badIndirectTable)
    }
  }

  @Test("ends a list where the descriptors begin that the device has already")
  func longList() throws {
    var fixture = PackedFixture(size: 4)
    fixture.publish(id: 1)
    let first = try #require(try fixture.take())
    fixture.publish(
      [PackedFixture.Element](repeating: PackedFixture.Element(), count: 2) + [PackedFixture.Element(flags: .next)],
      id: 2)
    #expect(throws: RingFault.chainTooLong) { _ = try fixture.take() }
    try fixture.complete(first)
  }

  @Test("notifies as the driver's event structure says, in every round")
  func events() throws {
    var fixture = PackedFixture(size: 3)
    func use(_ count: Int, _ fixture: inout PackedFixture) throws {
      for id in 0..<UInt16(count) {
        fixture.publish(id: id)
        try fixture.complete(try #require(try fixture.take()))
      }
    }
    #expect(try !fixture.wantsNotification())
    fixture.setEvent(PackedRing.eventsEnabled)
    try use(1, &fixture)
    #expect(try fixture.wantsNotification())
    #expect(try !fixture.wantsNotification())
    fixture.setEvent(PackedRing.eventsDisabled)
    try use(1, &fixture)
    #expect(try !fixture.wantsNotification())
    // The last descriptor of this round, and then the first one of the next: once with the other counter.
    fixture.setEvent(PackedRing.eventOfDescriptor, slot: 2, wrap: true)
    try use(1, &fixture)
    #expect(try fixture.wantsNotification())
    fixture.setEvent(PackedRing.eventOfDescriptor, slot: 0, wrap: true)
    try use(1, &fixture)
    #expect(try !fixture.wantsNotification())
    fixture.setEvent(PackedRing.eventOfDescriptor, slot: 2, wrap: false)
    try use(2, &fixture)
    #expect(try fixture.wantsNotification())
    // One that the ring does not have.
    fixture.setEvent(PackedRing.eventOfDescriptor, slot: 3, wrap: true)
    try use(3, &fixture)
    #expect(try !fixture.wantsNotification())
    // Without the feature, it has no such meaning, and neither has 3.
    for flags in [PackedRing.eventOfDescriptor, 3] {
      fixture.setEvent(flags, slot: 2, wrap: true)
      try use(1, &fixture)
      #expect(try fixture.wantsNotification(eventIdx: false))
    }
  }

  @Test("asks to be notified of the next descriptor")
  func announcement() throws {
    var fixture = PackedFixture(size: 3)
    #expect(try fixture.queue.announce(memory: &fixture.memory))
    #expect(fixture.memory.load(PackedFixture.deviceArea, as: UInt32.self) == 0x2_8000)
    #expect(try !fixture.queue.announce(memory: &fixture.memory))
    fixture.publish(count: 3, id: 0)
    _ = try fixture.take()
    #expect(try fixture.queue.announce(memory: &fixture.memory))
    #expect(fixture.memory.load(PackedFixture.deviceArea, as: UInt32.self) == 0x2_0000)
  }

  @Test("has any size that the format knows, and areas that are aligned")
  func sizes() {
    var memory = RecordingMemory()
    var queue = VirtQueue()
    queue.format = .packed
    (queue.descriptorArea, queue.driverArea, queue.deviceArea) = (0x1000, 0x6000, 0x6004)
    for size in [1, 2, 3, 100, 1023] as [UInt32] {
      queue.size = size
      #expect(queue.isUsable(sizeLimit: 1024, memory: &memory))
    }
    for size in [0, 1025, .max] as [UInt32] {
      queue.size = size
      #expect(!queue.isUsable(sizeLimit: 1024, memory: &memory))
    }
    queue.size = 4
    queue.driverArea = 0x6002
    #expect(!queue.isUsable(sizeLimit: 1024, memory: &memory))
  }

  @Test("begins at its first descriptor again behind a stop")
  func stop() throws {
    var fixture = PackedFixture(size: 2)
    fixture.publish(count: 2, id: 1)
    _ = try fixture.take()
    fixture.queue.stop()
    fixture.queue.start()
    #expect(try fixture.take()?.head == 1)
  }
}

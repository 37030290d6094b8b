import VirtioSpec

/// The pieces of one request, before they are put into descriptors.
@usableFromInline
struct Pieces: ~Copyable {
  /// Header and status in two pieces each, 16 pieces of data, and one that a fault adds.
  @usableFromInline var list = FixedArray(repeating: Descriptor(address: 0, length: 0), count: 24)
  @usableFromInline var count = 0

  @usableFromInline
  init() {}

  @inlinable
  mutating func append(_ address: UInt64, _ length: UInt32, writable: Bool) {
    list[count] = Descriptor(address: address, length: length, flags: writable ? .write : [])
    count += 1
  }
}

extension Driver {
  /// Makes chains and puts them into the available ring.
  @inlinable
  mutating func publish(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    guard queues[queue].isSetUp else { return false }
    guard queues[queue].format == .split else { return publishPacked(step, &port) }
    let flags = PublishFlags(rawValue: UInt16(step[.flags]))
    let fault = ChainFault(rawValue: UInt8(step[.fault])) ?? .none
    let first = queues[queue].availableIndex
    for number in 0..<max(step[.count], 1) {
      makePieces(step, number, &port)
      spoil(fault, step)
      guard var head = place(queue, flags, fault, step[.position], &port) else { break }
      if fault == .headOutOfRange { head = UInt16(truncatingIfNeeded: queues[queue].size) &+ UInt16(step[.position]) }
      makeAvailable(head, queue, &port)
      if fault == .repeatedHead { makeAvailable(head, queue, &port) }
    }
    guard queues[queue].availableIndex != first else { return false }
    if fault == .indexJump {
      queues[queue].availableIndex &+= UInt16(truncatingIfNeeded: queues[queue].size) &+ UInt16(step[.position])
    }
    if fault == .indexBack { queues[queue].availableIndex = first &- 1 &- UInt16(step[.position]) }
    // Chains that were held back are shown with these.
    let shown = queues[queue].shownIndex
    if !flags.contains(.noIndex) {
      _ = showIndex(queue, &port)
    }
    if flags.contains(.kick) || flags.contains(.kickIfAsked) && isAsked(queue, since: shown, &port) {
      notify(queue, &port)
    }
    return true
  }

  /// Lets the device see what was made available.
  @inlinable
  mutating func showIndex(_ queue: Int, _ port: inout some DriverPort & ~Copyable) -> Bool {
    queues[queue].shownIndex = queues[queue].availableIndex
    return port.store(queues[queue].availableIndex, at: queues[queue].areas.driver &+ SplitRing.availIdx)
  }

  /// Notifies the device of a queue, with where the driver is in the ring if that was agreed upon (section 2.9).
  @inlinable
  func notify(_ queue: Int, _ port: inout some DriverPort & ~Copyable) {
    let data = accepted.contains(.notificationData) ? UInt32(queues[queue].shownIndex) << 16 : 0
    write(.queueNotify, UInt32(queue) | data, &port)
  }

  /// Whether the device asks to be notified of the chains that it was shown since avail.idx was `first` (sections 2.7.8 and
  /// 2.7.10).
  @inlinable
  mutating func isAsked(_ queue: Int, since first: UInt16, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let area = queues[queue].areas.device
    guard accepted.contains(.eventIdx) else {
      let flags = port.load(area &+ SplitRing.usedFlags, as: UInt16.self) ?? 0
      return flags & SplitRing.usedNoNotify == 0
    }
    let event = port.load(area &+ SplitRing.availEvent(queues[queue].size), as: UInt16.self) ?? 0
    return queues[queue].shownIndex &- event &- 1 < queues[queue].shownIndex &- first
  }

  @inlinable
  mutating func makeAvailable(_ head: UInt16, _ queue: Int, _ port: inout some DriverPort & ~Copyable) {
    let slot = UInt32(queues[queue].availableIndex) & (queues[queue].size - 1)
    _ = port.store(head, at: queues[queue].areas.driver &+ SplitRing.availEntry(slot))
    queues[queue].availableIndex &+= 1
  }

  /// A stretch of buffer memory, taken round and round.
  @inlinable
  mutating func buffer(_ length: UInt64, region: UInt64) -> UInt64 {
    let index = Int(region % UInt64(layout.baseCount))
    let room = Layout.buffersEnd - Layout.buffers
    if bufferUse[index] + length > room { bufferUse[index] = 0 }
    let address = layout.bases[index] + Layout.buffers + bufferUse[index]
    bufferUse[index] += (length + 15) & ~15
    return address
  }

  /// The pieces of a well-formed request, with their content.
  @inlinable
  mutating func makePieces(_ step: Step, _ number: UInt64, _ port: inout some DriverPort & ~Copyable) {
    pieces.count = 0
    let region = step[.size]
    let length = step[.length]
    let request = Request(rawValue: UInt8(step[.choice])) ?? .read
    switch deviceType {
    case .block: break
    case .console: return makeConsolePieces(step, request, number, &port)
    case .network: return makeNetworkPieces(step, request, number, &port)
    default: return appendData(step, max(length, 1), writable: true, number)
    }
    let split = PublishFlags(rawValue: UInt16(step[.flags])).contains(.splitFrame)
    let sector = step[.value] &+ number &* (length / Block.sectorSize)

    let frame = buffer(32, region: region)
    let type = request == .zone ? Block.RequestType.zone(step[.position]) : request.blockType
    // Behind the header is the status byte, with a value that no device answers with.
    scratch[0] = UInt128(type.rawValue) | UInt128(sector) << 64
    scratch[1] = UInt128(0xff) << 64
    _ = writeScratch(2, at: frame, &port)
    let cut: UInt32 = split ? 7 : UInt32(Block.headerSize)
    pieces.append(frame, cut, writable: false)
    if split { pieces.append(frame + UInt64(cut), UInt32(Block.headerSize) - cut, writable: false) }

    switch request {
    case .write:
      let data = pieces.count
      appendData(step, length, writable: false, number)
      fillPieces(data, seed: sector, &port)
    case .flush: break
    case .getID: pieces.append(buffer(32, region: region), UInt32(Block.idLength), writable: true)
    case .discard, .writeZeroes, .secureErase:
      let range = buffer(UInt64(Block.segmentSize), region: region)
      let set = PublishFlags(rawValue: UInt16(step[.flags]))
      var flags: UInt128 = set.contains(.unmap) ? UInt128(Block.segmentUnmap) << 96 : 0
      if set.contains(.reservedFlag) { flags |= 1 << 127 }
      let sectors = set.contains(.hugeCount) ? UInt64(UInt32.max) : length / Block.sectorSize
      _ = port.store(UInt128(sector) | UInt128(sectors) << 64 | flags, at: range)
      pieces.append(range, UInt32(Block.segmentSize), writable: false)
    default: appendData(step, length, writable: true, number)
    }
    pieces.append(frame + 24, 1, writable: true)
  }

  /// What a console's queue is for: room for characters or control messages, characters, or a control message.
  @inlinable
  mutating func makeConsolePieces(
    _ step: Step, _ request: Request, _ number: UInt64, _ port: inout some DriverPort & ~Copyable
  ) {
    let length = max(step[.length], 1)
    switch Console.Role(ofQueue: Int(step[.queue])) {
    case .receive, .controlReceive: appendData(step, length, writable: true, number)
    case .transmit:
      appendData(step, length, writable: false, number)
      fillPieces(0, seed: step[.value] &+ number, &port)
    case .controlTransmit:
      let message = buffer(UInt64(Console.controlSize), region: step[.size])
      let (event, value) = request.control(step[.position])
      let id = UInt64(UInt32(truncatingIfNeeded: step[.value] &+ number))
      _ = port.store(id | UInt64(event) << 32 | UInt64(value) << 48, at: message)
      pieces.append(message, UInt32(Console.controlSize), writable: false)
    }
  }

  /// Writes noise into the pieces from `first` on.
  @inlinable
  func fillPieces(_ first: Int, seed: UInt64, _ port: inout some DriverPort & ~Copyable) {
    for index in first..<pieces.count {
      let piece = pieces.list[index]
      _ = write(.noise, seed: seed &+ UInt64(index), length: Int(piece.length), at: piece.address, &port)
    }
  }

  @inlinable
  mutating func appendData(_ step: Step, _ length: UInt64, writable: Bool, _ number: UInt64) {
    guard length > 0 else { return }
    let count = min(max(step[.index], 1), 16, length)
    let named = resolve(step.address)
    for index in 0..<count {
      let share = length / count + (index == count - 1 ? length % count : 0)
      let address = index == 0 && number == 0 ? named : nil
      pieces.append(
        address ?? buffer(share, region: step[.size] &+ index), UInt32(truncatingIfNeeded: share), writable: writable)
    }
  }

  /// Breaks the pieces of a request, at the one that the step names.
  @inlinable
  mutating func spoil(_ fault: ChainFault, _ step: Step) {
    let index = Int(step[.position]) % pieces.count
    let region = step[.size]
    switch fault {
    case .zeroLength: pieces.list[index].length = 0
    case .hugeLength: pieces.list[index].length = .max
    case .hole: pieces.list[index].address = layout.hole(region)
    case .regionEnd: pieces.list[index].address = layout.lastBytes(region)
    case .border: pieces.list[index].address = layout.border &- 8
    case .top: pieces.list[index].address = 0 &- 8
    case .raggedLength: pieces.list[index].length &-= 1
    case .readableAfterWritable: pieces.append(layout.buffer(0), 16, writable: false)
    case .shortHeader: pieces.list[0].length = 8
    case .noStatus: pieces.count = max(pieces.count - 1, 1)
    default: break
    }
  }

  /// Puts the pieces into descriptors, and returns the head; nil when there are not enough of them.
  @inlinable
  mutating func place(
    _ queue: Int, _ flags: PublishFlags, _ fault: ChainFault, _ position: UInt64,
    _ port: inout some DriverPort & ~Copyable
  ) -> UInt16? {
    let indirect =
      fault.isIndirect
      || accepted.contains(.indirectDesc) && !flags.isDisjoint(with: [.indirect, .indirectTail])
    let direct = indirect ? (flags.contains(.indirectTail) && pieces.count > 1 ? 1 : 0) : pieces.count
    let needed = direct + (indirect ? 1 : 0)
    if queues[queue].freeCount < needed { takeBack(queue, &port) }
    guard queues[queue].freeCount >= needed else { return nil }

    let areas = queues[queue].areas
    let head = queues[queue].allocate()
    var index = head
    // Descriptors that lie side by side are written together, from `runStart` on; the table of an indirect one before.
    let reference = indirect ? makeTable(from: direct, fault, position, &port) : Descriptor(address: 0, length: 0)
    var runStart = head
    var runLength = 0
    for number in 0..<needed {
      var descriptor: Descriptor
      if number < direct {
        descriptor = pieces.list[number]
      } else {
        descriptor = reference
        if flags.contains(.indirectWrite) { descriptor.flags.insert(.write) }
      }
      var next: UInt16 = 0
      if number + 1 < needed {
        next = queues[queue].allocate()
        descriptor.flags.insert(.next)
        descriptor.next = next
      } else if fault == .loop {
        descriptor.flags.insert(.next)
        descriptor.next = head
      } else if fault == .nextOutOfRange {
        descriptor.flags.insert(.next)
        descriptor.next = UInt16(truncatingIfNeeded: queues[queue].size) &+ UInt16(truncatingIfNeeded: position)
      }
      if runLength > 0 && index != runStart &+ UInt16(runLength) {
        _ = writeScratch(runLength, at: areas.descriptors &+ UInt64(runStart) &* Descriptor.size, &port)
        runStart = index
        runLength = 0
      }
      scratch[runLength] = descriptor.littleEndian
      runLength += 1
      queues[queue].next[Int(index)] = next
      index = next
    }
    _ = writeScratch(runLength, at: areas.descriptors &+ UInt64(runStart) &* Descriptor.size, &port)
    queues[queue].chainLength[Int(head)] = UInt16(truncatingIfNeeded: needed)
    return head
  }

  /// Writes the first `count` numbers of ``scratch``.
  @inlinable
  func writeScratch(_ count: Int, at address: UInt64, _ port: inout some DriverPort & ~Copyable) -> Bool {
    scratch.withSpan(0..<count) { port.write($0.bytes, at: address) }
  }

  /// Writes an indirect table with the pieces from `first` on, and returns the descriptor that refers to it.
  @inlinable
  mutating func makeTable(
    from first: Int, _ fault: ChainFault, _ position: UInt64,
    _ port: inout some DriverPort & ~Copyable
  ) -> Descriptor {
    let table = takeTable()
    let count = pieces.count - first
    for index in 0..<count {
      var descriptor = pieces.list[first + index]
      if index + 1 < count {
        descriptor.flags.insert(.next)
        descriptor.next = UInt16(index + 1)
      }
      if fault == .nestedIndirect && index == Int(position) % count {
        descriptor = Descriptor(address: table, length: UInt32(Descriptor.size), flags: .indirect)
      }
      scratch[index] = descriptor.littleEndian
    }
    _ = writeScratch(count, at: table, &port)
    return reference(to: table, count, fault, position)
  }

  /// Where an indirect table can be: there are a few places, taken round and round.
  @inlinable
  mutating func takeTable() -> UInt64 {
    let table = layout.table(nextTable)
    nextTable = (nextTable + 1) % (Layout.tablesPerRegion * UInt64(layout.baseCount))
    return table
  }

  /// The descriptor that refers to an indirect table of so many entries, or says something wrong about it.
  @inlinable
  func reference(to table: UInt64, _ count: Int, _ fault: ChainFault, _ position: UInt64) -> Descriptor {
    var reference = Descriptor(
      address: table, length: UInt32(count) * UInt32(Descriptor.size), flags: .indirect)
    switch fault {
    case .raggedIndirect: reference.length += 8
    case .emptyIndirect: reference.length = 0
    case .indirectAndNext: reference.flags.insert(.next)
    case .longIndirect: reference.length = 0xffff_fff0 >> UInt32(position)
    default: break
    }
    return reference
  }
}

extension ChainFault {
  /// Whether the fault is one of an indirect table.
  @inlinable
  var isIndirect: Bool {
    switch self {
    case .nestedIndirect, .raggedIndirect, .emptyIndirect, .indirectAndNext, .longIndirect: true
    default: false
    }
  }
}

extension Request {
  @inlinable
  var blockType: Block.RequestType {
    switch self {
    case .write: .write
    case .flush: .flush
    case .getID: .getID
    case .discard: .discard
    case .writeZeroes: .writeZeroes
    case .unknown: Block.RequestType(rawValue: 0x7fff)
    case .zone: .zoneAppend
    case .secureErase: .secureErase
    case .getLifetime: .getLifetime
    default: .read
    }
  }

  /// The event and the value of a console's control message.
  @inlinable
  func control(_ event: UInt64) -> (event: UInt16, value: UInt16) {
    switch self {
    case .portReady: (Console.ControlEvent.portReady.rawValue, 1)
    case .portOpen: (Console.ControlEvent.portOpen.rawValue, 1)
    case .deviceFailed: (Console.ControlEvent.deviceReady.rawValue, 0)
    case .portFailed: (Console.ControlEvent.portReady.rawValue, 0)
    case .portClose: (Console.ControlEvent.portOpen.rawValue, 0)
    case .control: (UInt16(truncatingIfNeeded: event), 1)
    default: (Console.ControlEvent.deviceReady.rawValue, 1)
    }
  }
}

import VirtioSpec

// What a driver does in packed rings (section 2.8).
extension Driver {
  /// Makes lists and puts them into the ring. The first descriptor of the first one is shown last, for all of them.
  @inlinable
  mutating func publishPacked(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    let size = queues[queue].size
    let flags = PublishFlags(rawValue: UInt16(step[.flags]))
    let fault = ChainFault(rawValue: UInt8(step[.fault])) ?? .none
    let first = queues[queue].packed.next
    var count: UInt32 = 0
    for number in 0..<max(step[.count], 1) {
      makePieces(step, number, &port)
      spoil(fault, step)
      var id: UInt16?
      if fault == .headOutOfRange { id = UInt16(truncatingIfNeeded: size) &+ UInt16(step[.position]) }
      guard let list = placePacked(queue, flags, fault, step[.position], id, &port) else { break }
      count += list.count
      if fault == .repeatedHead, let again = placePacked(queue, flags, fault, 0, list.id, &port) {
        count += again.count
      }
    }
    guard count > 0 else { return false }
    let distance = Int(step[.position]) % Int(size) + 1
    if fault == .indexJump { queues[queue].packed.next = queues[queue].packed.next.moved(by: distance, in: size) }
    if fault == .indexBack { queues[queue].packed.next = queues[queue].packed.next.moved(by: -distance, in: size) }
    if !flags.contains(.noIndex) { _ = showPacked(queue, &port) }
    if flags.contains(.kick) || flags.contains(.kickIfAsked) && isAskedInPacked(queue, first, count, &port) {
      notify(queue, &port)
    }
    return true
  }

  /// Lets the device see the lists that were made: the flags of the first descriptor are written.
  @inlinable
  mutating func showPacked(_ queue: Int, _ port: inout some DriverPort & ~Copyable) -> Bool {
    queues[queue].shownIndex = queues[queue].packed.next.word
    guard let held = queues[queue].packed.held else { return true }
    queues[queue].packed.held = nil
    return port.store(held.flags.rawValue, at: place(held.slot, queue) &+ PackedDescriptor.flagsOffset)
  }

  /// Whether the device asks to be notified of so many descriptors that were made available from `first` on
  /// (section 2.8.14).
  @inlinable
  func isAskedInPacked(
    _ queue: Int, _ first: PackedPosition, _ count: UInt32, _ port: inout some DriverPort & ~Copyable
  ) -> Bool {
    let event = port.load(queues[queue].areas.device, as: UInt32.self) ?? 0
    switch UInt16(truncatingIfNeeded: event >> 16) & PackedRing.eventFlagsMask {
    case PackedRing.eventsDisabled: return false
    case PackedRing.eventOfDescriptor where accepted.contains(.eventIdx):
      return first.reaches(UInt16(truncatingIfNeeded: event), within: count, in: queues[queue].size)
    default: return true
    }
  }

  @inlinable
  func place(_ slot: UInt32, _ queue: Int) -> UInt64 {
    queues[queue].areas.descriptors &+ PackedRing.descriptor(slot)
  }

  /// Puts the pieces into a list, and returns its Buffer ID, which is `id` or a free one, and how many descriptors it has;
  /// nil when there are not enough of them.
  @inlinable
  mutating func placePacked(
    _ queue: Int, _ flags: PublishFlags, _ fault: ChainFault, _ position: UInt64, _ id: UInt16?,
    _ port: inout some DriverPort & ~Copyable
  ) -> (id: UInt16, count: UInt32)? {
    let wantsTable = !flags.isDisjoint(with: [.indirect, .indirectTail]) || fault == .junkInTable
    let indirect = fault.isIndirect || accepted.contains(.indirectDesc) && wantsTable
    // No list may have both kinds of descriptors (section 2.8.5).
    let isMixed = fault == .indirectAndNext && flags.contains(.indirectTail) && pieces.count > 1
    let direct = indirect ? (isMixed ? 1 : 0) : pieces.count
    let needed = direct + (indirect ? 1 : 0)
    if queues[queue].freeSlots < needed { takeBack(queue, &port) }
    guard queues[queue].freeSlots >= needed, let id = id ?? queues[queue].allocateID() else { return nil }

    let reference =
      indirect ? makePackedTable(from: direct, fault, position, &port) : PackedDescriptor(address: 0, length: 0)
    let hidden = fault == .unavailableMiddle && needed > 1 ? 1 + Int(position) % (needed - 1) : -1
    let count = fault == .endlessList ? Int(queues[queue].freeSlots) : needed
    var place = queues[queue].packed.next
    // Descriptors that lie side by side are written together, from `runStart` on.
    var runStart = place.slot
    var runLength = 0
    for number in 0..<count {
      let piece = pieces.list[min(number, max(direct, 1) - 1)]
      var descriptor =
        number < direct || !indirect
        ? PackedDescriptor(address: piece.address, length: piece.length, flags: piece.flags) : reference
      let isLast = number == count - 1
      // Only that of the last one counts.
      descriptor.id = isLast ? id : ~id
      if indirect && number == direct && flags.contains(.indirectWrite) { descriptor.flags.insert(.write) }
      if !isLast || fault == .loop || fault == .endlessList || fault == .nextOutOfRange {
        descriptor.flags.insert(.next)
      }
      let turned = number == hidden || number == 0 && fault == .wrongWrap
      var shown = descriptor.flags.union(place.availableFlags)
      if turned { shown.formSymmetricDifference([.available, .used]) }
      if number == 0 && queues[queue].packed.held == nil {
        queues[queue].packed.held = (place.slot, shown)
        descriptor.flags.formUnion(place.hiddenFlags)
      } else {
        descriptor.flags = shown
      }
      if place.slot != runStart + UInt32(runLength) || runLength == scratch.count {
        _ = writeScratch(runLength, at: self.place(runStart, queue), &port)
        runStart = place.slot
        runLength = 0
      }
      scratch[runLength] = descriptor.littleEndian
      runLength += 1
      place = place.moved(by: 1, in: queues[queue].size)
    }
    _ = writeScratch(runLength, at: self.place(runStart, queue), &port)
    queues[queue].packed.next = place
    queues[queue].holdPacked(id, count: UInt32(count))
    return (id, UInt32(count))
  }

  /// Writes an indirect table with the pieces from `first` on, and returns the descriptor that refers to it.
  @inlinable
  mutating func makePackedTable(
    from first: Int, _ fault: ChainFault, _ position: UInt64, _ port: inout some DriverPort & ~Copyable
  ) -> PackedDescriptor {
    let table = takeTable()
    let count = pieces.count - first
    for index in 0..<count {
      let piece = pieces.list[first + index]
      var descriptor = PackedDescriptor(address: piece.address, length: piece.length, flags: piece.flags)
      if fault == .nestedIndirect && index == Int(position) % count { descriptor.flags.insert(.indirect) }
      if fault == .junkInTable {
        descriptor.id = UInt16(index) &+ 1
        descriptor.flags.formUnion(index == Int(position) % count ? [.available, .used] : [.next, .used])
      }
      scratch[index] = descriptor.littleEndian
    }
    _ = writeScratch(count, at: table, &port)
    let reference = reference(to: table, count, fault, position)
    return PackedDescriptor(address: reference.address, length: reference.length, flags: reference.flags)
  }

  /// Takes back used buffers: each stands at the first of the descriptors that it leaves.
  @inlinable
  mutating func takeUsedFromPacked(_ queue: Int, _ port: inout some DriverPort & ~Copyable) {
    let size = queues[queue].size
    var count = size
    while count > 0, queues[queue].packed.slotsInUse > 0 {
      let position = queues[queue].packed.seenUsed
      let place = place(position.slot, queue)
      guard let bits = port.load(place &+ PackedDescriptor.flagsOffset, as: UInt16.self),
        position.isUsed(Descriptor.Flags(rawValue: bits)),
        let id = port.load(place &+ PackedDescriptor.idOffset, as: UInt16.self)
      else { return }
      let length = queues[queue].releasePacked(id)
      queues[queue].packed.seenUsed = position.moved(by: Int(length), in: size)
      count -= 1
    }
  }

  /// Asks for a notification of the next used buffer.
  @inlinable
  func askForNext(_ queue: Int, _ port: inout some DriverPort & ~Copyable) {
    let event = UInt32(queues[queue].packed.seenUsed.word) | UInt32(PackedRing.eventOfDescriptor) << 16
    _ = port.store(event, at: queues[queue].areas.driver)
  }

  @inlinable
  mutating func suppressInPacked(
    _ queue: Int, _ suppression: Suppression, ahead: UInt64, _ port: inout some DriverPort & ~Copyable
  ) -> Bool {
    let area = queues[queue].areas.driver
    queues[queue].eventIsSet = suppression != .wanted
    switch suppression {
    case .wanted: return port.store(PackedRing.eventsEnabled, at: area &+ PackedRing.eventFlags)
    case .unwanted: return port.store(PackedRing.eventsDisabled, at: area &+ PackedRing.eventFlags)
    case .event:
      let size = queues[queue].size
      let event = queues[queue].packed.seenUsed.moved(by: Int(ahead) % Int(size), in: size).word
      // Without the feature no flags say that a descriptor is meant.
      guard accepted.contains(.eventIdx) else { return port.store(event, at: area &+ PackedRing.eventDescriptor) }
      return port.store(UInt32(event) | UInt32(PackedRing.eventOfDescriptor) << 16, at: area)
    }
  }

  /// Writes one descriptor `index` places behind the last one that was made available, hidden until `offer` shows its list.
  /// With bit 7 of the flags, AVAIL, it is the other way round.
  @inlinable
  func writePackedDescriptor(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    let size = queues[queue].size
    let isInRing = step[.choice] == 0
    let address = resolve(step.address) ?? layout.buffer(step[.index] % 64)
    var descriptor = PackedDescriptor(
      address: address, length: UInt32(step[.length]), id: UInt16(step[.size]),
      flags: Descriptor.Flags(rawValue: UInt16(step[.flags])))
    guard isInRing else {
      return port.store(descriptor.littleEndian, at: tableEntry(step))
    }
    let index = Int(step[.index] % UInt64(size))
    let position = queues[queue].packed.next.moved(by: index, in: size)
    descriptor.flags.formSymmetricDifference(position.hiddenFlags)
    return port.store(descriptor.littleEndian, at: place(position.slot, queue))
  }

  /// Makes the list available that the next descriptors are, with `head` as its Buffer ID, and goes on behind it and
  /// `jump` more.
  @inlinable
  mutating func offerPacked(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    let size = queues[queue].size
    let id = UInt16(step[.index])
    let first = queues[queue].packed.next
    let room = queues[queue].freeSlots
    guard room > 0 else { return false }
    var position = first
    var count = 0
    var goesOn = true
    while goesOn {
      let place = place(position.slot, queue)
      guard let bits = port.load(place &+ PackedDescriptor.flagsOffset, as: UInt16.self) else { return false }
      let flags = Descriptor.Flags(rawValue: bits)
      count += 1
      goesOn = flags.contains(.next) && count < room
      if !goesOn { _ = port.store(id, at: place &+ PackedDescriptor.idOffset) }
      let turned = position.turned(flags)
      if count == 1 && queues[queue].packed.held == nil {
        queues[queue].packed.held = (position.slot, turned)
      } else {
        _ = port.store(turned.rawValue, at: place &+ PackedDescriptor.flagsOffset)
      }
      position = position.moved(by: 1, in: size)
    }
    queues[queue].packed.next = position.moved(by: Int(step[.size] % UInt64(size)), in: size)
    queues[queue].holdPacked(id, count: UInt32(count))
    return showPacked(queue, &port)
  }
}

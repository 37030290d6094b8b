import VirtioSpec

extension Driver {
  /// Virtqueue configuration (section 4.2.3.2).
  @inlinable
  mutating func setUpQueue(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    let size = UInt32(step[.size])
    let flags = QueueFlags(rawValue: UInt16(step[.flags]))
    let format = RingFormat(accepted)
    var areas = layout.rings(ofQueue: queue, format, size: size, region: step[.choice])
    spoil(&areas, QueueFault(rawValue: UInt8(step[.fault])) ?? .none, size, region: step[.choice])

    write(.queueSel, UInt32(queue), &port)
    _ = read(.queueReady, &port)
    _ = read(.queueNumMax, &port)
    let isUsable = format.isValidSize(size) && size <= DriverQueue.maxSize
    if isUsable && !flags.contains(.keepMemory) { clear(areas, format, size: size, &port) }
    if !flags.contains(.noSize) { write(.queueNum, size, &port) }
    let highFirst = flags.contains(.highFirst)
    if !flags.contains(.noDescriptorArea) {
      writePair(.queueDescLow, .queueDescHigh, areas.descriptors, highFirst, &port)
    }
    if !flags.contains(.noDriverArea) {
      writePair(.queueDriverLow, .queueDriverHigh, areas.driver, highFirst, &port)
    }
    if !flags.contains(.noDeviceArea) {
      writePair(.queueDeviceLow, .queueDeviceHigh, areas.device, highFirst, &port)
    }
    if isUsable { queues[queue].start(format, size: size, areas: areas) } else { queues[queue].size = 0 }
    queues[queue].isInOrder = accepted.contains(.inOrder)
    if !flags.contains(.notReady) { write(.queueReady, 1, &port) }
    return true
  }

  /// Zeroes what a device will count on: the rings that it and the driver write, which of a packed queue are one.
  @inlinable
  func clear(_ areas: RingAreas, _ format: RingFormat, size: UInt32, _ port: inout some DriverPort & ~Copyable) {
    if format == .packed {
      let length = Int(format.descriptorAreaSize(size))
      for start in stride(from: 0, to: length, by: PatternBytes.maxLength) {
        _ = write(.zero, seed: 0, length: length - start, at: areas.descriptors &+ UInt64(start), &port)
      }
    }
    _ = write(.zero, seed: 0, length: Int(format.driverAreaSize(size)), at: areas.driver, &port)
    _ = write(.zero, seed: 0, length: Int(format.deviceAreaSize(size)), at: areas.device, &port)
  }

  @inlinable
  func writePair(
    _ low: Register, _ high: Register, _ address: UInt64, _ highFirst: Bool, _ port: inout some DriverPort & ~Copyable
  ) {
    if highFirst { write(high, UInt32(truncatingIfNeeded: address >> 32), &port) }
    write(low, UInt32(truncatingIfNeeded: address), &port)
    if !highFirst { write(high, UInt32(truncatingIfNeeded: address >> 32), &port) }
  }

  @inlinable
  func spoil(_ areas: inout RingAreas, _ fault: QueueFault, _ size: UInt32, region: UInt64) {
    switch fault {
    case .none: break
    case .unaligned: areas.device |= 1
    case .hole: areas.driver = layout.hole(region)
    case .regionEnd: areas.device = layout.regionEnd(region) &- 4
    case .top: areas.descriptors = 0 &- SplitRing.descriptorAlignment
    case .regionStart: areas.descriptors = layout.regionStart(region) &- SplitRing.descriptorAlignment
    }
  }

  @inlinable
  mutating func stopQueue(_ step: Step, _ port: inout some DriverPort & ~Copyable) {
    let queue = Int(step[.queue])
    let switchRegister = transport == .modern ? Register.queueReady : .queuePFN
    write(.queueSel, UInt32(queue), &port)
    write(switchRegister, 0, &port)
    _ = read(switchRegister, &port)
    queues[queue].size = 0
  }

  /// Virtqueue reset (section 2.6.1), if the feature was accepted; else a driver that does not know better.
  @inlinable
  mutating func resetQueue(_ step: Step, _ port: inout some DriverPort & ~Copyable) {
    let queue = Int(step[.queue])
    write(.queueSel, UInt32(queue), &port)
    write(.queueReset, 1, &port)
    // It may take its time; of a device that does not move, nobody knows how much.
    if read(.queueReset, &port) != 0 {
      port.stimulate(.poll)
      _ = read(.queueReset, &port)
    }
    _ = read(.queueReady, &port)
    if accepted.contains(.ringReset) { queues[queue].size = 0 }
  }

  /// The interrupt handler: looks why, acknowledges, and takes back what was used.
  @inlinable
  mutating func service(_ acknowledgement: Acknowledgement, _ port: inout some DriverPort & ~Copyable) {
    let seen = read(.interruptStatus, &port)
    switch acknowledgement {
    case .seen: write(.interruptACK, seen, &port)
    case .usedBuffer: write(.interruptACK, InterruptStatus.usedBuffer.rawValue, &port)
    case .configuration: write(.interruptACK, InterruptStatus.configurationChange.rawValue, &port)
    case .everything: write(.interruptACK, .max, &port)
    case .late, .none: break
    }
    for queue in 0..<Self.queueLimit where queues[queue].isSetUp { takeBack(queue, &port) }
    if acknowledgement == .late { write(.interruptACK, seen, &port) }
  }

  /// Takes back the used chains of a queue, and asks for a notification of the next one.
  @inlinable
  mutating func takeBack(_ queue: Int, _ port: inout some DriverPort & ~Copyable) {
    takeUsed(queue, &port)
    guard accepted.contains(.eventIdx), !queues[queue].eventIsSet else { return }
    if queues[queue].format == .packed {
      askForNext(queue, &port)
    } else {
      let area = queues[queue].areas.driver
      _ = port.store(queues[queue].seenUsed, at: area &+ SplitRing.usedEvent(queues[queue].size))
    }
    // The device may have used one before it could see that it has to say so.
    takeUsed(queue, &port)
  }

  @inlinable
  mutating func takeUsed(_ queue: Int, _ port: inout some DriverPort & ~Copyable) {
    guard queues[queue].format == .split else { return takeUsedFromPacked(queue, &port) }
    let areas = queues[queue].areas
    let size = queues[queue].size
    guard let index = port.load(areas.device &+ SplitRing.usedIdx, as: UInt16.self) else { return }
    var count = min(UInt32(index &- queues[queue].seenUsed), size)
    while count > 0 {
      let slot = UInt32(queues[queue].seenUsed) & (size - 1)
      guard let bits = port.load(areas.device &+ SplitRing.usedElement(slot), as: UInt64.self) else { return }
      queues[queue].release(head: UsedElement(littleEndian: bits).id)
      queues[queue].seenUsed &+= 1
      count -= 1
    }
  }

  @inlinable
  mutating func suppress(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    guard queues[queue].isSetUp else { return false }
    let suppression = Suppression(rawValue: UInt8(step[.choice])) ?? .wanted
    guard queues[queue].format == .split else {
      return suppressInPacked(queue, suppression, ahead: step[.size], &port)
    }
    let area = queues[queue].areas.driver
    switch suppression {
    case .wanted:
      queues[queue].eventIsSet = false
      return port.store(UInt16(0), at: area &+ SplitRing.availFlags)
    case .unwanted: return port.store(SplitRing.availNoInterrupt, at: area &+ SplitRing.availFlags)
    case .event:
      queues[queue].eventIsSet = true
      let event = queues[queue].seenUsed &+ UInt16(truncatingIfNeeded: step[.size])
      return port.store(event, at: area &+ SplitRing.usedEvent(queues[queue].size))
    }
  }

  /// Writes one descriptor as it is, into the queue's table or into an indirect one.
  @inlinable
  mutating func writeDescriptor(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    guard queues[queue].isSetUp else { return false }
    guard queues[queue].format == .split else { return writePackedDescriptor(step, &port) }
    let entry = step[.index] % UInt64(queues[queue].size)
    let place =
      step[.choice] == 0 ? queues[queue].areas.descriptors &+ entry * Descriptor.size : tableEntry(step)
    let descriptor = Descriptor(
      address: resolve(step.address) ?? layout.buffer(step[.index] % 64), length: UInt32(step[.length]),
      flags: Descriptor.Flags(rawValue: UInt16(step[.flags])), next: UInt16(step[.size]))
    return port.store(descriptor.littleEndian, at: place)
  }

  /// The entry of an indirect table that a step names.
  @inlinable
  func tableEntry(_ step: Step) -> UInt64 {
    layout.table(step[.choice] - 1) &+ step[.index] % (Layout.tableSize / Descriptor.size) * Descriptor.size
  }

  /// Makes a head available, whatever it is, and moves the index by that one and `jump` more.
  @inlinable
  mutating func offer(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    let queue = Int(step[.queue])
    guard queues[queue].isSetUp else { return false }
    guard queues[queue].format == .split else { return offerPacked(step, &port) }
    let areas = queues[queue].areas
    let slot = UInt32(queues[queue].availableIndex) & (queues[queue].size - 1)
    guard port.store(UInt16(step[.index]), at: areas.driver &+ SplitRing.availEntry(slot)) else { return false }
    queues[queue].availableIndex &+= 1 &+ UInt16(truncatingIfNeeded: step[.size])
    return showIndex(queue, &port)
  }
}

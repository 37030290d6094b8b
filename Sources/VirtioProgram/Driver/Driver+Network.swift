import VirtioSpec

// What a driver, and whoever is at the other end of the wire, does with a network device.
extension Driver {
  /// How many pairs of queues there are says the device, to a driver that knows of more than one.
  @inlinable
  mutating func findControlQueue(_ port: inout some DriverPort & ~Copyable) {
    queuePairs = 1
    guard !accepted.isDisjoint(with: [.netMultiQueue, .netReceiveScaling]) else { return }
    let offset = Register.configBase + NetworkConfig.maxPairs
    // Byte by byte: see ``readConfig(_:_:)``.
    let pairs =
      transport == .modern
      ? port.readRegister(offset, width: 2)
      : port.readRegister(offset, width: 1) | port.readRegister(offset + 1, width: 1) << 8
    queuePairs = Int(min(max(pairs, 1), 0x8000))
  }

  /// What a queue is for: room for frames, a frame, or a command.
  @inlinable
  mutating func makeNetworkPieces(
    _ step: Step, _ request: Request, _ number: UInt64, _ port: inout some DriverPort & ~Copyable
  ) {
    switch Network.Role(ofQueue: Int(step[.queue]), pairs: queuePairs) {
    case .transmit: makeFramePieces(step, request, number, &port)
    case .control: makeCommandPieces(step, request, &port)
    case .receive, nil: appendData(step, max(step[.length], 1), writable: true, number)
    }
  }

  /// A frame behind its header: the header, and what every frame begins with, in a descriptor of their own unless the
  /// device takes any layout, and the rest in so many as the step says.
  @inlinable
  mutating func makeFramePieces(
    _ step: Step, _ request: Request, _ number: UInt64, _ port: inout some DriverPort & ~Copyable
  ) {
    let flags = PublishFlags(rawValue: UInt16(step[.flags]))
    let size = UInt32(Network.headerSize(isLegacy: transport == .legacy, accepted))
    let destination: Destination =
      switch request {
      case .multicast: .multicast
      case .broadcast: .broadcast
      default: .unicast
      }
    let seed = step[.value] & 0xffff &+ number
    let tag = UInt16(truncatingIfNeeded: step[.value] >> 16) & 0xfff
    let length = composeFrame(
      to: destination, step[.position], from: NetworkAddress.unicast(0), tag: tag, .noise, seed: seed,
      length: Int(step[.length]))
    let start = min(length, Ethernet.headerSize + (tag == 0 ? 0 : Ethernet.tagSize))

    // struct virtio_net_hdr, and num_buffers where there is one.
    scratch[0] = offload(step[.value], from: start, length).littleEndian
    if flags.contains(.reservedFlag) { scratch[0] |= UInt128(Network.unknownFlag) }
    if flags.contains(.bufferCount) { scratch[0] |= 1 << 80 }
    let head = buffer(48, region: step[.size])
    _ = writeScratch(1, at: head, &port)
    let place = head + UInt64(size)
    if start > 0 { _ = writeFrame(0..<start, at: place, &port) }
    if flags.contains(.splitFrame) {
      pieces.append(head, 7, writable: false)
      pieces.append(head + 7, size - 7, writable: false)
    }
    if transport == .legacy && !accepted.contains(.anyLayout) || flags.contains(.splitFrame) {
      if !flags.contains(.splitFrame) { pieces.append(head, size, writable: false) }
      if start > 0 { pieces.append(place, UInt32(start), writable: false) }
    } else {
      pieces.append(head, size + UInt32(start), writable: false)
    }

    let first = pieces.count
    appendData(step, UInt64(length - start), writable: false, number)
    var offset = start
    for index in first..<pieces.count {
      let piece = pieces.list[index]
      let end = offset + Int(piece.length)
      _ = writeFrame(offset..<end, at: piece.address, &port)
      offset = end
    }
  }

  @inlinable
  func writeFrame(_ range: Range<Int>, at address: UInt64, _ port: inout some DriverPort & ~Copyable) -> Bool {
    frame.withSpan(Self.frameStart + range.lowerBound..<Self.frameStart + range.upperBound) {
      port.write($0.bytes, at: address)
    }
  }

  /// A command: its class and number, what belongs to it, and room for the answer.
  @inlinable
  mutating func makeCommandPieces(_ step: Step, _ request: Request, _ port: inout some DriverPort & ~Copyable) {
    let value = step[.value]
    let number = step[.position]
    let head = buffer(16, region: step[.size])
    let command = request.command ?? UInt16(truncatingIfNeeded: number & 0xff | value << 8)
    // Behind it is the answer, with a value that no device gives.
    _ = port.store(UInt64(command) | 0xff << 32, at: head)
    pieces.append(head, 2, writable: false)
    switch request {
    case .addressTable:
      appendAddresses(min(value & 0xff, 80), step, NetworkAddress.unicast(number), &port)
      appendAddresses(min(value >> 8 & 0xff, 80), step, NetworkAddress.multicast(number), &port)
    case .setAddress: appendArgument(NetworkAddress.unicast(number), 6, step, &port)
    case .addTag, .deleteTag, .queuePairs: appendArgument(value & 0xffff, 2, step, &port)
    case .acknowledgeAnnouncement: break
    case .offloads: appendArgument(value, 8, step, &port)
    case .promiscuous, .allMulticast, .allUnicast, .noMulticast, .noUnicast, .noBroadcast:
      appendArgument(value & 1, 1, step, &port)
    default: appendData(step, step[.length] & 0xff, writable: false, 0)
    }
    pieces.append(head + 4, 1, writable: true)
  }

  @inlinable
  mutating func appendArgument(
    _ value: UInt64, _ size: UInt32, _ step: Step, _ port: inout some DriverPort & ~Copyable
  ) {
    let place = buffer(8, region: step[.size])
    _ = port.store(value, at: place)
    pieces.append(place, size, writable: false)
  }

  /// `struct virtio_net_ctrl_mac`, with addresses that follow one another.
  @inlinable
  mutating func appendAddresses(
    _ count: UInt64, _ step: Step, _ first: UInt64, _ port: inout some DriverPort & ~Copyable
  ) {
    let size = 4 + Int(count) * Ethernet.addressSize
    let isHuge = PublishFlags(rawValue: UInt16(step[.flags])).contains(.hugeCount)
    putNumber(isHuge ? .max : UInt32(truncatingIfNeeded: count).byteSwapped, at: 0)
    for index in 0..<Int(count) {
      putAddress(first &+ UInt64(index) << 40, at: 4 + index * Ethernet.addressSize)
    }
    let place = buffer(UInt64(size), region: step[.size])
    _ = writeFrame(0..<size, at: place, &port)
    pieces.append(place, UInt32(size), writable: false)
  }

  /// Somebody sends a frame to the device.
  @inlinable
  mutating func deliverFrame(_ step: Step, _ port: inout some DriverPort & ~Copyable) {
    let tag = UInt16(step[.index])
    let length = composeFrame(
      to: Destination(rawValue: UInt8(step[.count])) ?? .unicast, step[.position],
      from: NetworkAddress.peer(step[.queue]), tag: tag,
      Pattern(rawValue: UInt8(step[.choice])) ?? .zero, seed: step[.value], length: Int(step[.length]))
    let kind = Offload(step[.value])
    let header =
      kind == .none
      ? NetworkHeader()
      : offload(step[.value], from: Ethernet.headerSize + (tag == 0 ? 0 : Ethernet.tagSize), length)
    var bits = header.littleEndian
    for byte in 0..<NetworkHeader.size {
      frame[byte] = UInt8(truncatingIfNeeded: bits)
      bits >>= 8
    }
    frame.withSpan(0..<Self.frameStart + length) { port.deliver($0.bytes, to: Int(step[.queue])) }
  }

  /// Puts a frame together: addresses, a tag unless it is 0, a type of no protocol, and a pattern.
  ///
  /// - Returns: how long it is.
  @inlinable
  mutating func composeFrame(
    to kind: Destination, _ number: UInt64, from source: UInt64, tag: UInt16, _ pattern: Pattern, seed: UInt64,
    length: Int
  ) -> Int {
    let length = min(length, PatternBytes.maxLength)
    let range = patterns.range(pattern, seed: seed, length: length)
    for index in 0..<length { frame[Self.frameStart + index] = patterns.bytes[range.lowerBound + index] }
    let destination =
      switch kind {
      case .unicast: NetworkAddress.unicast(number)
      case .multicast: NetworkAddress.multicast(number)
      case .broadcast: Ethernet.broadcast
      }
    var start = 0
    putAddress(destination, at: start)
    start += Ethernet.addressSize
    putAddress(source, at: start)
    start += Ethernet.addressSize
    if tag != 0 {
      putPair(Ethernet.tagType, at: start)
      putNumber(tag, at: start + 2)
      start += Ethernet.tagSize
    }
    // IEEE 802's own for experiments.
    putPair((0x88, 0xb5), at: start)
    return length
  }

  @inlinable
  mutating func putAddress(_ address: UInt64, at place: Int) {
    for byte in 0..<Ethernet.addressSize {
      frame[Self.frameStart + place + byte] = UInt8(truncatingIfNeeded: address >> UInt64(8 * byte))
    }
  }

  @inlinable
  mutating func putPair(_ pair: (UInt8, UInt8), at place: Int) {
    (frame[Self.frameStart + place], frame[Self.frameStart + place + 1]) = pair
  }

  /// Puts a number into the frame, in the order of the wire.
  @inlinable
  mutating func putNumber(_ number: some FixedWidthInteger & UnsignedInteger, at place: Int) {
    var left = number
    for byte in (0..<number.bitWidth / 8).reversed() {
      frame[Self.frameStart + place + byte] = UInt8(truncatingIfNeeded: left)
      left >>= 8
    }
  }
}

extension Request {
  /// A network device's command; nil for what is none.
  @inlinable
  var command: UInt16? {
    let command: Network.Command? =
      switch self {
      case .promiscuous: .promiscuous
      case .allMulticast: .allMulticast
      case .allUnicast: .allUnicast
      case .noMulticast: .noMulticast
      case .noUnicast: .noUnicast
      case .noBroadcast: .noBroadcast
      case .addressTable: .setAddressTable
      case .setAddress: .setAddress
      case .addTag: .addVLAN
      case .deleteTag: .deleteVLAN
      case .acknowledgeAnnouncement: .acknowledgeAnnouncement
      case .queuePairs: .setQueuePairs
      case .offloads: .setOffloads
      default: nil
      }
    return command?.rawValue
  }
}

import VirtioMemory
import VirtioSpec

// Commands of the control queue (section 5.1.6.5).
extension NetworkModel {
  /// Does what a command says, and answers in its first writable byte.
  @inlinable
  mutating func command(
    _ chain: Chain, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    guard chain.writableBytes > 0 else { return 0 }
    let isDone = carryOut(chain, segments, &host)
    let answer = InlineArray<1, UInt8>(repeating: isDone ? Network.ok : Network.error)
    var output = SegmentCursor.writable(chain)
    return output.write(answer.span.bytes, segments, memory: &host) ? 1 : 0
  }

  @inlinable
  mutating func carryOut(
    _ chain: Chain, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) -> Bool {
    var input = SegmentCursor.readable(chain)
    guard let number = input.number(UInt16.self, segments, memory: &host),
      let command = Network.Command(rawValue: number), accepted.isSuperset(of: command.feature)
    else { return false }
    let size = chain.readableBytes - 2
    if command == .setAddressTable { return setTable(size, &input, segments, &host) }
    guard let expected = command.argumentSize else { return obey(command, 0) }
    guard size == UInt64(expected),
      let argument = input.number(UInt64.self, size: expected, segments, memory: &host)
    else { return false }
    return obey(command, argument)
  }

  /// Does what a command says that has no table, if that can be done.
  @usableFromInline
  mutating func obey(_ command: Network.Command, _ argument: UInt64) -> Bool {
    switch command {
    case .promiscuous, .allMulticast, .allUnicast, .noMulticast, .noUnicast, .noBroadcast:
      guard argument <= 1 else { return false }
      let mode = NetworkFilter.Modes(rawValue: 1 << UInt8(command.rawValue >> 8))
      if argument == 1 { filter.modes.insert(mode) } else { filter.modes.remove(mode) }
    case .setAddressTable: break
    case .setAddress:
      filter.address = argument
      if accepted.contains(.netAddress) {
        showAddress(argument)
        configRevision &+= 1
      }
    case .addVLAN, .deleteVLAN:
      guard argument < 0x1000 else { return false }
      filter.setTag(UInt16(argument), command == .addVLAN)
    case .acknowledgeAnnouncement:
      if config[NetworkConfig.status] & Network.announce != 0 { configRevision &+= 1 }
      config[NetworkConfig.status] &= ~Network.announce
    case .setQueuePairs:
      guard 1...UInt64(maxPairs) ~= argument else { return false }
      activePairs = Int(argument)
      // What waits for a queue that is not used any more has nowhere to go.
      for pair in activePairs..<Self.maxPairs { frames[pair].removeAll() }
    case .setOffloads:
      let wish = FeatureBits(rawValue: UInt128(argument))
      guard accepted.intersection(.netGuestOffloads).isSuperset(of: wish) else { return false }
      offloads = wish
    }
    return true
  }

  /// Two lists of addresses, each behind its length: unicast, and multicast. Nothing changes unless both are whole.
  @inlinable
  mutating func setTable(
    _ size: UInt64, _ input: inout SegmentCursor, _ segments: Span<Segment>,
    _ host: inout some DeviceHost & ~Copyable
  ) -> Bool {
    var scout = input
    guard let unicast = scout.number(UInt32.self, segments, memory: &host) else { return false }
    let unicastSize = UInt64(unicast) * UInt64(Ethernet.addressSize)
    scout.skip(unicastSize, segments)
    // Where there is another length, what is in front of it is no longer than all of it.
    guard let multicast = scout.number(UInt32.self, segments, memory: &host),
      UInt64(multicast) * UInt64(Ethernet.addressSize) == size - 8 - unicastSize
    else { return false }
    filter.removeTable()
    input.skip(4, segments)
    append(unicast, isMulticast: false, &input, segments, &host)
    append(multicast, isMulticast: true, &scout, segments, &host)
    return true
  }

  @inlinable
  mutating func append(
    _ count: UInt32, isMulticast: Bool, _ input: inout SegmentCursor, _ segments: Span<Segment>,
    _ host: inout some DeviceHost & ~Copyable
  ) {
    // One more than there is room for says that they are too many.
    for _ in 0..<min(Int(count), NetworkFilter.tableLimit + 1) {
      guard let address = input.number(UInt64.self, size: Ethernet.addressSize, segments, memory: &host) else { return }
      filter.append(address, isMulticast: isMulticast)
    }
  }
}

extension Network.Command {
  /// How many bytes are behind its number; nil where that says nothing, or where a table is there.
  @usableFromInline
  var argumentSize: Int? {
    switch self {
    case .promiscuous, .allMulticast, .allUnicast, .noMulticast, .noUnicast, .noBroadcast: 1
    case .setAddress: Ethernet.addressSize
    case .addVLAN, .deleteVLAN, .setQueuePairs: 2
    case .setOffloads: 8
    case .setAddressTable, .acknowledgeAnnouncement: nil
    }
  }
}

extension SegmentCursor {
  /// Leaves out some bytes.
  @inlinable
  mutating func skip(_ count: UInt64, _ segments: Span<Segment>) {
    var left = count
    while left > 0, let piece = next(segments, atMost: left) { left -= UInt64(piece.length) }
  }
}

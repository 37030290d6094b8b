import VirtioMemory
import VirtioSpec

// Commands of the control queue (section 5.1.6.5).
extension NetworkModel {
  /// Does what a command says, and answers in its first writable byte.
  mutating func command(
    _ chain: Chain, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    guard chain.writableBytes > 0 else { return 0 }
    let isDone = carryOut(chain, segments, &host)
    let answer = InlineArray<1, UInt8>(repeating: isDone ? Network.ok : Network.error)
    var output = SegmentCursor.writable(chain)
    return output.write(answer.span.bytes, segments, memory: &host) ? 1 : 0
  }

  private mutating func carryOut(
    _ chain: Chain, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) -> Bool {
    var input = SegmentCursor.readable(chain)
    guard let number = input.number(UInt16.self, segments, memory: &host),
      let command = Network.Command(rawValue: number), accepted.isSuperset(of: command.feature)
    else { return false }
    let size = chain.readableBytes - 2
    switch command {
    case .promiscuous, .allMulticast, .allUnicast, .noMulticast, .noUnicast, .noBroadcast:
      guard size == 1, let isOn = input.number(UInt8.self, segments, memory: &host), isOn <= 1 else { return false }
      let mode = NetworkFilter.Modes(rawValue: 1 << UInt8(number >> 8))
      if isOn == 1 { filter.modes.insert(mode) } else { filter.modes.remove(mode) }
      return true
    case .setAddressTable: return setTable(size, &input, segments, &host)
    case .setAddress:
      guard size == 6, let address = Self.address(&input, segments, &host) else { return false }
      filter.address = address
      if accepted.contains(.netAddress) {
        showAddress(address)
        configRevision &+= 1
      }
      return true
    case .addVLAN, .deleteVLAN:
      guard size == 2, let id = input.number(UInt16.self, segments, memory: &host), id < 0x1000 else { return false }
      filter.setTag(id, command == .addVLAN)
      return true
    case .acknowledgeAnnouncement:
      if config[NetworkConfig.status] & Network.announce != 0 { configRevision &+= 1 }
      config[NetworkConfig.status] &= ~Network.announce
      return true
    case .setQueuePairs:
      guard size == 2, let count = input.number(UInt16.self, segments, memory: &host), 1...maxPairs ~= Int(count) else {
        return false
      }
      activePairs = Int(count)
      // What waits for a queue that is not used any more has nowhere to go.
      for pair in activePairs..<Self.maxPairs { frames[pair].removeAll() }
      return true
    case .setOffloads:
      guard size == 8, let bits = input.number(UInt64.self, segments, memory: &host),
        case let wish = FeatureBits(rawValue: UInt128(bits)),
        accepted.intersection(.netGuestOffloads).isSuperset(of: wish)
      else { return false }
      offloads = wish
      return true
    }
  }

  /// Two lists of addresses, each behind its length: unicast, and multicast. Nothing changes unless both are whole.
  private mutating func setTable(
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

  private mutating func append(
    _ count: UInt32, isMulticast: Bool, _ input: inout SegmentCursor, _ segments: Span<Segment>,
    _ host: inout some DeviceHost & ~Copyable
  ) {
    // One more than there is room for says that they are too many.
    for _ in 0..<min(Int(count), NetworkFilter.tableLimit + 1) {
      guard let address = Self.address(&input, segments, &host) else { return }
      filter.append(address, isMulticast: isMulticast)
    }
  }

  private static func address(
    _ input: inout SegmentCursor, _ segments: Span<Segment>, _ host: inout some DeviceHost & ~Copyable
  ) -> UInt64? {
    guard let low = input.number(UInt32.self, segments, memory: &host),
      let high = input.number(UInt16.self, segments, memory: &host)
    else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }
}

extension SegmentCursor {
  /// Leaves out some bytes.
  fileprivate mutating func skip(_ count: UInt64, _ segments: Span<Segment>) {
    var left = count
    while left > 0, let piece = next(segments, atMost: left) { left -= UInt64(piece.length) }
  }
}

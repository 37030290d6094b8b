import VirtioSpec

/// What a driver, or a peer, leaves to do for a frame: bits 28 to 31 of the number that has its seed.
@usableFromInline
enum Offload: UInt8 {
  /// Nothing; the fields for checksums may hold anything.
  case none
  /// The checksum of UDP, over IPv4 and IPv6.
  case udp4, udp6
  /// Segments of TCP, over IPv4 and IPv6, with and without a congestion window that was reduced.
  case tcp4, tcp4Reduced, tcp6, tcp6Reduced
  /// A checksum where the number says, in a frame of no protocol.
  case asTold
  /// Nothing, but `hdr_len` holds something.
  case headerLength
  /// Segments without a checksum, and without a size: nobody may ask for those.
  case unsummed, unsized
  /// Segments of a kind that is not agreed upon.
  case fragments
  /// The checksum of UDP over IPv4, or none, and a flag that only a device sets.
  case udp4Valid, valid
  /// The checksum of TCP, over IPv4 and IPv6.
  case tcp4Whole, tcp6Whole

  @inlinable
  init(_ number: UInt64) { self = Offload(rawValue: UInt8(truncatingIfNeeded: number >> 28) & 15) ?? .none }

  @inlinable
  var isIPv6: Bool {
    switch self {
    case .udp6, .tcp6, .tcp6Reduced, .tcp6Whole: true
    default: false
    }
  }

  @inlinable
  var isUDP: Bool { self == .udp4 || self == .udp6 || self == .udp4Valid }

  @inlinable
  var isReduced: Bool { self == .tcp4Reduced || self == .tcp6Reduced }

  /// `gso_type`
  @inlinable
  var gsoType: UInt8 {
    switch self {
    case .tcp4, .unsummed, .unsized: Network.gsoTCP4
    case .tcp4Reduced: Network.gsoTCP4 | Network.gsoECN
    case .tcp6: Network.gsoTCP6
    case .tcp6Reduced: Network.gsoTCP6 | Network.gsoECN
    case .fragments: Network.gsoUDP
    default: 0
    }
  }

  /// `flags`
  @inlinable
  var flags: UInt8 {
    switch self {
    case .none, .headerLength, .unsummed: 0
    case .valid: Network.dataValid
    case .udp4Valid: Network.needsChecksum | Network.dataValid
    default: Network.needsChecksum
    }
  }
}

extension Driver {
  /// `gso_size` where the step does not say, in bytes.
  @inlinable static var usualGSOSize: UInt16 { 100 }

  /// Makes the frame what its offload is for, a packet from `start` on with room for its headers, and says what is left to do.
  ///
  /// Of `number`, bits 32 to 47 and 48 to 63 are what `csum_start` and `csum_offset` hold, where nothing else decides that;
  /// else `gso_size` and `hdr_len`, unless they are 0: then those are right.
  @inlinable
  mutating func offload(_ number: UInt64, from start: Int, _ length: Int) -> NetworkHeader {
    let kind = Offload(number)
    let (low, high) = (UInt16(truncatingIfNeeded: number >> 32), UInt16(truncatingIfNeeded: number >> 48))
    var header = NetworkHeader(flags: kind.flags, gsoType: kind.gsoType)
    switch kind {
    case .none, .asTold, .valid:
      header.checksumStart = low
      header.checksumOffset = high
    case .headerLength: header.headerLength = high
    default:
      let transport = start + (kind.isIPv6 ? Internet.ipv6HeaderSize : Internet.ipv4HeaderSize)
      let end = transport + (kind.isUDP ? Internet.udpHeaderSize : Internet.tcpHeaderSize)
      guard end <= length else { return NetworkHeader() }
      putInternetHeader(kind, at: start, transport, length)
      putTransportHeader(kind, at: transport, length)
      header.headerLength = high == 0 ? UInt16(end) : high
      if kind.gsoType != 0, kind != .unsized { header.gsoSize = low == 0 ? Self.usualGSOSize : low }
      header.checksumStart = UInt16(transport)
      header.checksumOffset = UInt16(kind.isUDP ? Internet.udpChecksum : Internet.tcpChecksum)
    }
    return header
  }

  @inlinable
  mutating func putInternetHeader(_ kind: Offload, at start: Int, _ transport: Int, _ length: Int) {
    let proto = kind.isUDP ? Internet.udp : Internet.tcp
    if kind.isIPv6 {
      putPair(Internet.ipv6Type, at: start - 2)
      putNumber(UInt32(0x6000_0000), at: start)
      putNumber(UInt16(length - transport), at: start + 4)
      putPair((proto, 64), at: start + 6)
      // fd00::1 to fd00::2
      for host: UInt64 in 0..<2 {
        putNumber(0xfd00_0000_0000_0000 as UInt64, at: start + 8 + 16 * Int(host))
        putNumber(host + 1, at: start + 16 + 16 * Int(host))
      }
    } else {
      putPair(Internet.ipv4Type, at: start - 2)
      putNumber(UInt32(0x4500_0000) | UInt32(length - start), at: start)
      // With an identification, not to be cut by anybody on the way.
      putNumber(UInt32(0x0007_4000), at: start + 4)
      putPair((64, proto), at: start + 8)
      putNumber(UInt16(0), at: start + 10)
      // 10.0.0.1 to 10.0.0.2
      putNumber(UInt64(0x0a00_0001_0a00_0002), at: start + 12)
      putNumber(~sum(start..<transport), at: start + 10)
    }
  }

  /// A header of UDP or TCP, with the sum of what its checksum counts besides.
  @inlinable
  mutating func putTransportHeader(_ kind: Offload, at start: Int, _ length: Int) {
    putNumber(UInt32(0x0400_0401), at: start)
    let size = UInt16(length - start)
    if kind.isUDP {
      putNumber(UInt32(size) << 16, at: start + 4)
    } else {
      putNumber(UInt64(0x0000_0001_0000_0001), at: start + 4)
      // Five words, with ACK and PSH.
      putPair((0x50, 0x18 | (kind.isReduced ? Internet.congestionWindowReduced : 0)), at: start + 12)
      putNumber(UInt16(1024), at: start + 14)
      putNumber(UInt32(0), at: start + 16)
    }
    // Both addresses are right in front.
    let addresses = sum(start - (kind.isIPv6 ? 32 : 8)..<start)
    let besides = UInt32(addresses) + UInt32(size) + UInt32(kind.isUDP ? Internet.udp : Internet.tcp)
    let folded = UInt16(truncatingIfNeeded: besides >> 16 + besides & 0xffff)
    putNumber(folded, at: start + (kind.isUDP ? Internet.udpChecksum : Internet.tcpChecksum))
  }

  /// The ones' complement sum of an even number of the frame's bytes.
  @inlinable
  func sum(_ range: Range<Int>) -> UInt16 {
    var sum: UInt32 = 0
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      sum += UInt32(frame[Self.frameStart + place]) << 8 + UInt32(frame[Self.frameStart + place + 1])
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return UInt16(truncatingIfNeeded: sum)
  }
}

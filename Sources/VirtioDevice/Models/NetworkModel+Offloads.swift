import VirtioMemory
import VirtioSpec

// What is left to do for a frame when it changes hands (sections 5.1.6.2 and 5.1.6.4).
extension NetworkModel {
  /// What a frame that goes out still needs, of what its header asks for; nil where it asks for what was not agreed upon, or for
  /// what cannot be done. `hdr_len` is not looked at: it may hold anything.
  func request(_ header: NetworkHeader, for frame: RawSpan) -> NetworkHeader? {
    let agreed: FeatureBits
    switch header.segmentation {
    case 0: agreed = []
    case Network.gsoTCP4: agreed = .netHostTSO4
    case Network.gsoTCP6: agreed = .netHostTSO6
    default: return nil
    }
    guard accepted.isSuperset(of: agreed) else { return nil }
    // Flags that are not known, or not agreed upon, are none.
    let needsChecksum = header.needsChecksum && accepted.contains(.netChecksum)
    return header.checked(for: frame, needsChecksum: needsChecksum)
  }

  /// Makes the frame that came first for a pair one that the guest takes as it is, with what the driver left on.
  ///
  /// - Returns: whether it is; else it has to be dropped.
  mutating func prepareFirst(_ pair: Int) -> Bool {
    let header = frames[pair].firstHeader
    if !offloads.contains(.netGuestChecksum) {
      guard header.segmentation == 0 else { return false }
      if header.needsChecksum { frames[pair].completeFirst() }
      return true
    }
    if header.segmentation != 0, header.hasECN, !offloads.contains(.netGuestECN) { return false }
    return switch header.segmentation {
    case 0: true
    case Network.gsoTCP4: offloads.contains(.netGuestTSO4)
    default: offloads.contains(.netGuestTSO6)
    }
  }
}

extension NetworkHeader {
  /// What this header says of a frame that somebody hands on, in the device's own words; nil where that cannot be.
  func checked(for frame: RawSpan, needsChecksum: Bool) -> NetworkHeader? {
    guard needsChecksum else { return segmentation == 0 ? NetworkHeader() : nil }
    guard checksumPlace + 2 <= frame.byteCount else { return nil }
    var header = NetworkHeader(flags: Network.needsChecksum)
    header.checksumStart = checksumStart
    header.checksumOffset = checksumOffset
    switch segmentation {
    case 0: return header
    case Network.gsoTCP4, Network.gsoTCP6: break
    default: return nil
    }
    let start = Int(checksumStart)
    // The length of TCP's header is in front of its checksum, which is in the frame.
    guard gsoSize > 0, checksumOffset == Internet.tcpChecksum else { return nil }
    let words = Int(frame.unsafeLoad(fromByteOffset: start + Internet.tcpDataOffset, as: UInt8.self) >> 4)
    let end = start + 4 * words
    guard 4 * words >= Internet.tcpHeaderSize, end <= frame.byteCount, let length = UInt16(exactly: end) else {
      return nil
    }
    header.gsoType = gsoType
    header.gsoSize = gsoSize
    header.headerLength = length
    return header
  }
}

extension TrackedBytes {
  /// Completes the checksum of a frame of `length` bytes at `offset`, as its header says, which has been checked.
  mutating func completeChecksum(_ offset: Int, length: Int, _ header: NetworkHeader) {
    let start = Int(header.checksumStart)
    let checksum = withBytes(offset + start, length - start) { Self.checksum(of: $0) }
    // 0 would say to UDP that there is none; of the two zeroes, either is right.
    store((checksum == 0 ? 0xffff : checksum).bigEndian, at: offset + header.checksumPlace)
  }

  /// The Internet's checksum (RFC 1071).
  private static func checksum(of bytes: RawSpan) -> UInt16 {
    var sum: UInt64 = 0
    var place = 0
    while place + 1 < bytes.byteCount {
      sum += UInt64(UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt16.self)))
      place += 2
    }
    if place < bytes.byteCount { sum += UInt64(bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)) << 8 }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}

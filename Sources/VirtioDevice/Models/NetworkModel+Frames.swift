import VirtioMemory
import VirtioSpec

// Frames on their way into the guest, and out of it.
extension NetworkModel {
  @usableFromInline var headerSize: Int { Network.headerSize(isLegacy: isLegacy, accepted) }

  /// A frame comes in behind its `NetworkHeader`. `canReceive` has a bit for each pair whose receive queue is live.
  mutating func deliver(_ bytes: RawSpan, canReceive: UInt8) {
    guard isLinkUp, bytes.byteCount >= NetworkHeader.size + Ethernet.headerSize else { return }
    let frame = bytes.extracting(NetworkHeader.size..<bytes.byteCount)
    let told = NetworkHeader(bytes)
    guard let header = told.checked(for: frame, needsChecksum: told.needsChecksum) else { return }
    let type = (
      frame.unsafeLoad(fromByteOffset: 12, as: UInt8.self), frame.unsafeLoad(fromByteOffset: 13, as: UInt8.self)
    )
    var tag: UInt16?
    if type == Ethernet.tagType {
      guard frame.byteCount >= Ethernet.headerSize + Ethernet.tagSize else { return }
      tag = UInt16(bigEndian: frame.unsafeLoadUnaligned(fromByteOffset: 14, as: UInt16.self)) & 0xfff
    }
    let limit = Self.mtu + Ethernet.headerSize + (tag == nil ? 0 : Ethernet.tagSize)
    guard header.segmentation != 0 || frame.byteCount <= limit else { return }
    guard filter.passes(Self.address(0, of: frame), tag: tag),
      let pair = steer(Self.address(Ethernet.addressSize, of: frame), canReceive)
    else { return }
    _ = frames[pair].append(frame, header)
  }

  /// The pair whose queue a frame from an address goes to: the one that last sent to it, or any. Nil where there is none.
  private func steer(_ source: UInt64, _ canReceive: UInt8) -> Int? {
    let entry = steering[Self.slot(source)]
    let wish = entry.address == source ? entry.pair : Self.slot(source)
    for step in 0..<activePairs {
      let pair = (wish + step) % activePairs
      if canReceive >> UInt8(pair) & 1 != 0 { return pair }
    }
    return nil
  }

  private static func slot(_ address: UInt64) -> Int { Int(address >> 40 & 15) }

  private static func address(_ offset: Int, of frame: RawSpan) -> UInt64 {
    UInt64(frame.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
      | UInt64(frame.unsafeLoadUnaligned(fromByteOffset: offset + 4, as: UInt16.self).littleEndian) << 32
  }

  public mutating func fit(_ queue: Int, chains: Int, room: UInt64) -> InputFit {
    guard case .receive(let pair) = role(queue) else { return .fits }
    guard prepareFirst(pair) else {
      frames[pair].removeFirst()
      return .dropped
    }
    if room >= UInt64(headerSize + frames[pair].firstLength) {
      chainsOfFrame = chains
      return .fits
    }
    if accepted.contains(.netMergeableBuffers) && chains < GatheredChains.limit { return .needsMore }
    frames[pair].removeFirst()
    return .dropped
  }

  /// Fills one of the chains of a frame: with its header, and with as much of it as there is room for.
  @inlinable
  mutating func fill(
    _ chain: Chain, _ segments: Span<Segment>, from pair: Int, _ host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    let headerSize = headerSize
    var output = SegmentCursor.writable(chain)
    let count = Int(min(chain.writableBytes, UInt64(headerSize + frames[pair].firstLength - sentBytes)))
    var done = 0
    if sentBytes < headerSize {
      let header = InlineArray<1, UInt128>(repeating: firstHeader(pair).littleEndian)
      done = min(count, headerSize - sentBytes)
      guard output.write(header.span.bytes.extracting(sentBytes..<sentBytes + done), segments, memory: &host) else {
        return 0
      }
    }
    let start = sentBytes + done - headerSize
    if done < count {
      let isWritten = frames[pair].withFirst(start..<start + count - done) {
        output.write($0, segments, memory: &host)
      }
      if !isWritten { return UInt32(done) }
    }
    noteSent(count, pair)
    return UInt32(count)
  }

  /// The header of the frame on its way into the guest, with how many chains it takes.
  @usableFromInline
  func firstHeader(_ pair: Int) -> UInt128 {
    frames[pair].firstHeader.littleEndian | UInt128(chainsOfFrame) << UInt128(8 * Network.bufferCount)
  }

  /// `count` more bytes of the frame on its way into the guest are there.
  @usableFromInline
  mutating func noteSent(_ count: Int, _ pair: Int) {
    sentBytes += count
    guard sentBytes == headerSize + frames[pair].firstLength else { return }
    sentBytes = 0
    frames[pair].removeFirst()
  }

  /// Sends a frame, if it can be sent as its header asks for.
  @inlinable
  mutating func transmit(
    _ chain: Chain, _ segments: Span<Segment>, _ pair: Int, _ host: inout some DeviceHost & ~Copyable
  ) {
    guard canSend(chain.readableBytes) else { return }
    var input = SegmentCursor.readable(chain)
    var count = 0
    while let piece = input.next(segments, atMost: .max) {
      let isRead = outgoing.withMutableBytes(count, Int(piece.length)) { host.read(piece.address, into: &$0) }
      guard isRead else { return }
      count += Int(piece.length)
    }
    guard let start = prepareOutgoing(count, pair) else { return }
    outgoing.withBytes(start, count - start) { host.emit($0, from: pair) }
  }

  /// Whether so many bytes may be a frame behind its header, and there is somewhere to send it.
  @usableFromInline
  func canSend(_ count: UInt64) -> Bool {
    isLinkUp && count >= UInt64(headerSize + Ethernet.headerSize)
      && count <= UInt64(headerSize + FrameQueue.maxLargeFrame)
  }

  /// Makes what the driver sent, `count` bytes of it, what goes onto the wire. Its checksum is completed, if that is asked for; one
  /// that has to be cut goes out as it is, behind a header that says so, for whoever puts it onto a cable.
  ///
  /// - Returns: where it begins in ``outgoing``; nil where it asks for what cannot be done, such as a checksum outside of it.
  @usableFromInline
  mutating func prepareOutgoing(_ count: Int, _ pair: Int) -> Int? {
    let size = headerSize
    let told = outgoing.withBytes(0, NetworkHeader.size) { NetworkHeader($0) }
    guard var header = outgoing.withBytes(size, count - size, { request(told, for: $0) }),
      count - size <= FrameQueue.limit(header)
    else { return nil }
    if header.needsChecksum, header.segmentation == 0 {
      outgoing.completeChecksum(size, length: count - size, header)
      header = NetworkHeader()
    }
    // On the wire, nothing comes between the header and the frame.
    let start = size - NetworkHeader.size
    outgoing.store(UInt64(truncatingIfNeeded: header.littleEndian), at: start)
    outgoing.store(header.checksumOffset, at: start + Network.checksumOffset)
    let destination = outgoing.withBytes(start, count - start) { Self.address(NetworkHeader.size, of: $0) }
    steering[Self.slot(destination)] = Steering(address: destination, pair: pair)
    return start
  }
}

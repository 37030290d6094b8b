import VirtioSpec

// Checksums of frames on their way to the guest.
extension NetworkShadow {
  func byte(_ index: Int, of place: Int) -> UInt8 { frameData[place * Self.frameBytes + index] }

  private func received(_ index: Int, _ pair: Int) -> UInt8 { assembled[pair * Self.frameBytes + index] }

  /// Whether what was left to do for a frame can be done.
  func isSound(_ place: Int) -> Bool {
    let frame = frames[place]
    guard frame.header.needsChecksum else { return frame.header.segmentation == 0 }
    guard frame.header.checksumPlace + 2 <= frame.length else { return false }
    guard frame.header.segmentation != 0 else { return true }
    let kind = frame.header.segmentation
    let start = Int(frame.header.checksumStart)
    guard kind == Network.gsoTCP4 || kind == Network.gsoTCP6, frame.header.gsoSize > 0,
      frame.header.checksumOffset == Internet.tcpChecksum, start + Internet.tcpHeaderSize <= frame.length
    else { return false }
    return Internet.tcpHeaderSize...frame.length - start ~= tcpHeaderSize(of: place)
  }

  /// How long a header of TCP says it is, in bytes.
  func tcpHeaderSize(of place: Int) -> Int {
    4 * Int(byte(Int(frames[place].header.checksumStart) + Internet.tcpDataOffset, of: place) >> 4)
  }

  /// The checksum that completes a frame, of which that can be said.
  func checksum(of place: Int) -> UInt16 {
    var sum = OnesComplementSum()
    withBytes(Int(frames[place].header.checksumStart)..<frames[place].length, of: place) { sum.append($0) }
    return sum.checksum
  }

  /// What a pair's queue was given in that place.
  func receivedChecksum(_ place: Int, _ pair: Int) -> UInt16 {
    receivedNumber(at: frames[place].header.checksumPlace, pair)
  }

  private func receivedNumber(at index: Int, _ pair: Int) -> UInt16 {
    OnesComplementSum.normal(UInt16(received(index, pair)) << 8 | UInt16(received(index + 1, pair)))
  }

  /// Whether what a pair's queue was given, completed as a header says, is the frame as it is when it is complete.
  func isCompleted(_ place: Int, _ pair: Int, by header: NetworkHeader) -> Bool {
    let frame = frames[place]
    let target = header.checksumPlace
    guard target + 2 <= frame.length else { return false }
    var sum = OnesComplementSum()
    withReceived(Int(header.checksumStart)..<frame.length, pair) { sum.append($0) }
    // Of a frame that came complete, what is in that place is so already.
    guard frame.header.needsChecksum, frame.isSound else { return sum.checksum == receivedNumber(at: target, pair) }
    let expected = checksum(of: place)
    if target == frame.header.checksumPlace { return sum.checksum == expected }
    return receivedChecksum(place, pair) == expected && sum.checksum == receivedNumber(at: target, pair)
  }

  /// Whether what is in the place of a frame's checksum is what it came with, or completes it, or is said to be incomplete.
  func hasChecksum(_ place: Int, _ pair: Int) -> Bool {
    let gap = frames[place].gap
    guard let first = gap.first, !assemblies[pair].header.needsChecksum else { return true }
    let came = UInt16(byte(first, of: place)) << 8 | UInt16(byte(first + 1, of: place))
    let seen = receivedNumber(at: first, pair)
    return seen == OnesComplementSum.normal(came) || seen == checksum(of: place)
  }

  /// Whether what a pair's queue was given is a frame, and its header says what is left to do for that.
  func headersAgree(_ place: Int, _ pair: Int) -> Bool {
    let told = assemblies[pair].header
    guard told.segmentation == frames[place].header.segmentation else { return false }
    if told.needsChecksum { return isCompleted(place, pair, by: told) }
    return frames[place].gap.isEmpty || receivedChecksum(place, pair) == checksum(of: place)
  }

  /// Whether what a pair's queue was given may be a piece of a frame that had to be cut.
  func mayBeSegment(pair: Int) -> Bool {
    for place in 0..<framesEnd where frames[place].length > assemblies[pair].length {
      guard frames[place].header.segmentation != 0 else { continue }
      if isAlike(place, pair, 0..<Ethernet.headerSize) { return true }
    }
    return false
  }
}

extension NetworkShadow.Frame {
  /// Where the checksum goes, of a frame that came without.
  var gap: Range<Int> {
    guard header.needsChecksum, isSound else { return 0..<0 }
    return header.checksumPlace..<header.checksumPlace + 2
  }
}

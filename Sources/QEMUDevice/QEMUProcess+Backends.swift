import Glibc
import VirtioHarness
import VirtioSpec

// What is outside of the guest.
extension QEMUProcess {
  /// An access that nobody minds, and behind it whatever QEMU had to do before.
  func nudge() throws(DeviceDeath) { _ = try qtest.read(base, width: 4) }

  /// The device is reset, and what is outside of it is as at power-on. Its memory is.
  func rewind(_ kind: QEMUOptions.Kind, isChanged: Bool) throws(DeviceDeath) {
    // What a reset by Status leaves as it is.
    for register in [Register.status, .queueSel, .deviceFeaturesSel, .driverFeaturesSel] {
      try qtest.write(base + UInt64(register.rawValue), width: 4, value: 0, wait: true)
    }
    if isChanged, kind == .block { try resize(sectors: UInt64(Self.capacity)) }
    if isChanged, kind == .network { try setLink(true) }
    if kind == .block { disk.rewind(size: Self.capacity * 512) }
    _ = emissions(kind) { _, _ in }
    try nudge()
    witness.ram.rewind()
    _ = qtest.takeLevels()
    forgetWords()
  }

  func resize(sectors: UInt64) throws(DeviceDeath) {
    _ = try qmp.run("block_resize", #"{"node-name": "disk", "size": \#(sectors * 512)}"#)
  }

  /// Waits for the requests that a block device has begun: a machine does not stop before they are done.
  func finishRequests() throws(DeviceDeath) {
    _ = try qmp.run("stop")
    _ = try qmp.run("cont")
  }

  func setLink(_ isUp: Bool) throws(DeviceDeath) {
    _ = try qmp.run("set_link", #"{"name": "peer", "up": \#(isUp)}"#)
  }

  /// Sends characters to a console, or a frame to a network device, without the `NetworkHeader` before it: whoever is on
  /// this wire has no use for what it offers.
  func deliver(_ bytes: RawSpan, to port: Int, _ kind: QEMUOptions.Kind) -> Int {
    let header = kind == .network ? NetworkHeader.size : 0
    guard kind == .network || (kind == .console && peers.indices.contains(port)), bytes.byteCount > header else {
      return 0
    }
    let peer = peers[kind == .network ? 0 : port]
    return bytes.withUnsafeBytes { all in
      guard all[..<header].allSatisfy({ $0 == 0 }) else { return 0 }
      let sent = send(peer, all.baseAddress! + header, all.count - header, Int32(MSG_NOSIGNAL))
      return sent > 0 ? header + sent : 0
    }
  }

  /// Whether there are bytes for it that it has not taken in: the next program would get them.
  var hasUnreadInput: Bool {
    peers.contains { peer in
      var count: Int32 = 0
      return ioctl(peer, UInt(TIOCOUTQ), &count) == 0 && count > 0
    }
  }

  /// What it has put out since the last time, a frame behind an empty header.
  ///
  /// - Returns: Whether that was anything.
  func emissions(_ kind: QEMUOptions.Kind, _ take: (RawSpan, _ port: Int) -> Void) -> Bool {
    let header = kind == .network ? NetworkHeader.size : 0
    guard kind == .network || kind == .console else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 0x1_0000, alignment: 1) { bytes in
      var isAny = false
      for (port, peer) in peers.enumerated() {
        while true {
          let count = recv(peer, bytes.baseAddress! + header, bytes.count - header, Int32(MSG_DONTWAIT))
          guard count > 0 else { break }
          isAny = true
          memset(bytes.baseAddress!, 0, header)
          take(UnsafeRawBufferPointer(rebasing: bytes[..<(header + count)]).bytes, port)
        }
      }
      return isAny
    }
  }
}

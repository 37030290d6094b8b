import Glibc
import VirtioHarness

/// Lines of text to a process and back, over a socket.
struct Lines: ~Copyable {
  /// How long an answer may take.
  static let patience: Int32 = 5000

  let descriptor: Int32
  private var output: [UInt8] = []
  private var input: [UInt8] = []
  private var start = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Adds a line to what goes out with the next ``flush()``.
  mutating func put(_ line: String) {
    output.append(contentsOf: line.utf8)
    output.append(UInt8(ascii: "\n"))
  }

  mutating func flush() throws(DeviceDeath) {
    var done = 0
    while done < output.count {
      let sent = output.withUnsafeBytes {
        send(descriptor, $0.baseAddress! + done, $0.count - done, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { throw .crash }
      done += sent
    }
    output.removeAll(keepingCapacity: true)
  }

  /// The next line, without its end.
  mutating func next() throws(DeviceDeath) -> String {
    while true {
      if let end = input[start...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: input[start..<end], as: UTF8.self)
        start = end + 1
        if start == input.count {
          input.removeAll(keepingCapacity: true)
          start = 0
        }
        return line
      }
      try receive()
    }
  }

  private mutating func receive() throws(DeviceDeath) {
    for _ in 0..<Self.tries where try receive(Int32(MSG_DONTWAIT)) { return }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var ready: Int32
    repeat { ready = poll(&waiting, 1, Self.patience) } while ready < 0 && errno == EINTR
    guard ready > 0 else { throw .hang }
    _ = try receive(0)
  }

  /// Most answers come sooner than a process that sleeps is woken.
  private static let tries = 100

  /// Whether there was anything.
  private mutating func receive(_ flags: Int32) throws(DeviceDeath) -> Bool {
    let count = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { bytes in
      let count = recv(descriptor, bytes.baseAddress, bytes.count, flags)
      if count > 0 { input.append(contentsOf: bytes[..<count]) }
      return count
    }
    guard count <= 0 else { return true }
    guard count < 0, errno == EINTR || errno == EAGAIN else { throw .crash }
    return false
  }
}

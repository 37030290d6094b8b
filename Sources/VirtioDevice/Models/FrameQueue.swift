import VirtioMemory
import VirtioSpec

/// Frames that have come in for one receive queue and wait for room in the guest, each behind its `NetworkHeader`.
@usableFromInline
struct FrameQueue: ~Copyable {
  /// More are not kept.
  @inlinable static var limit: Int { 8 }
  /// The longest frame: the MTU behind a header with a tag.
  static var maxFrame: Int { NetworkModel.mtu + Ethernet.headerSize + Ethernet.tagSize }
  /// The longest frame that has to be cut yet: a packet of IPv4 behind such a header.
  @inlinable static var maxLargeFrame: Int { 65535 + Ethernet.headerSize + Ethernet.tagSize }
  @inlinable static var stride: Int { NetworkHeader.size + maxLargeFrame }

  @usableFromInline var bytes = TrackedBytes(count: limit * stride)
  private var lengths = InlineArray<8, Int>(repeating: 0)
  @usableFromInline var first = 0
  private(set) var count = 0

  init() {}

  mutating func removeAll() {
    bytes.rewind()
    first = 0
    count = 0
  }

  /// How long a frame may be.
  static func limit(_ header: NetworkHeader) -> Int { header.segmentation == 0 ? maxFrame : maxLargeFrame }

  /// False where there is no room for it.
  mutating func append(_ frame: RawSpan, _ header: NetworkHeader) -> Bool {
    guard count < Self.limit, frame.byteCount <= Self.limit(header) else { return false }
    let place = (first + count) % Self.limit
    put(header, at: place)
    bytes.write(frame, at: place * Self.stride + NetworkHeader.size)
    lengths[place] = frame.byteCount
    count += 1
    return true
  }

  private mutating func put(_ header: NetworkHeader, at place: Int) {
    bytes.store(UInt64(truncatingIfNeeded: header.littleEndian), at: place * Self.stride)
    bytes.store(header.checksumOffset, at: place * Self.stride + Network.checksumOffset)
  }

  /// How long the frame is that came first. Only while there is one.
  @usableFromInline var firstLength: Int { lengths[first] }

  /// What is left to do for the frame that came first.
  var firstHeader: NetworkHeader { bytes.withBytes(first * Self.stride, NetworkHeader.size) { NetworkHeader($0) } }

  /// Completes the checksum of the frame that came first.
  mutating func completeFirst() {
    bytes.completeChecksum(first * Self.stride + NetworkHeader.size, length: firstLength, firstHeader)
    put(NetworkHeader(), at: first)
  }

  /// Part of the frame that came first.
  @inlinable
  func withFirst<R>(_ range: Range<Int>, _ body: (RawSpan) -> R) -> R {
    bytes.withBytes(first * Self.stride + NetworkHeader.size + range.lowerBound, range.count, body)
  }

  @usableFromInline
  mutating func removeFirst() {
    first = (first + 1) % Self.limit
    count -= 1
  }
}

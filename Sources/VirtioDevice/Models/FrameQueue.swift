import VirtioMemory

/// Frames that have come in for one receive queue and wait for room in the guest.
struct FrameQueue: ~Copyable {
  /// More are not kept.
  static let limit = 8
  /// The longest frame: 1500 bytes behind a header with a tag.
  static let maxFrame = 1518
  private static let stride = 1536

  private var bytes = TrackedBytes(count: limit * stride)
  private var lengths = InlineArray<8, Int>(repeating: 0)
  private var first = 0
  private(set) var count = 0

  init() {}

  mutating func removeAll() {
    bytes.rewind()
    first = 0
    count = 0
  }

  /// False where there is no room for it.
  mutating func append(_ frame: RawSpan) -> Bool {
    guard count < Self.limit, frame.byteCount <= Self.maxFrame else { return false }
    let place = (first + count) % Self.limit
    bytes.write(frame, at: place * Self.stride)
    lengths[place] = frame.byteCount
    count += 1
    return true
  }

  /// How long the frame is that came first. Only while there is one.
  var firstLength: Int { lengths[first] }

  /// Part of the frame that came first.
  func withFirst<R>(_ range: Range<Int>, _ body: (RawSpan) -> R) -> R {
    bytes.withBytes(first * Self.stride + range.lowerBound, range.count, body)
  }

  mutating func removeFirst() {
    first = (first + 1) % Self.limit
    count -= 1
  }
}

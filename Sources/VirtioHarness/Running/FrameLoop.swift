import VirtioProgram
import VirtioSpec

/// A wire whose other end is the device's own: what goes out waits here until it comes back in, each frame behind the
/// `NetworkHeader` that it went out with.
@usableFromInline
struct FrameLoop: ~Copyable {
  /// What goes out beyond that is lost, and so is a longer frame.
  @inlinable static var limit: Int { 8 }
  @inlinable static var maxFrame: Int { NetworkHeader.size + 8192 }

  @usableFromInline var bytes = [UInt8](repeating: 0, count: limit * maxFrame)
  @usableFromInline var lengths = InlineArray<8, Int>(repeating: 0)
  @usableFromInline var first = 0
  @usableFromInline var count = 0
  @usableFromInline var isClosed = false

  @usableFromInline
  init() {}

  @usableFromInline
  mutating func rewind() {
    first = 0
    count = 0
    isClosed = false
  }

  @usableFromInline
  mutating func note(_ change: LinkChange) {
    switch change {
    case .loop: isClosed = true
    case .peer: rewind()
    // Of the device, and not of the wire.
    case .up, .down, .announce: break
    }
  }

  @usableFromInline
  mutating func append(_ frame: RawSpan) {
    guard isClosed, count < Self.limit, frame.byteCount <= Self.maxFrame else { return }
    let place = (first + count) % Self.limit
    for index in 0..<frame.byteCount {
      bytes[place * Self.maxFrame + index] = frame.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
    lengths[place] = frame.byteCount
    count += 1
  }

  /// Where among the bytes the frame is that went out first; nil where none waits.
  @usableFromInline
  mutating func takeFirst() -> Range<Int>? {
    guard count > 0 else { return nil }
    let start = first * Self.maxFrame
    let length = lengths[first]
    first = (first + 1) % Self.limit
    count -= 1
    return start..<start + length
  }
}

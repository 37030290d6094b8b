import VirtioMemory
import VirtioSpec

/// An entropy device (section 5.4): one queue, no features, no configuration.
public struct EntropyModel<Source: EntropySource & ~Copyable>: ~Copyable, DeviceModel {
  @inlinable
  public static var deviceType: DeviceType { .entropy }

  /// The most bytes that one request is given; the rest of its buffer stays as it is (RNG-DEV-02).
  @inlinable
  public static var maxTransfer: UInt64 { 65536 }

  public var source: Source
  /// The source has dried up: requests wait.
  public var isFailing = false

  public init(source: consuming Source) { self.source = source }

  @inlinable
  public var features: FeatureBits { [] }
  @inlinable
  public var config: ConfigBytes { ConfigBytes(count: 0) }
  @inlinable
  public var isAvailable: Bool { !isFailing }

  @inlinable
  public mutating func featuresChanged(to features: FeatureBits) {}

  @inlinable
  public mutating func reset() {}

  @inlinable
  public mutating func writeConfig(
    _ offset: UInt32, width: Int, value: UInt32, host: inout some DeviceHost & ~Copyable
  ) {}

  @inlinable
  public mutating func serve(
    _ chain: Chain, _ segments: Span<Segment>, host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    let total = min(chain.writableBytes, Self.maxTransfer)
    var output = SegmentCursor.writable(chain)
    var done: UInt64 = 0
    while done < total {
      var words = InlineArray<32, UInt64>(repeating: 0)
      let count = min(UInt64(MemoryLayout.size(ofValue: words)), total - done)
      for index in 0..<Int((count + 7) / 8) { words[index] = source.next() }
      guard output.write(words.span.bytes.extracting(0..<Int(count)), segments, memory: &host) else { break }
      done += count
    }
    return UInt32(truncatingIfNeeded: done)
  }
}

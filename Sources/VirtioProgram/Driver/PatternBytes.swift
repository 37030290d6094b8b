/// The bytes that drivers write into buffers: for every ``Pattern`` a stretch that a payload is cut from.
@usableFromInline
struct PatternBytes {
  /// The longest payload, in bytes.
  @inlinable static var maxLength: Int { 8192 }
  /// Seeds choose where in the stretch a payload starts.
  @inlinable static var seeds: Int { 1024 }

  @usableFromInline let bytes: [UInt8]

  init() {
    let length = Self.maxLength + Self.seeds
    var noise: UInt64 = 0x5eed
    var bytes = [UInt8](repeating: 0, count: length)
    bytes += [UInt8](repeating: 0xff, count: length)
    bytes += (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    for _ in 0..<length {
      noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(UInt8(truncatingIfNeeded: noise >> 56))
    }
    self.bytes = bytes
  }

  @inlinable
  func range(_ pattern: Pattern, seed: UInt64, length: Int) -> Range<Int> {
    let start = Int(pattern.rawValue) * (Self.maxLength + Self.seeds) + Int(seed % UInt64(Self.seeds))
    return start..<start + min(length, Self.maxLength)
  }
}

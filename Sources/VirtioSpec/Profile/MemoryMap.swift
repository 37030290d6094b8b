/// Where the guest's RAM is: regions in ascending order that do not overlap. Neighbours may touch.
public struct MemoryMap: Equatable, Sendable {
  /// One stretch of RAM. `base + size` never exceeds 2^64 - 1.
  public struct Region: Equatable, BitwiseCopyable, Sendable {
    public let base: UInt64
    /// In bytes, not 0.
    public let size: UInt64

    @inlinable
    public init(base: UInt64, size: UInt64) {
      self.base = base
      self.size = size
    }

    /// The first address behind the region.
    @inlinable
    public var end: UInt64 { base + size }
  }

  public let regions: [Region]

  public init(_ regions: [Region]) {
    precondition(
      zip(regions, regions.dropFirst()).allSatisfy { $0.end <= $1.base } && regions.allSatisfy { $0.size > 0 },
      "regions must not be empty, must be in ascending order and must not overlap")
    self.regions = regions
  }

  /// The map of programs that wish for nothing else: a small low region; two that touch, so that a buffer can lie
  /// across a border without leaving RAM; and one above 4 GiB. Holes between all others.
  public static let standard = MemoryMap([
    Region(base: 0x0001_0000, size: 0x1_0000),
    Region(base: 0x4000_0000, size: 0x1_0000),
    Region(base: 0x4001_0000, size: 0x1_0000),
    Region(base: 0x1_8000_0000, size: 0x1_0000),
  ])
}

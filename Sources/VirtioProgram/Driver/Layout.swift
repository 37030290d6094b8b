import VirtioSpec

/// Where a driver puts its rings, tables and buffers, and where the places are that a step can name.
///
/// Of every region that is large enough, the first 32 KiB are for rings, 4 KiB for indirect tables, and the rest is for
/// buffers.
public struct Layout: ~Copyable {
  /// The smallest region that is used, in bytes.
  static let minRegionSize: UInt64 = 0x1_0000
  /// The distance between the rings of two queues that share a region: there is room for four.
  @inlinable static var ringStride: UInt64 { 0x2000 }
  /// The largest queue whose rings fit that distance; larger ones need a region of their own.
  @inlinable static var strideSize: UInt32 { 256 }
  /// The largest queue whose rings fit the space for rings.
  @inlinable static var ringSizeLimit: UInt32 { 1024 }
  @inlinable static var tables: UInt64 { 0x8000 }
  /// The size of one indirect table: 32 descriptors.
  @inlinable static var tableSize: UInt64 { 0x200 }
  @inlinable static var tablesPerRegion: UInt64 { 8 }
  @inlinable static var buffers: UInt64 { 0x9000 }
  @inlinable static var buffersEnd: UInt64 { 0x1_0000 }

  /// The regions of the map, up to 8.
  @usableFromInline var regions = FixedArray(repeating: MemoryMap.Region(base: 0, size: 0), count: 8)
  @usableFromInline var regionCount = 0
  /// The bases of those that are large enough.
  @usableFromInline var bases = FixedArray<UInt64>(repeating: 0, count: 8)
  @usableFromInline var baseCount = 0

  /// The map must have a region of at least 64 KiB.
  public init(_ map: MemoryMap) {
    for region in map.regions.prefix(8) {
      regions[regionCount] = region
      regionCount += 1
      if region.size >= Self.minRegionSize {
        bases[baseCount] = region.base
        baseCount += 1
      }
    }
    precondition(baseCount > 0, "a driver needs a region of at least 64 KiB")
  }

  @inlinable
  func base(_ number: UInt64) -> UInt64 { bases[Int(number % UInt64(baseCount))] }

  /// Where the rings of a queue go.
  @inlinable
  func rings(ofQueue queue: Int, _ format: RingFormat, size: UInt32, region: UInt64) -> RingAreas {
    let start = base(region + UInt64(queue)) + (size <= Self.strideSize ? Self.place(ofQueue: queue) : 0)
    // A size that no ring here can have is only announced.
    return RingAreas(at: start, format, size: min(size, Self.ringSizeLimit))
  }

  /// Where in a region the rings of a queue go: every four queues fill the places once, each four from another one on, since
  /// they begin in the same region.
  @inlinable
  static func place(ofQueue queue: Int) -> UInt64 { UInt64((queue + queue / 4) % 4) * ringStride }

  @inlinable
  func table(_ number: UInt64) -> UInt64 {
    base(number / Self.tablesPerRegion) + Self.tables + number % Self.tablesPerRegion * Self.tableSize
  }

  @inlinable
  func buffer(_ number: UInt64) -> UInt64 {
    base(number) + Self.buffers + number / UInt64(baseCount) * SymbolicAddress.bufferSize
  }

  /// The first byte behind a region and, where two touch, inside the next one.
  @inlinable
  func regionEnd(_ number: UInt64) -> UInt64 { regions[Int(number % UInt64(regionCount))].end }

  /// The first byte of a region.
  @inlinable
  func regionStart(_ number: UInt64) -> UInt64 { regions[Int(number % UInt64(regionCount))].base }

  /// The border between two regions that touch; else the end of the first one.
  @inlinable
  var border: UInt64 {
    for index in 1..<max(regionCount, 1) where regions[index].base == regions[index - 1].end {
      return regions[index].base
    }
    return regions[0].end
  }

  /// The last bytes of RAM before a hole.
  @inlinable
  func lastBytes(_ number: UInt64) -> UInt64 { regions[lastTouching(number)].end - 4 }

  /// The last one of the regions that touch one another from this one on.
  @inlinable
  func lastTouching(_ number: UInt64) -> Int {
    var index = Int(number % UInt64(regionCount))
    while index + 1 < regionCount && regions[index + 1].base == regions[index].end { index += 1 }
    return index
  }

  /// An address behind a region that is not RAM.
  @inlinable
  func hole(_ number: UInt64) -> UInt64 {
    let index = lastTouching(number)
    let end = regions[index].end
    let next = index + 1 < regionCount ? regions[index + 1].base : .max
    return (end + (next - end) / 2) & ~0xf
  }
}

/// The three areas of a queue.
@usableFromInline
struct RingAreas {
  @usableFromInline var descriptors: UInt64 = 0
  @usableFromInline var driver: UInt64 = 0
  @usableFromInline var device: UInt64 = 0

  @inlinable
  init() {}

  /// One behind the other, from an aligned address on.
  @inlinable
  init(at start: UInt64, _ format: RingFormat, size: UInt32) {
    descriptors = start
    driver = start &+ format.descriptorAreaSize(size)
    let behind = driver &+ format.driverAreaSize(size)
    device = (behind &+ format.deviceAlignment - 1) & ~(format.deviceAlignment - 1)
  }
}

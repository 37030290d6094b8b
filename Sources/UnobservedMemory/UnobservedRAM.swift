import Glibc
import VirtioDevice
import VirtioSpec

/// Guest RAM that a device reaches by itself, so that nobody sees how: what is in it now, and what a host knows of it.
///
/// What the device does shows as a difference between the two. Behind each stretch of RAM, and before it, is a page that
/// nobody may touch: what leaves RAM in this process dies of it.
public struct UnobservedRAM: ~Copyable {
  /// One stretch of addresses that is RAM, and where its bytes are.
  public struct Extent {
    public let base: UInt64
    public let size: Int
    /// Mapped, and the device's side of this stretch. Whoever else has it may write at any time, so that it is only copied,
    /// and never taken for a value where it is.
    public let bytes: UnsafeMutableRawPointer
    /// Where its bytes are in the copies.
    let offset: Int
  }

  public let extents: [Extent]
  // Sound: `copySize` bytes each, and `place` says that a range is inside of an extent before an address is computed.
  // Freed in deinit.
  private let known: UnsafeMutableRawPointer
  private let seen: UnsafeMutableRawPointer
  private let copySize: Int
  /// Whether a look saw what is not told yet.
  private(set) var hasNews = false

  /// RAM as in `map`, in a file of as many bytes if there is one: then all regions have to touch.
  ///
  /// - Returns: nil, with errno set, where it cannot be mapped.
  public init?(_ map: MemoryMap, file: Int32? = nil) {
    var extents: [Extent] = []
    var total = 0
    for region in map.extents {
      guard let bytes = Self.mapped(Int(region.size), file) else { return nil }
      extents.append(Extent(base: region.base, size: Int(region.size), bytes: bytes, offset: total))
      total += Int(region.size)
    }
    precondition(file == nil || extents.count == 1, "a file is one stretch of RAM")
    self.extents = extents
    copySize = total
    known = .allocate(byteCount: total, alignment: 16)
    seen = .allocate(byteCount: total, alignment: 16)
    rewind()
  }

  deinit {
    for extent in extents { munmap(extent.bytes - Self.guardSize, extent.size + 2 * Self.guardSize) }
    known.deallocate()
    seen.deallocate()
  }

  private static let guardSize = Int(getpagesize())

  private static func mapped(_ size: Int, _ file: Int32?) -> UnsafeMutableRawPointer? {
    let all = mmap(nil, size + 2 * guardSize, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let all, all != MAP_FAILED else { return nil }
    let kind = file == nil ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED
    let bytes = mmap(all + guardSize, size, PROT_READ | PROT_WRITE, kind | MAP_FIXED, file ?? -1, 0)
    return bytes == MAP_FAILED ? nil : bytes
  }

  /// All of it is zero, and known to be.
  public mutating func rewind() {
    for extent in extents { memset(extent.bytes, 0, extent.size) }
    memset(known, 0, copySize)
    memset(seen, 0, copySize)
    hasNews = false
  }

  /// Takes over what a driver wrote; it is known.
  public mutating func write(_ bytes: RawSpan, at address: UInt64) {
    guard bytes.byteCount > 0, let (extent, offset) = place(address, bytes.byteCount) else { return }
    bytes.withUnsafeBytes { source in
      memcpy(extent.bytes + (offset - extent.offset), source.baseAddress!, source.count)
      memcpy(known + offset, source.baseAddress!, source.count)
      memcpy(seen + offset, source.baseAddress!, source.count)
    }
  }

  /// Looks at what is there now. Whoever changes it has to be at rest, or it has to be asked again.
  ///
  /// - Returns: Whether anything changed since the last look.
  mutating func look() -> Bool {
    var hasChanged = false
    for extent in extents where memcmp(extent.bytes, seen + extent.offset, extent.size) != 0 {
      memcpy(seen + extent.offset, extent.bytes, extent.size)
      hasChanged = true
    }
    if hasChanged { hasNews = true }
    return hasChanged
  }

  /// Whether it saw something new in this range, which is all RAM.
  func hasNews(_ address: UInt64, _ count: Int) -> Bool {
    guard let (_, offset) = place(address, count) else { return false }
    return memcmp(known + offset, seen + offset, count) != 0
  }

  /// The number that it saw at an address; nil where that is not RAM.
  func seen<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    guard let (_, offset) = place(address, MemoryLayout<T>.size) else { return nil }
    return T(littleEndian: (seen + offset).loadUnaligned(as: T.self))
  }

  /// Tells a host of what it saw in a range as of one write of the device, as far as the range is RAM.
  mutating func tell(_ address: UInt64, _ count: Int, to host: inout some DeviceHost & ~Copyable) {
    let count = room(address, count)
    guard count > 0, let (_, offset) = place(address, count) else { return }
    _ = host.write(UnsafeRawBufferPointer(start: seen + offset, count: count).bytes, at: address)
    memcpy(known + offset, seen + offset, count)
  }

  /// Tells a host of a number that the device must have written on the way to what it saw.
  mutating func tell(_ number: UInt16, at address: UInt64, to host: inout some DeviceHost & ~Copyable) {
    guard host.store(number, at: address), let (_, offset) = place(address, MemoryLayout<UInt16>.size) else { return }
    (known + offset).storeBytes(of: number.littleEndian, as: UInt16.self)
  }

  /// Tells a host of all that is new in a range, as of a write for each piece without a gap.
  mutating func tellNews(_ address: UInt64, _ count: Int, to host: inout some DeviceHost & ~Copyable) {
    let count = room(address, count)
    guard count > 0, let (_, start) = place(address, count) else { return }
    var offset = start
    while let news = nextNews(in: offset..<start + count) {
      tell(address + UInt64(news.lowerBound - start), news.count, to: &host)
      offset = news.upperBound
    }
  }

  /// Where something is new that is not told yet.
  func news() -> [Range<UInt64>] {
    extents.flatMap { extent in
      var ranges: [Range<UInt64>] = []
      var offset = extent.offset
      while let news = nextNews(in: offset..<extent.offset + extent.size) {
        let start = extent.base + UInt64(news.lowerBound - extent.offset)
        ranges.append(start..<start + UInt64(news.count))
        offset = news.upperBound
      }
      return ranges
    }
  }

  /// Tells a host of all that is new anywhere.
  mutating func tellAllNews(to host: inout some DeviceHost & ~Copyable) {
    for extent in extents { tellNews(extent.base, extent.size, to: &host) }
    hasNews = false
  }

  /// The first bytes of a range of the copies that are not known.
  private func nextNews(in range: Range<Int>) -> Range<Int>? {
    func isNew(_ offset: Int) -> Bool {
      known.load(fromByteOffset: offset, as: UInt8.self) != seen.load(fromByteOffset: offset, as: UInt8.self)
    }
    var first = range.lowerBound
    let block = 1024
    while first + block <= range.upperBound, memcmp(known + first, seen + first, block) == 0 { first += block }
    guard let start = (first..<range.upperBound).first(where: isNew) else { return nil }
    return start..<((start..<range.upperBound).first { !isNew($0) } ?? range.upperBound)
  }

  /// How many of so many bytes are RAM without a gap.
  private func room(_ address: UInt64, _ count: Int) -> Int {
    guard let (extent, offset) = place(address, 1) else { return 0 }
    return min(count, extent.size - (offset - extent.offset))
  }

  private func place(_ address: UInt64, _ count: Int) -> (Extent, offset: Int)? {
    for extent in extents {
      let inside = address &- extent.base
      if inside < UInt64(extent.size) {
        return UInt64(count) <= UInt64(extent.size) - inside ? (extent, extent.offset + Int(inside)) : nil
      }
    }
    return nil
  }
}

extension MemoryMap {
  /// The regions, those that touch as one.
  fileprivate var extents: [Region] {
    regions.reduce(into: []) { extents, region in
      if let last = extents.last, last.end == region.base {
        extents[extents.count - 1] = Region(base: last.base, size: last.size + region.size)
      } else {
        extents.append(region)
      }
    }
  }
}

import VirtioSpec

/// The judge's own copy of guest RAM, made from the bytes of events alone.
struct ShadowMemory: ~Copyable {
  private static var pageShift: Int { 10 }

  /// Regions that touch are one stretch of addresses.
  private struct Extent: BitwiseCopyable {
    var base: UInt64 = 0
    var size: UInt64 = 0
    var offset = 0
  }

  private var extents: FixedArray<Extent>
  private let extentCount: Int
  // Sound: allocated for all extents and rounded up to whole pages in init, freed in deinit, never handed out; `place`
  // says that a range is inside before an address is computed.
  private let bytes: UnsafeMutableRawPointer
  private var isTouched: FixedArray<Bool>
  /// The pages that were written, in the first `touchedCount` places.
  private var touched: FixedArray<Int32>
  private var touchedCount = 0

  init(_ map: MemoryMap) {
    var total = 0
    var merged: [Extent] = []
    for region in map.regions {
      if let last = merged.last, last.base + last.size == region.base {
        merged[merged.count - 1].size += region.size
      } else {
        merged.append(Extent(base: region.base, size: region.size, offset: total))
      }
      total += Int(region.size)
    }
    extentCount = merged.count
    extents = FixedArray(repeating: Extent(), count: merged.count)
    for (index, extent) in merged.enumerated() { extents[index] = extent }
    let pages = total >> Self.pageShift + 1
    bytes = .allocate(byteCount: pages << Self.pageShift, alignment: 16)
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: pages << Self.pageShift)
    isTouched = FixedArray(repeating: false, count: pages)
    touched = FixedArray(repeating: 0, count: pages)
  }

  deinit { bytes.deallocate() }

  /// All zero again.
  mutating func rewind() {
    for index in 0..<touchedCount {
      let page = Int(touched[index])
      isTouched[page] = false
      (bytes + (page << Self.pageShift)).initializeMemory(as: UInt8.self, repeating: 0, count: 1 << Self.pageShift)
    }
    touchedCount = 0
  }

  /// Where an address is among the bytes, and how many bytes of its stretch follow; nil outside RAM.
  @inline(__always)
  private func place(_ address: UInt64) -> (offset: Int, room: UInt64)? {
    var index = 0
    while index < extentCount {
      let inside = address &- extents[index].base
      if inside < extents[index].size {
        return (extents[index].offset &+ Int(truncatingIfNeeded: inside), extents[index].size &- inside)
      }
      index &+= 1
    }
    return nil
  }

  /// Whether the whole range is RAM.
  @inline(__always)
  func contains(_ address: UInt64, _ length: UInt64) -> Bool {
    guard length > 0 else { return true }
    guard let (_, room) = place(address) else { return false }
    return length <= room
  }

  /// Takes over what was written; nothing, if it is not wholly RAM.
  mutating func write(_ source: RawSpan, at address: UInt64) {
    let count = source.byteCount
    guard count > 0, let (offset, room) = place(address), UInt64(count) <= room else { return }
    let first = offset >> Self.pageShift
    let last = (offset &+ count &- 1) >> Self.pageShift
    if !isTouched[first] || first != last { touch(first, last) }
    let target = bytes + offset
    switch count {
    // The sizes of numbers: single stores.
    case 2: target.storeBytes(of: source.unsafeLoadUnaligned(as: UInt16.self), as: UInt16.self)
    case 8: target.storeBytes(of: source.unsafeLoadUnaligned(as: UInt64.self), as: UInt64.self)
    case 16: target.storeBytes(of: source.unsafeLoadUnaligned(as: UInt128.self), as: UInt128.self)
    default: source.withUnsafeBytes { target.copyMemory(from: $0.baseAddress!, byteCount: count) }
    }
  }

  private mutating func touch(_ first: Int, _ last: Int) {
    for page in first...last where !isTouched[page] {
      isTouched[page] = true
      touched[touchedCount] = Int32(truncatingIfNeeded: page)
      touchedCount += 1
    }
  }

  /// The 16-bit number at an address; 0 outside RAM.
  @inline(__always)
  func half(_ address: UInt64) -> UInt16 {
    guard let (offset, room) = place(address), room >= 2 else { return halfAtBorder(address) }
    return UInt16(littleEndian: (bytes + offset).loadUnaligned(as: UInt16.self))
  }

  @inline(never)
  private func halfAtBorder(_ address: UInt64) -> UInt16 {
    UInt16(byte(address)) | UInt16(byte(address &+ 1)) << 8
  }

  /// The number of so many bytes at an address; bytes outside RAM are 0.
  func number(_ address: UInt64, _ count: UInt64) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<count { number |= UInt64(byte(address &+ index)) << (8 * index) }
    return number
  }

  /// Whether writing `bytes` would change anything.
  func differs(_ bytes: RawSpan, at address: UInt64) -> Bool { firstDifference(bytes, at: address) != nil }

  /// The place of the first byte that is another one than at an address; nil where all are alike. Bytes outside RAM are 0.
  func firstDifference(_ other: RawSpan, at address: UInt64) -> Int? {
    if let difference = withBytes(address, other.byteCount, { $0.firstDifference(from: other) }) { return difference }
    for index in 0..<other.byteCount
    where byte(address &+ UInt64(index)) != other.unsafeLoad(fromByteOffset: index, as: UInt8.self) { return index }
    return nil
  }

  /// The 64-bit number at an address, all in one piece of RAM; 0 otherwise.
  func word(_ address: UInt64) -> UInt64 {
    guard let (offset, room) = place(address), room >= 8 else { return 0 }
    return UInt64(littleEndian: (bytes + offset).loadUnaligned(as: UInt64.self))
  }

  /// Lets `body` look at a range in place; nil where it is not wholly RAM.
  @inline(__always)
  func withBytes<R>(_ address: UInt64, _ count: Int, _ body: (RawSpan) -> R) -> R? {
    guard count > 0, let (offset, room) = place(address), UInt64(count) <= room else { return nil }
    return body(UnsafeRawBufferPointer(start: bytes + offset, count: count).bytes)
  }

  /// The byte at an address; 0 outside RAM.
  func byte(_ address: UInt64) -> UInt8 {
    place(address).map { bytes.load(fromByteOffset: $0.offset, as: UInt8.self) } ?? 0
  }
}

import VirtioSpec

/// The judge's own copy of guest RAM, made from the bytes of events alone.
struct ShadowMemory: ~Copyable {
  private static var pageShift: Int { 9 }

  /// Regions that touch are one stretch of addresses.
  private struct Extent {
    var base: UInt64 = 0
    var size: UInt64 = 0
    var offset = 0
  }

  private var extents = InlineArray<8, Extent>(repeating: Extent())
  private var extentCount = 0
  private var bytes: FixedArray<UInt8>
  private var isTouched: FixedArray<Bool>
  /// The pages that were written, in the first `touchedCount` places.
  private var touched: FixedArray<Int32>
  private var touchedCount = 0

  init(_ map: MemoryMap) {
    precondition(map.regions.count <= 8, "at most 8 regions")
    var total = 0
    for region in map.regions {
      if extentCount > 0, extents[extentCount - 1].base + extents[extentCount - 1].size == region.base {
        extents[extentCount - 1].size += region.size
      } else {
        extents[extentCount] = Extent(base: region.base, size: region.size, offset: total)
        extentCount += 1
      }
      total += Int(region.size)
    }
    let pages = total >> Self.pageShift + 1
    bytes = FixedArray(repeating: 0, count: pages << Self.pageShift)
    isTouched = FixedArray(repeating: false, count: pages)
    touched = FixedArray(repeating: 0, count: pages)
  }

  /// All zero again.
  mutating func rewind() {
    for index in 0..<touchedCount {
      let page = Int(touched[index])
      isTouched[page] = false
      let start = page << Self.pageShift
      bytes.withMutableBytes(start..<start + 1 << Self.pageShift) { page in
        page.withUnsafeMutableBytes { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) }
      }
    }
    touchedCount = 0
  }

  /// Where an address is among the bytes, and how many bytes of its stretch follow; nil outside RAM.
  @inline(__always)
  private func place(_ address: UInt64) -> (offset: Int, room: UInt64)? {
    for index in 0..<extentCount {
      let inside = address &- extents[index].base
      if inside < extents[index].size { return (extents[index].offset + Int(inside), extents[index].size - inside) }
    }
    return nil
  }

  /// Whether the whole range is RAM.
  func contains(_ address: UInt64, _ length: UInt64) -> Bool {
    guard length > 0 else { return true }
    guard let (_, room) = place(address) else { return false }
    return length <= room
  }

  /// Takes over what was written; nothing, if it is not wholly RAM.
  mutating func write(_ source: RawSpan, at address: UInt64) {
    let count = source.byteCount
    guard count > 0, let (offset, room) = place(address), UInt64(count) <= room else { return }
    let last = (offset + count - 1) >> Self.pageShift
    for page in offset >> Self.pageShift...last where !isTouched[page] {
      isTouched[page] = true
      touched[touchedCount] = Int32(truncatingIfNeeded: page)
      touchedCount += 1
    }
    bytes.withMutableBytes(offset..<offset + count) { target in
      target.withUnsafeMutableBytes { target in source.withUnsafeBytes { target.copyMemory(from: $0) } }
    }
  }

  /// The 16-bit number at an address; 0 outside RAM.
  func half(_ address: UInt64) -> UInt16 {
    UInt16(byte(address)) | UInt16(byte(address &+ 1)) << 8
  }

  private func byte(_ address: UInt64) -> UInt8 {
    place(address).map { bytes[$0.offset] } ?? 0
  }
}

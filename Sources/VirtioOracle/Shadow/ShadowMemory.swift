import VirtioSpec

/// The judge's own copy of guest RAM, made from the bytes of events alone.
struct ShadowMemory: ~Copyable {
  private static let pageShift = 8

  private var regions = InlineArray<8, MemoryMap.Region>(repeating: MemoryMap.Region(base: 0, size: 0))
  private var offsets = InlineArray<8, Int>(repeating: 0)
  private var regionCount = 0
  private var bytes: [UInt8]
  private var isTouched: [Bool]
  private var touched: [Int32] = []

  init(_ map: MemoryMap) {
    precondition(map.regions.count <= 8, "at most 8 regions")
    var total = 0
    for region in map.regions {
      regions[regionCount] = region
      offsets[regionCount] = total
      regionCount += 1
      total += Int(region.size)
    }
    bytes = [UInt8](repeating: 0, count: total + 1 << Self.pageShift)
    isTouched = [Bool](repeating: false, count: bytes.count >> Self.pageShift + 1)
    touched.reserveCapacity(isTouched.count)
  }

  /// All zero again.
  mutating func rewind() {
    for page in touched {
      let start = Int(page) << Self.pageShift
      for index in start..<min(start + 1 << Self.pageShift, bytes.count) { bytes[index] = 0 }
      isTouched[Int(page)] = false
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Where an address is among the bytes, and how many bytes of its region follow; nil outside RAM.
  private func place(_ address: UInt64) -> (offset: Int, room: UInt64)? {
    for index in 0..<regionCount {
      let inside = address &- regions[index].base
      if inside < regions[index].size { return (offsets[index] + Int(inside), regions[index].size - inside) }
    }
    return nil
  }

  /// Whether the whole range is RAM; regions that touch are one.
  func contains(_ address: UInt64, _ length: UInt64) -> Bool {
    var address = address
    var left = length
    while left > 0 {
      guard let (_, room) = place(address) else { return false }
      if room >= left { return true }
      address &+= room
      left -= room
    }
    return true
  }

  /// Takes over what was written. Bytes outside RAM are dropped.
  mutating func write(_ source: RawSpan, at address: UInt64) {
    var done = 0
    while done < source.byteCount {
      guard let (offset, room) = place(address &+ UInt64(done)) else { return }
      let count = min(source.byteCount - done, Int(min(room, UInt64(Int.max))))
      let last = (offset + count - 1) >> Self.pageShift
      for page in offset >> Self.pageShift...last where !isTouched[page] {
        isTouched[page] = true
        touched.append(Int32(truncatingIfNeeded: page))
      }
      // Sound: `place` says that `count` bytes from `offset` on are in `bytes`, and the copy is bounds-checked.
      bytes.withUnsafeMutableBytes { target in
        source.extracting(done..<done + count).withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + count]).copyMemory(from: $0)
        }
      }
      done += count
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

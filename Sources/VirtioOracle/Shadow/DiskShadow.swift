import VirtioSpec

/// What the judge knows of the sectors of a block device, from the requests that came back alone.
struct DiskShadow: ~Copyable {
  /// Sectors from here on are not followed.
  static let sectorLimit: UInt64 = 4096

  /// What made a sector what it is.
  enum Origin: UInt8, BitwiseCopyable {
    /// A read that was the first to show it.
    case read
    case write
    /// A write to a disk that cannot be written, after which it has to be what it was.
    case refusedWrite
    case zeroes
  }

  struct Sector: BitwiseCopyable {
    /// It is known while this is the disk's era.
    var era: UInt32 = 0
    var origin = Origin.read
  }

  private var sectors = FixedArray(repeating: Sector(), count: Int(sectorLimit))
  // Sound: allocated for all sectors in init, freed in deinit, never handed out; `place` checks a range before an address
  // is computed, and what was never written is never compared, since no sector is known before it is defined.
  private let bytes = UnsafeMutableRawPointer.allocate(
    byteCount: Int(sectorLimit * Block.sectorSize), alignment: 16)
  /// No sector from here on is known.
  private var end: UInt64 = 0
  /// Changes whenever nothing that was known of any sector holds any more.
  private(set) var era: UInt32 = 1
  /// What VIRTIO_BLK_T_GET_ID first answered: 20 bytes.
  private var id = FixedArray<UInt8>(repeating: 0, count: Block.idLength)
  private var idIsKnown = false
  var stability = StabilityShadow()

  deinit { bytes.deallocate() }

  /// The disk of a fresh device.
  mutating func rewind() {
    forget()
    idIsKnown = false
    stability.rewind()
  }

  /// Any sector may be anything.
  mutating func forget() {
    stability.forget()
    era &+= 1
    end = 0
    guard era == 0 else { return }
    sectors.fill(Sector())
    era = 1
  }

  /// These sectors may be anything.
  mutating func forget(_ range: Range<UInt64>) {
    stability.forget(range)
    for sector in range.clamped(to: 0..<end) { sectors[Int(sector)].era = 0 }
  }

  /// What made a sector what it is; nil where it may be anything.
  func origin(of sector: UInt64) -> Origin? {
    guard sector < Self.sectorLimit, sectors[Int(sector)].era == era else { return nil }
    return sectors[Int(sector)].origin
  }

  /// From now on a sector is known: its bytes are written next, with ``write(_:_:_:at:of:)``.
  mutating func define(_ sector: UInt64, by origin: Origin) {
    guard sector < Self.sectorLimit else { return }
    sectors[Int(sector)] = Sector(era: era, origin: origin)
    end = max(end, sector + 1)
  }

  /// From now on a sector is known to be all zero.
  mutating func defineZero(_ sector: UInt64) {
    define(sector, by: .zeroes)
    guard let place = place(sector, 0, Int(Block.sectorSize)) else { return }
    place.initializeMemory(as: UInt8.self, repeating: 0, count: Int(Block.sectorSize))
  }

  /// Takes over a part of a sector, `offset` bytes in, from guest memory; nothing of a sector that is not followed.
  mutating func write(
    _ memory: borrowing ShadowMemory, _ address: UInt64, _ count: Int, at offset: Int, of sector: UInt64
  ) {
    guard let place = place(sector, offset, count) else { return }
    _ = memory.withBytes(address, count) { part in
      part.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: place, count: count).copyMemory(from: $0) }
    }
  }

  /// Whether a part of a known sector, `offset` bytes in, is what guest memory has.
  func holds(_ memory: borrowing ShadowMemory, _ address: UInt64, _ count: Int, at offset: Int, of sector: UInt64)
    -> Bool
  {
    guard let place = place(sector, offset, count) else { return true }
    return memory.withBytes(address, count) { part in
      part.firstDifference(from: UnsafeRawBufferPointer(start: place, count: count).bytes) == nil
    } ?? true
  }

  private func place(_ sector: UInt64, _ offset: Int, _ count: Int) -> UnsafeMutableRawPointer? {
    guard sector < Self.sectorLimit, offset >= 0, offset + count <= Int(Block.sectorSize) else { return nil }
    return bytes + Int(sector * Block.sectorSize) + offset
  }

  /// A write was refused: what is known of these sectors still has to hold.
  mutating func refuseWrite(_ range: Range<UInt64>) {
    for sector in range.clamped(to: 0..<end) where sectors[Int(sector)].era == era {
      sectors[Int(sector)].origin = .refusedWrite
    }
  }

  /// Whether byte `index` of the id is what it was when it was first shown; keeps it, if this is the first time.
  mutating func compareID(_ index: Int, _ byte: UInt8) -> Bool {
    if !idIsKnown { id[index] = byte }
    return id[index] == byte
  }

  /// All bytes of the id were shown.
  mutating func keepID() { idIsKnown = true }
}

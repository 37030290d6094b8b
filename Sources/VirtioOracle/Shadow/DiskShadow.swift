import VirtioSpec

/// What the judge knows of the sectors of a block device, from the requests that came back alone.
///
/// Of each sector it keeps a digest: sectors that differ are told apart but for a chance of one in 2^64, and equal ones
/// are never taken for different.
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
    var digest: UInt64 = 0
  }

  private var sectors = FixedArray(repeating: Sector(), count: Int(sectorLimit))
  /// No sector from here on is known.
  private var end: UInt64 = 0
  /// Changes whenever nothing that was known of any sector holds any more.
  private(set) var era: UInt32 = 1
  /// What VIRTIO_BLK_T_GET_ID first answered: 20 bytes.
  private var id = FixedArray<UInt8>(repeating: 0, count: Block.idLength)
  private var idIsKnown = false

  /// The disk of a fresh device.
  mutating func rewind() {
    forget()
    idIsKnown = false
  }

  /// Any sector may be anything.
  mutating func forget() {
    era &+= 1
    end = 0
    guard era == 0 else { return }
    sectors.fill(Sector())
    era = 1
  }

  /// These sectors may be anything.
  mutating func forget(_ range: Range<UInt64>) {
    for sector in range.clamped(to: 0..<end) { sectors[Int(sector)].era = 0 }
  }

  /// The digest of a sector and what made it so; nil where it may be anything.
  func known(_ sector: UInt64) -> (digest: UInt64, origin: Origin)? {
    guard sector < Self.sectorLimit, sectors[Int(sector)].era == era else { return nil }
    return (sectors[Int(sector)].digest, sectors[Int(sector)].origin)
  }

  mutating func define(_ sector: UInt64, _ digest: UInt64, by origin: Origin) {
    guard sector < Self.sectorLimit else { return }
    sectors[Int(sector)] = Sector(era: era, origin: origin, digest: digest)
    end = max(end, sector + 1)
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

/// A digest of the bytes of a sector, word by word.
struct SectorDigest {
  static let zero = {
    var digest = SectorDigest()
    for word in 0..<Block.sectorSize / 8 { digest.add(0, at: word) }
    return digest.value
  }()

  // Four lanes, so that a word need not wait for the one before.
  private var a: UInt64 = 0x243f_6a88_85a3_08d3
  private var b: UInt64 = 0x1319_8a2e_0370_7344
  private var c: UInt64 = 0xa409_3822_299f_31d0
  private var d: UInt64 = 0x082e_fa98_ec4e_6c89

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func add(_ word: UInt64, at index: UInt64) {
    switch index & 3 {
    case 0: a = Self.mix(a, word)
    case 1: b = Self.mix(b, word)
    case 2: c = Self.mix(c, word)
    default: d = Self.mix(d, word)
    }
  }

  /// Of all 64 words of a sector.
  @inline(__always)
  init(_ bytes: UnsafeRawPointer) {
    self.init()
    for group in 0..<Int(Block.sectorSize) / 32 {
      let place = bytes + 32 * group
      a = Self.mix(a, place.loadUnaligned(as: UInt64.self))
      b = Self.mix(b, place.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      c = Self.mix(c, place.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      d = Self.mix(d, place.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }
  }

  @inline(__always)
  private static func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (lane ^ word) &* 0x9e37_79b9_7f4a_7c15
    return mixed ^ mixed >> 32
  }

  @inline(__always)
  var value: UInt64 { Self.mix(Self.mix(Self.mix(a, b), c), d) }
}

import VirtioSpec

/// Which sectors of a block device would be lost with the power: those of volatile writes, in the words of section 5.2.6.2.
/// Kept only of devices that tell of what they commit (``StorageProfile/tellsOfPersistence``).
struct StabilityShadow: ~Copyable {
  struct Sector: BitwiseCopyable {
    /// When it was last committed; 0 is never.
    var committed: UInt32 = 0
    /// When a write was complete that was not committed, and is not since; 0 where there is none.
    var volatileSince: UInt32 = 0
  }

  /// Sectors from here on are not followed.
  private static let limit = Int(DiskShadow.sectorLimit)

  private var sectors = FixedArray(repeating: Sector(), count: limit)
  /// Nothing is known of any sector from here on.
  private var end = 0
  /// The sectors with volatile writes are in this stretch.
  private var volatileStretch = 0..<0
  /// Of the last time that a volatile write became stable: when that was, and when the write had been complete.
  private var lastStabilized: (at: UInt32, since: UInt32) = (0, 0)
  /// Counts what happens, from 1 on.
  private(set) var now: UInt32 = 1

  /// The disk of a fresh device.
  mutating func rewind() {
    sectors.fill(0..<end, Sector())
    end = 0
    volatileStretch = 0..<0
    lastStabilized = (0, 0)
    now = 1
  }

  /// Something happens that things come before or behind.
  mutating func tick() { now += 1 }

  /// No volatile write is owed anything.
  mutating func forget() {
    for sector in volatileStretch { sectors[sector].volatileSince = 0 }
    volatileStretch = 0..<0
  }

  /// The same of these sectors.
  mutating func forget(_ range: Range<UInt64>) {
    guard !volatileStretch.isEmpty else { return }
    for sector in Self.followed(range).clamped(to: volatileStretch) { sectors[sector].volatileSince = 0 }
  }

  /// The device has put what it has for these sectors on persistent storage.
  mutating func commit(_ range: Range<UInt64>) {
    tick()
    let range = Self.followed(range)
    end = max(end, range.upperBound)
    var since = UInt32.max
    for sector in range {
      if sectors[sector].volatileSince != 0 { since = min(since, sectors[sector].volatileSince) }
      sectors[sector] = Sector(committed: now)
    }
    if since != .max { lastStabilized = (now, since) }
  }

  /// A write of these sectors is complete, which the device took at this time.
  ///
  /// - Returns: the first sector that was not committed since; nil where there is none.
  mutating func complete(_ range: Range<UInt64>, taken: UInt32) -> UInt64? {
    var first: Int?
    tick()
    for sector in Self.followed(range) where sectors[sector].committed <= taken {
      if first == nil { first = sector }
      sectors[sector].volatileSince = now
      end = max(end, sector + 1)
      let stretch = volatileStretch.isEmpty ? sector..<sector : volatileStretch
      volatileStretch = min(stretch.lowerBound, sector)..<max(stretch.upperBound, sector + 1)
    }
    return first.map { UInt64($0) }
  }

  /// What a flush that is complete found, and left: it was sent behind all that was complete at one time, and taken at
  /// another one. What it left is told only once.
  mutating func flush(sent: UInt32, taken: UInt32) -> FlushOutcome {
    var left: UInt64?
    for sector in volatileStretch where sectors[sector].volatileSince != 0 && sectors[sector].volatileSince <= sent {
      if left == nil { left = UInt64(sector) }
      sectors[sector].volatileSince = 0
    }
    if let left { return .left(left) }
    return lastStabilized.at > taken && lastStabilized.since <= sent ? .stabilized : .nothing
  }

  private static func followed(_ range: Range<UInt64>) -> Range<Int> {
    Int(min(range.lowerBound, UInt64(limit)))..<Int(min(range.upperBound, UInt64(limit)))
  }
}

enum FlushOutcome {
  /// There was no volatile write that it had to commit.
  case nothing
  /// There were some, and they are stable now.
  case stabilized
  /// The first sector that it had to commit and did not.
  case left(UInt64)
}

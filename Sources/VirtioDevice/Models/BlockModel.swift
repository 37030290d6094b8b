import VirtioMemory
import VirtioSpec

/// A block device (section 5.2) on a storage of 512-byte sectors.
///
/// What is wrong with a request is answered in its status byte. A request without room for one is returned with a
/// used length of 0.
public struct BlockModel<Storage: BlockStorage & ~Copyable>: ~Copyable, DeviceModel {
  @inlinable
  public static var deviceType: DeviceType { .block }
  /// With its status.
  @inlinable
  public static var answersAlways: Bool { true }

  /// What a block device is made with.
  public struct Options: Sendable {
    public var readOnly: Bool
    /// How many queues it has; more than one offers VIRTIO_BLK_F_MQ.
    public var queueCount: UInt16
    /// The most data descriptors of a request, `seg_max`.
    public var segmentMax: UInt32
    /// What VIRTIO_BLK_T_GET_ID answers: at most 20 bytes.
    public var identifier: String
    /// The legacy interface has rules of its own for the cache mode (section 5.2.5.3).
    public var transport: Transport

    public init(
      readOnly: Bool = false, queueCount: UInt16 = 1, segmentMax: UInt32 = 254,
      identifier: String = "swift-virtio-fuzz", transport: Transport = .modern
    ) {
      self.readOnly = readOnly
      self.queueCount = queueCount
      self.segmentMax = segmentMax
      self.identifier = identifier
      self.transport = transport
    }
  }

  /// The most data of one request, in bytes, and the most that one range of a discard or write-zeroes request is about; more
  /// is answered with IOERR.
  @inlinable
  public static var maxTransfer: UInt64 { 4 << 20 }
  /// The most segments of one discard or write-zeroes request.
  @inlinable
  static var maxRangeCount: Int { 16 }

  public var storage: Storage
  public private(set) var isReadOnly: Bool
  public internal(set) var config = ConfigBytes(count: Int(BlockConfig.size))
  /// Requests that need the storage end with IOERR.
  public var isFailing = false

  public private(set) var features: FeatureBits
  @usableFromInline var accepted: FeatureBits = []
  private var transport = Transport.modern
  @usableFromInline var identifier = InlineArray<20, UInt8>(repeating: 0)

  public init(storage: consuming Storage, options: Options = Options()) {
    self.storage = storage
    features = []
    isReadOnly = false
    powerOn(options: options)
  }

  /// Back to the state after `init`, with the storage as it is now and these options.
  public mutating func powerOn(options: Options) {
    features = [
      .blkSegMax, .blkGeometry, .blkBlockSize, .blkFlush, .blkTopology, .blkConfigWCE, .blkDiscard, .blkWriteZeroes,
    ]
    if options.readOnly { features.insert(.blkReadOnly) }
    if options.queueCount > 1 { features.insert(.blkMultiQueue) }
    if storage.lifetime != nil { features.insert(.blkLifetime) }
    isReadOnly = options.readOnly
    transport = options.transport
    isFailing = false
    accepted = []
    identifier = InlineArray(repeating: 0)
    for (index, byte) in options.identifier.utf8.prefix(Block.idLength).enumerated() { identifier[index] = byte }

    let largestRange = UInt32(Self.maxTransfer / Block.sectorSize)
    config.store(capacity, at: BlockConfig.capacity)
    config.store(options.segmentMax, at: BlockConfig.segMax)
    config.store(UInt16(clamping: capacity / (16 * 63)), at: BlockConfig.cylinders)
    config.store(16 as UInt8, at: BlockConfig.heads)
    config.store(63 as UInt8, at: BlockConfig.sectors)
    config.store(UInt32(Block.sectorSize), at: BlockConfig.blockSize)
    config.store(1 as UInt16, at: BlockConfig.minIOSize)
    config.store(8 as UInt32, at: BlockConfig.optIOSize)
    config.store(1 as UInt8, at: BlockConfig.writeback)
    config.store(options.queueCount, at: BlockConfig.numQueues)
    config.store(largestRange, at: BlockConfig.maxDiscardSectors)
    config.store(UInt32(Self.maxRangeCount), at: BlockConfig.maxDiscardSeg)
    config.store(1 as UInt32, at: BlockConfig.discardSectorAlignment)
    config.store(largestRange, at: BlockConfig.maxWriteZeroesSectors)
    config.store(UInt32(Self.maxRangeCount), at: BlockConfig.maxWriteZeroesSeg)
    config.store(1 as UInt8, at: BlockConfig.writeZeroesMayUnmap)
  }

  @inlinable
  public var isAvailable: Bool { true }

  /// The capacity, in sectors.
  @inlinable
  public var capacity: UInt64 { storage.size / Block.sectorSize }

  /// Changes the capacity. False when the storage refuses, or when it is what it was.
  @usableFromInline
  mutating func resize(sectors: UInt64) -> Bool {
    guard sectors != capacity, sectors <= UInt64.max / Block.sectorSize,
      storage.resize(to: sectors * Block.sectorSize)
    else { return false }
    config.store(sectors, at: BlockConfig.capacity)
    return true
  }

  public mutating func featuresChanged(to features: FeatureBits) {
    accepted = features
    // BLK-DEV-29: a legacy driver writes them as often as it likes, and has the mode that it was shown.
    guard transport == .modern else { return }
    // BLK-DEV-03: without FLUSH the driver cannot ask for durability, so writes are durable from the start.
    config[BlockConfig.writeback] = features.contains(.blkFlush) ? 1 : 0
  }

  public mutating func reset() {
    accepted = []
    if transport == .modern { config[BlockConfig.writeback] = 1 }
  }

  public mutating func writeConfig(
    _ offset: UInt32, width: Int, value: UInt32, host: inout some DeviceHost & ~Copyable
  ) {
    guard offset == BlockConfig.writeback, width == 1, accepted.contains(.blkConfigWCE) else { return }
    config[BlockConfig.writeback] = UInt8(value & 1)
  }

  @inlinable
  public mutating func serve(
    _ chain: Chain, _ segments: Span<Segment>, host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    guard chain.writableBytes > 0 else { return 0 }
    let dataCapacity = chain.writableBytes - 1
    var input = SegmentCursor.readable(chain)
    let (status, written) = answer(chain, segments, &input, dataCapacity, &host)

    // The status byte is the last writable one, in the last segment: segments are not empty.
    let last = segments[chain.segmentCount - 1]
    guard host.store(status.rawValue, at: last.address &+ UInt64(last.length - 1)) else { return written }
    return UInt64(written) == dataCapacity ? written + 1 : written
  }

  /// Serves a request up to its status byte.
  ///
  /// - Returns: the status, and how many bytes of data were written.
  @inlinable
  mutating func answer(
    _ chain: Chain, _ segments: Span<Segment>, _ input: inout SegmentCursor, _ dataCapacity: UInt64,
    _ host: inout some DeviceHost & ~Copyable
  ) -> (Block.RequestStatus, UInt32) {
    guard let header = input.number(UInt128.self, segments, memory: &host) else { return (.ioError, 0) }
    let type = Block.RequestType(rawValue: UInt32(truncatingIfNeeded: header))
    let sector = UInt64(truncatingIfNeeded: header >> 64)
    let payload = chain.readableBytes - UInt64(Block.headerSize)

    switch type {
    case .read:
      guard payload == 0, let range = range(sector, bytes: dataCapacity), !isFailing else { return (.ioError, 0) }
      return read(chain, segments, range, &host)
    case .write:
      guard !isReadOnly, let range = range(sector, bytes: payload), !isFailing else { return (.ioError, 0) }
      return (write(segments, &input, range, &host), 0)
    case .flush where accepted.contains(.blkFlush):
      return (!isFailing && storage.flush(host: &host) ? .ok : .ioError, 0)
    case .getID: return put(identifier.span.bytes, chain, segments, dataCapacity, &host)
    case .getLifetime where accepted.contains(.blkLifetime):
      guard !isFailing, let lifetime = storage.lifetime?.bytes else { return (.ioError, 0) }
      return put(lifetime.span.bytes, chain, segments, dataCapacity, &host)
    case .discard where accepted.contains(.blkDiscard):
      return (zero(segments, &input, payload, isDiscard: true, &host), 0)
    case .writeZeroes where accepted.contains(.blkWriteZeroes):
      return (zero(segments, &input, payload, isDiscard: false, &host), 0)
    default:
      return (.unsupported, 0)
    }
  }

  /// Answers with these bytes, where there is room for all of them.
  @inlinable
  func put(
    _ bytes: RawSpan, _ chain: Chain, _ segments: Span<Segment>, _ dataCapacity: UInt64,
    _ memory: inout some GuestMemory & ~Copyable
  ) -> (Block.RequestStatus, UInt32) {
    var output = SegmentCursor.writable(chain)
    guard dataCapacity >= UInt64(bytes.byteCount), output.write(bytes, segments, memory: &memory) else {
      return (.ioError, 0)
    }
    return (.ok, UInt32(bytes.byteCount))
  }

  /// The bytes of the storage that a transfer is about; nil where it is ragged, too long or past the capacity.
  @inlinable
  func range(_ sector: UInt64, bytes: UInt64) -> Range<UInt64>? {
    guard bytes % Block.sectorSize == 0, bytes <= Self.maxTransfer, sector <= capacity,
      bytes / Block.sectorSize <= capacity - sector
    else { return nil }
    let start = sector * Block.sectorSize
    return start..<start + bytes
  }

  @inlinable
  mutating func read(
    _ chain: Chain, _ segments: Span<Segment>, _ range: Range<UInt64>, _ memory: inout some GuestMemory & ~Copyable
  ) -> (Block.RequestStatus, UInt32) {
    var output = SegmentCursor.writable(chain)
    var place = range.lowerBound
    while place < range.upperBound {
      guard let piece = output.next(segments, atMost: range.upperBound - place),
        storage.load(place, UInt64(piece.length), to: piece.address, of: &memory)
      else { return (.ioError, UInt32(truncatingIfNeeded: place - range.lowerBound)) }
      place += UInt64(piece.length)
    }
    return (.ok, UInt32(truncatingIfNeeded: range.upperBound - range.lowerBound))
  }

  @inlinable
  mutating func write(
    _ segments: Span<Segment>, _ input: inout SegmentCursor, _ range: Range<UInt64>,
    _ host: inout some DeviceHost & ~Copyable
  ) -> Block.RequestStatus {
    var place = range.lowerBound
    while place < range.upperBound {
      guard let piece = input.next(segments, atMost: range.upperBound - place),
        storage.store(place, UInt64(piece.length), from: piece.address, of: &host)
      else { return .ioError }
      place += UInt64(piece.length)
    }
    guard !isWriteThrough || storage.flush(host: &host) else { return .ioError }
    return .ok
  }

  /// Whether a write has to be on persistent storage before it is reported complete (section 5.2.6.2).
  @inlinable
  var isWriteThrough: Bool {
    accepted.contains(.blkConfigWCE)
      ? config[BlockConfig.writeback] == 0 : !accepted.contains(.blkFlush)
  }

  /// Serves a discard or a write-zeroes request: all its ranges are checked before the first is touched.
  @inlinable
  mutating func zero(
    _ segments: Span<Segment>, _ input: inout SegmentCursor, _ payload: UInt64, isDiscard: Bool,
    _ host: inout some DeviceHost & ~Copyable
  ) -> Block.RequestStatus {
    let count = Int(min(payload / UInt64(Block.segmentSize), UInt64(Self.maxRangeCount) + 1))
    guard !isReadOnly, payload % UInt64(Block.segmentSize) == 0, count > 0, count <= Self.maxRangeCount
    else { return .ioError }
    var ranges = InlineArray<16, Range<UInt64>>(repeating: 0..<0)
    var flagsUsed: UInt32 = 0
    for index in 0..<count {
      guard let segment = input.number(UInt128.self, segments, memory: &host) else { return .ioError }
      let flags = UInt32(truncatingIfNeeded: segment >> 96)
      let sectors = UInt64(UInt32(truncatingIfNeeded: segment >> 64))
      guard flags & ~(isDiscard ? 0 : Block.segmentUnmap) == 0 else { return .unsupported }
      guard let range = range(UInt64(truncatingIfNeeded: segment), bytes: sectors * Block.sectorSize) else {
        return .ioError
      }
      ranges[index] = range
      flagsUsed |= flags
    }
    // Behind the flags: what they say of a request does not depend on the storage (BLK-DEV-07, BLK-DEV-08).
    guard !isFailing else { return .ioError }
    for index in 0..<count {
      let range = ranges[index]
      let deallocate = isDiscard || flagsUsed & Block.segmentUnmap != 0
      guard storage.zero(range.lowerBound, range.upperBound - range.lowerBound, deallocate: deallocate) else {
        return .ioError
      }
    }
    guard !isWriteThrough || storage.flush(host: &host) else { return .ioError }
    return .ok
  }
}

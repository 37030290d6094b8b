/// Facts of the block device (section 5.2).
public enum Block {
  /// The unit of capacity and of request sectors, in bytes.
  @inlinable public static var sectorSize: UInt64 { 512 }
  /// `struct virtio_blk_req` up to the data: type, reserved, sector.
  @inlinable public static var headerSize: Int { 16 }
  /// The length of the string that ``RequestType/getID`` returns, in bytes.
  @inlinable public static var idLength: Int { 20 }
  /// `struct virtio_blk_lifetime`: pre_eol_info, device_lifetime_est_typ_a and _b, 2 bytes each.
  @inlinable public static var lifetimeSize: Int { 6 }
  /// The largest value of `pre_eol_info`, `VIRTIO_BLK_PRE_EOL_INFO_URGENT`, and of the two estimates; those above are reserved.
  @inlinable public static var maxPreEOLInfo: UInt64 { 3 }
  @inlinable public static var maxLifetimeEstimate: UInt64 { 11 }
  /// `struct virtio_blk_discard_write_zeroes`: sector, num_sectors, flags.
  @inlinable public static var segmentSize: Int { 16 }
  /// The `unmap` flag of such a segment.
  @inlinable public static var segmentUnmap: UInt32 { 1 }

  /// `type` of a request.
  public struct RequestType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `VIRTIO_BLK_T_IN`: read.
    @inlinable public static var read: RequestType { RequestType(rawValue: 0) }
    /// `VIRTIO_BLK_T_OUT`: write.
    @inlinable public static var write: RequestType { RequestType(rawValue: 1) }
    /// `VIRTIO_BLK_T_FLUSH`
    @inlinable public static var flush: RequestType { RequestType(rawValue: 4) }
    /// `VIRTIO_BLK_T_GET_ID`
    @inlinable public static var getID: RequestType { RequestType(rawValue: 8) }
    /// `VIRTIO_BLK_T_GET_LIFETIME`
    @inlinable public static var getLifetime: RequestType { RequestType(rawValue: 10) }
    /// `VIRTIO_BLK_T_DISCARD`
    @inlinable public static var discard: RequestType { RequestType(rawValue: 11) }
    /// `VIRTIO_BLK_T_WRITE_ZEROES`
    @inlinable public static var writeZeroes: RequestType { RequestType(rawValue: 13) }
    /// `VIRTIO_BLK_T_SECURE_ERASE`
    @inlinable public static var secureErase: RequestType { RequestType(rawValue: 14) }
    /// `VIRTIO_BLK_T_ZONE_APPEND`
    @inlinable public static var zoneAppend: RequestType { RequestType(rawValue: 15) }

    /// How many types ``zone(_:)`` knows.
    @inlinable public static var zoneTypeCount: UInt64 { 7 }

    /// The types of the requests for zones, in the order of their numbers: `VIRTIO_BLK_T_ZONE_APPEND`, `_REPORT`, `_OPEN`,
    /// `_CLOSE`, `_FINISH`, `_RESET` and `_RESET_ALL`.
    @inlinable
    public static func zone(_ index: UInt64) -> RequestType {
      let number = UInt32(index % zoneTypeCount)
      return number == 0 ? zoneAppend : RequestType(rawValue: 14 + 2 * number)
    }

    /// Whether it is one of ``zone(_:)``.
    @inlinable
    public var isZone: Bool {
      self == .zoneAppend || rawValue % 2 == 0 && (16...26).contains(rawValue)
    }
  }

  /// The last writable byte of a request.
  public enum RequestStatus: UInt8, Sendable {
    /// `VIRTIO_BLK_S_OK`
    case ok = 0
    /// `VIRTIO_BLK_S_IOERR`
    case ioError = 1
    /// `VIRTIO_BLK_S_UNSUPP`
    case unsupported = 2
  }
}

extension FeatureBits {
  /// `VIRTIO_BLK_F_SIZE_MAX`
  @inlinable public static var blkSizeMax: FeatureBits { FeatureBits(bit: 1) }
  /// `VIRTIO_BLK_F_SEG_MAX`
  @inlinable public static var blkSegMax: FeatureBits { FeatureBits(bit: 2) }
  /// `VIRTIO_BLK_F_GEOMETRY`
  @inlinable public static var blkGeometry: FeatureBits { FeatureBits(bit: 4) }
  /// `VIRTIO_BLK_F_RO`
  @inlinable public static var blkReadOnly: FeatureBits { FeatureBits(bit: 5) }
  /// `VIRTIO_BLK_F_BLK_SIZE`
  @inlinable public static var blkBlockSize: FeatureBits { FeatureBits(bit: 6) }
  /// `VIRTIO_BLK_F_FLUSH`
  @inlinable public static var blkFlush: FeatureBits { FeatureBits(bit: 9) }
  /// `VIRTIO_BLK_F_TOPOLOGY`
  @inlinable public static var blkTopology: FeatureBits { FeatureBits(bit: 10) }
  /// `VIRTIO_BLK_F_CONFIG_WCE`
  @inlinable public static var blkConfigWCE: FeatureBits { FeatureBits(bit: 11) }
  /// `VIRTIO_BLK_F_MQ`
  @inlinable public static var blkMultiQueue: FeatureBits { FeatureBits(bit: 12) }
  /// `VIRTIO_BLK_F_DISCARD`
  @inlinable public static var blkDiscard: FeatureBits { FeatureBits(bit: 13) }
  /// `VIRTIO_BLK_F_WRITE_ZEROES`
  @inlinable public static var blkWriteZeroes: FeatureBits { FeatureBits(bit: 14) }
  /// `VIRTIO_BLK_F_LIFETIME`
  @inlinable public static var blkLifetime: FeatureBits { FeatureBits(bit: 15) }
  /// `VIRTIO_BLK_F_SECURE_ERASE`
  @inlinable public static var blkSecureErase: FeatureBits { FeatureBits(bit: 16) }
  /// `VIRTIO_BLK_F_ZONED`
  @inlinable public static var blkZoned: FeatureBits { FeatureBits(bit: 17) }
}

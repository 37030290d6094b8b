/// Facts of the block device (section 5.2).
public enum Block {
  /// The unit of capacity and of request sectors, in bytes.
  public static let sectorSize: UInt64 = 512
  /// `struct virtio_blk_req` up to the data: type, reserved, sector.
  public static let headerSize = 16
  /// The length of the string that ``RequestType/getID`` returns, in bytes.
  public static let idLength = 20
  /// `struct virtio_blk_discard_write_zeroes`: sector, num_sectors, flags.
  public static let segmentSize = 16
  /// The `unmap` flag of such a segment.
  public static let segmentUnmap: UInt32 = 1

  /// `type` of a request.
  public struct RequestType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `VIRTIO_BLK_T_IN`: read.
    public static let read = RequestType(rawValue: 0)
    /// `VIRTIO_BLK_T_OUT`: write.
    public static let write = RequestType(rawValue: 1)
    /// `VIRTIO_BLK_T_FLUSH`
    public static let flush = RequestType(rawValue: 4)
    /// `VIRTIO_BLK_T_GET_ID`
    public static let getID = RequestType(rawValue: 8)
    /// `VIRTIO_BLK_T_DISCARD`
    public static let discard = RequestType(rawValue: 11)
    /// `VIRTIO_BLK_T_WRITE_ZEROES`
    public static let writeZeroes = RequestType(rawValue: 13)
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
  public static let blkSizeMax = FeatureBits(bit: 1)
  /// `VIRTIO_BLK_F_SEG_MAX`
  public static let blkSegMax = FeatureBits(bit: 2)
  /// `VIRTIO_BLK_F_GEOMETRY`
  public static let blkGeometry = FeatureBits(bit: 4)
  /// `VIRTIO_BLK_F_RO`
  public static let blkReadOnly = FeatureBits(bit: 5)
  /// `VIRTIO_BLK_F_BLK_SIZE`
  public static let blkBlockSize = FeatureBits(bit: 6)
  /// `VIRTIO_BLK_F_FLUSH`
  public static let blkFlush = FeatureBits(bit: 9)
  /// `VIRTIO_BLK_F_TOPOLOGY`
  public static let blkTopology = FeatureBits(bit: 10)
  /// `VIRTIO_BLK_F_CONFIG_WCE`
  public static let blkConfigWCE = FeatureBits(bit: 11)
  /// `VIRTIO_BLK_F_MQ`
  public static let blkMultiQueue = FeatureBits(bit: 12)
  /// `VIRTIO_BLK_F_DISCARD`
  public static let blkDiscard = FeatureBits(bit: 13)
  /// `VIRTIO_BLK_F_WRITE_ZEROES`
  public static let blkWriteZeroes = FeatureBits(bit: 14)
}

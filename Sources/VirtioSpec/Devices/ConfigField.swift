/// One field of a device type's configuration space: plain data.
public struct ConfigField: Sendable {
  /// The specification's name.
  public let name: StaticString
  /// In bytes from the start of the configuration space (register offset ``Register/configBase``).
  public let offset: UInt32
  /// 1, 2, 4 or 8 bytes; 8 is read as two 32-bit accesses (section 4.2.2.2).
  public let size: UInt32
  /// The feature that the field depends on; empty for a field that is always there.
  public let feature: FeatureBits
  /// With one of these the field is there as well, and what it holds is not said.
  private let others: FeatureBits
  /// The field is there without its feature, too, and holds nothing then.
  private let isAlwaysThere: Bool

  init(
    _ name: StaticString, at offset: UInt32, size: UInt32, feature: FeatureBits = [], or others: FeatureBits = [],
    isAlwaysThere: Bool = false
  ) {
    self.name = name
    self.offset = offset
    self.size = size
    self.feature = feature
    self.others = others
    self.isAlwaysThere = isAlwaysThere
  }

  /// Whether a device that offers these features has the field.
  public func exists(with offered: FeatureBits) -> Bool {
    feature.isSubset(of: offered) || isAlwaysThere || !others.isDisjoint(with: offered)
  }

  /// The width of a conforming access, in bytes.
  public var accessWidth: UInt32 { min(size, 4) }

  /// Whether it is known here which fields `type` has.
  @inlinable
  public static func isKnown(for type: DeviceType) -> Bool {
    type == .block || type == .console || type == .entropy || type == .network
  }

  /// The fields of `type`, in the order of their offsets.
  public static func fields(of type: DeviceType) -> [ConfigField] {
    switch type {
    case .block: block
    case .console: console
    case .network: network
    default: []
    }
  }

  /// How many fields `type` has.
  public static func count(of type: DeviceType) -> Int {
    switch type {
    case .block: block.count
    case .console: console.count
    case .network: network.count
    default: 0
    }
  }

  /// Where the field number `index` of `type` is, and its size, both in bytes.
  public static func extent(_ index: Int, of type: DeviceType) -> (offset: UInt32, size: UInt32) {
    let field = fields(of: type)[index]
    return (field.offset, field.size)
  }

  /// The size of the configuration space of `type` up to its last field known here, in bytes.
  public static func spaceSize(of type: DeviceType) -> UInt32 {
    switch type {
    case .block: BlockConfig.size
    case .console: ConsoleConfig.size
    case .network: NetworkConfig.size
    default: 0
    }
  }

  /// The size of the whole layout that the specification gives `type`, with fields that are not known here, in bytes.
  public static func layoutSize(of type: DeviceType) -> UInt32 {
    switch type {
    case .block: BlockConfig.layoutSize
    case .console: ConsoleConfig.size
    case .network: NetworkConfig.layoutSize
    default: 0
    }
  }
}

/// Offsets in `struct virtio_blk_config` (section 5.2.4) that code needs by name.
public enum BlockConfig {
  @inlinable public static var capacity: UInt32 { 0x00 }
  @inlinable public static var sizeMax: UInt32 { 0x08 }
  @inlinable public static var segMax: UInt32 { 0x0c }
  @inlinable public static var cylinders: UInt32 { 0x10 }
  @inlinable public static var heads: UInt32 { 0x12 }
  @inlinable public static var sectors: UInt32 { 0x13 }
  @inlinable public static var blockSize: UInt32 { 0x14 }
  @inlinable public static var physicalBlockExp: UInt32 { 0x18 }
  @inlinable public static var alignmentOffset: UInt32 { 0x19 }
  @inlinable public static var minIOSize: UInt32 { 0x1a }
  @inlinable public static var optIOSize: UInt32 { 0x1c }
  @inlinable public static var writeback: UInt32 { 0x20 }
  /// One byte of padding.
  @inlinable public static var unused0: UInt32 { 0x21 }
  @inlinable public static var numQueues: UInt32 { 0x22 }
  @inlinable public static var maxDiscardSectors: UInt32 { 0x24 }
  @inlinable public static var maxDiscardSeg: UInt32 { 0x28 }
  @inlinable public static var discardSectorAlignment: UInt32 { 0x2c }
  @inlinable public static var maxWriteZeroesSectors: UInt32 { 0x30 }
  @inlinable public static var maxWriteZeroesSeg: UInt32 { 0x34 }
  @inlinable public static var writeZeroesMayUnmap: UInt32 { 0x38 }
  /// Three bytes of padding.
  @inlinable public static var unused1: UInt32 { 0x39 }
  /// Up to `unused1`, the padding behind `write_zeroes_may_unmap`.
  @inlinable public static var size: UInt32 { 0x3c }
  @inlinable public static var maxSecureEraseSectors: UInt32 { 0x3c }
  @inlinable public static var maxSecureEraseSeg: UInt32 { 0x40 }
  /// Up to the end of `zoned`, behind the limits of secure erase.
  @inlinable public static var layoutSize: UInt32 { 0x60 }
}

extension ConfigField {
  static let block: [ConfigField] = [
    ConfigField("capacity", at: BlockConfig.capacity, size: 8),
    ConfigField("size_max", at: BlockConfig.sizeMax, size: 4, feature: .blkSizeMax),
    ConfigField("seg_max", at: BlockConfig.segMax, size: 4, feature: .blkSegMax),
    ConfigField("cylinders", at: BlockConfig.cylinders, size: 2, feature: .blkGeometry),
    ConfigField("heads", at: BlockConfig.heads, size: 1, feature: .blkGeometry),
    ConfigField("sectors", at: BlockConfig.sectors, size: 1, feature: .blkGeometry),
    ConfigField("blk_size", at: BlockConfig.blockSize, size: 4, feature: .blkBlockSize),
    ConfigField("physical_block_exp", at: BlockConfig.physicalBlockExp, size: 1, feature: .blkTopology),
    ConfigField("alignment_offset", at: BlockConfig.alignmentOffset, size: 1, feature: .blkTopology),
    ConfigField("min_io_size", at: BlockConfig.minIOSize, size: 2, feature: .blkTopology),
    ConfigField("opt_io_size", at: BlockConfig.optIOSize, size: 4, feature: .blkTopology),
    ConfigField("writeback", at: BlockConfig.writeback, size: 1, feature: .blkConfigWCE),
    ConfigField("num_queues", at: BlockConfig.numQueues, size: 2, feature: .blkMultiQueue),
    ConfigField("max_discard_sectors", at: BlockConfig.maxDiscardSectors, size: 4, feature: .blkDiscard),
    ConfigField("max_discard_seg", at: BlockConfig.maxDiscardSeg, size: 4, feature: .blkDiscard),
    ConfigField("discard_sector_alignment", at: BlockConfig.discardSectorAlignment, size: 4, feature: .blkDiscard),
    ConfigField("max_write_zeroes_sectors", at: BlockConfig.maxWriteZeroesSectors, size: 4, feature: .blkWriteZeroes),
    ConfigField("max_write_zeroes_seg", at: BlockConfig.maxWriteZeroesSeg, size: 4, feature: .blkWriteZeroes),
    ConfigField("write_zeroes_may_unmap", at: BlockConfig.writeZeroesMayUnmap, size: 1, feature: .blkWriteZeroes),
  ]
}

extension ConfigField {
  /// The field of `type` that an access of `width` bytes at `offset` conforms to (section 4.2.2.2): the whole of a field
  /// of 1, 2 or 4 bytes, or one half of a field of 8.
  public static func conforming(_ offset: UInt32, width: UInt32, of type: DeviceType) -> ConfigField? {
    guard offset < spaceSize(of: type) else { return nil }
    return fields(of: type).first {
      $0.accessWidth == width && offset >= $0.offset && offset < $0.offset + $0.size
        && (offset - $0.offset) % width == 0
    }
  }
}

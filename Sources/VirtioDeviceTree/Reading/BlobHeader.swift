/// Where the blocks of a blob are, which are within its bytes.
struct BlobHeader {
  let structure: Range<Int>
  let strings: Range<Int>

  init(_ blob: BlobReader) throws(DeviceTreeError) {
    let count = blob.bytes.count
    guard count >= 4 else { throw DeviceTreeError(.headerTooShort(count: count), at: count) }
    let magic = blob.word(at: 0)
    guard magic == BlobFormat.magic else { throw DeviceTreeError(.wrongMagic(magic), at: 0) }
    guard count >= BlobFormat.headerSize else { throw DeviceTreeError(.headerTooShort(count: count), at: count) }

    let totalSize = Int(blob.word(at: Field.totalSize))
    guard totalSize >= BlobFormat.headerSize else {
      throw DeviceTreeError(.totalSizeTooSmall(totalSize), at: Field.totalSize)
    }
    guard totalSize <= count else {
      throw DeviceTreeError(.truncated(totalSize: totalSize, count: count), at: Field.totalSize)
    }
    let version = blob.word(at: Field.version)
    let lastCompatible = blob.word(at: Field.lastCompatibleVersion)
    guard version >= BlobFormat.version, lastCompatible <= BlobFormat.version else {
      throw DeviceTreeError(.unknownVersion(version, lastCompatible: lastCompatible), at: Field.version)
    }

    /// A block that the header gives the place of, and the size, if that is not left to the block itself.
    func block(
      _ block: DeviceTreeError.Block, at place: Int, size: Int, alignment: Int
    ) throws(DeviceTreeError) -> Range<Int> {
      let offset = Int(blob.word(at: place))
      guard offset % alignment == 0 else {
        throw DeviceTreeError(.misaligned(block, offset: offset, alignment: alignment), at: place)
      }
      guard offset >= BlobFormat.headerSize, offset + size <= totalSize else {
        throw DeviceTreeError(
          .blockOutside(block, offset: offset, size: size, totalSize: totalSize), at: place)
      }
      return offset..<offset + size
    }
    let reservations = try block(
      .reservations, at: Field.reservations, size: BlobFormat.reservationSize, alignment: 8)
    structure = try block(
      .structure, at: Field.structure, size: Int(blob.word(at: Field.structureSize)), alignment: 4)
    strings = try block(.strings, at: Field.strings, size: Int(blob.word(at: Field.stringsSize)), alignment: 1)

    var entry = reservations
    while !entry.allSatisfy({ blob.bytes[$0] == 0 }) {
      entry = entry.upperBound..<entry.upperBound + BlobFormat.reservationSize
      guard entry.upperBound <= totalSize else { throw DeviceTreeError(.endlessReservations, at: entry.lowerBound) }
    }
  }

  /// The offsets of the fields of `struct fdt_header`.
  private enum Field {
    static let totalSize = 4
    static let structure = 8
    static let strings = 12
    static let reservations = 16
    static let version = 20
    static let lastCompatibleVersion = 24
    static let stringsSize = 32
    static let structureSize = 36
  }
}

/// Why bytes are no flattened device tree: what is wrong, where, and what would be right.
public struct DeviceTreeError: Error, Equatable, Sendable {
  /// The parts that the header points to.
  public enum Block: String, Sendable {
    case reservations = "memory reservation block"
    case structure = "structure block"
    case strings = "strings block"
  }

  /// Sizes and offsets are in bytes.
  public enum Reason: Equatable, Sendable {
    case headerTooShort(count: Int)
    case wrongMagic(UInt32)
    case truncated(totalSize: Int, count: Int)
    case totalSizeTooSmall(Int)
    case unknownVersion(UInt32, lastCompatible: UInt32)
    case blockOutside(Block, offset: Int, size: Int, totalSize: Int)
    case misaligned(Block, offset: Int, alignment: Int)
    case endlessReservations
    /// The structure block ends before the tree does.
    case structureTooShort
    case unknownToken(UInt32)
    /// The end of a node, where none has begun.
    case strayEnd
    /// A node behind the root.
    case secondRoot
    /// The end of the tree, and the root has not ended.
    case earlyEnd
    /// A property outside of all nodes.
    case strayProperty
    case unterminatedNodeName
    case badNodeName
    case nestedTooDeep
    case pathTooLong
    case propertyTooLong(length: Int, left: Int)
    case propertyNameOutside(offset: Int, size: Int)
    case unterminatedPropertyName
    case tooManyRanges
  }

  public let reason: Reason
  /// Of the first byte that is wrong, or of what it belongs to.
  public let offset: Int

  init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension DeviceTreeError: CustomStringConvertible {
  public var description: String { "byte \(offset): \(reason)" }
}

extension DeviceTreeError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .headerTooShort(let count):
      "there are \(count) bytes; the header of a device tree has \(BlobFormat.headerSize)"
    case .wrongMagic(let magic):
      "the magic number is \(hexadecimal(magic)); a flattened device tree begins with \(hexadecimal(BlobFormat.magic))"
    case .truncated(let totalSize, let count):
      "the header says that there are \(totalSize) bytes, and there are \(count); the rest is cut off"
    case .totalSizeTooSmall(let totalSize):
      "the header says that there are \(totalSize) bytes; it has \(BlobFormat.headerSize) itself"
    case .unknownVersion(let version, let lastCompatible):
      "the version is \(version), to be read by readers from \(lastCompatible) on; "
        + "it can be one that readers of version \(BlobFormat.version) understand"
    case .blockOutside(let block, let offset, let size, let totalSize):
      "the \(block.rawValue) has \(size) bytes from \(offset) on; "
        + "it can be from \(BlobFormat.headerSize), behind the header, to the end at \(totalSize)"
    case .misaligned(let block, let offset, let alignment):
      "the \(block.rawValue) begins at \(offset); it can begin at a multiple of \(alignment)"
    case .endlessReservations: "the memory reservations do not end; behind the last one is one of zeros"
    case .structureTooShort: "the structure block ends here, before the tree does; FDT_END (9) is its last word"
    case .unknownToken(let token):
      "\(hexadecimal(token)) is no token; it can be 1 (FDT_BEGIN_NODE), 2 (FDT_END_NODE), 3 (FDT_PROP), 4 (FDT_NOP) "
        + "or 9 (FDT_END)"
    case .strayEnd: "a node ends here, and none has begun; FDT_BEGIN_NODE (1) begins one"
    case .secondRoot: "another node begins here, and the root has ended; FDT_END (9) is next"
    case .earlyEnd: "the tree ends here, and its root has not; FDT_END_NODE (2) is next"
    case .strayProperty: "a property is here, outside of all nodes; it lies in one"
    case .unterminatedNodeName: "the node's name does not end; behind it is a zero byte"
    case .badNodeName: "the node's name is not of printable ASCII, or is empty, or has a slash; only the root has none"
    case .nestedTooDeep: "this node lies too deep; \(Limits.depth) levels are read"
    case .pathTooLong: "the path of this node is too long; \(Limits.pathLength) bytes are read"
    case .propertyTooLong(let length, let left):
      "the property has \(length) bytes, and up to the end of the structure block there are \(left)"
    case .propertyNameOutside(let offset, let size):
      "the property's name is at \(offset) of the strings block, which has \(size) bytes"
    case .unterminatedPropertyName: "the property's name does not end; behind it is a zero byte"
    case .tooManyRanges:
      "the buses' ranges are too many to translate this address; \(Limits.rangeEntries) are looked at in one tree"
    }
  }
}

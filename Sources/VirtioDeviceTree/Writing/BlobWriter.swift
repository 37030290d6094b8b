/// Flattens a tree: the header, no memory reservations, the structure block and the strings block, in this order.
struct BlobWriter {
  private var structure: [UInt8] = []
  private var strings: [UInt8] = []
  private var nameOffsets: [PropertyName: UInt32] = [:]

  static func blob(of root: TreeNode) -> [UInt8] {
    var writer = BlobWriter()
    writer.append(root)
    writer.structure.append(word: BlobFormat.Token.end.rawValue)
    return writer.blob
  }

  private var blob: [UInt8] {
    let reservations = BlobFormat.headerSize
    let structureStart = reservations + BlobFormat.reservationSize
    let stringsStart = structureStart + structure.count
    let header: [Int] = [
      stringsStart + strings.count, structureStart, stringsStart, reservations,
      Int(BlobFormat.version), Int(BlobFormat.lastCompatibleVersion), 0, strings.count, structure.count,
    ]
    var blob: [UInt8] = []
    for word in [BlobFormat.magic] + header.map({ UInt32($0) }) { blob.append(word: word) }
    blob += [UInt8](repeating: 0, count: BlobFormat.reservationSize)
    return blob + structure + strings
  }

  private mutating func append(_ node: TreeNode) {
    structure.append(word: BlobFormat.Token.beginNode.rawValue)
    structure += [UInt8](node.name.utf8) + [0]
    structure.pad()
    for property in node.properties {
      let value = property.value.bytes
      structure.append(word: BlobFormat.Token.property.rawValue)
      structure.append(word: UInt32(value.count))
      structure.append(word: offset(of: property.name))
      structure += value
      structure.pad()
    }
    for child in node.children { append(child) }
    structure.append(word: BlobFormat.Token.endNode.rawValue)
  }

  private mutating func offset(of name: PropertyName) -> UInt32 {
    if let offset = nameOffsets[name] { return offset }
    let offset = UInt32(strings.count)
    strings += [UInt8](name.rawValue.utf8) + [0]
    nameOffsets[name] = offset
    return offset
  }
}

extension TreeNode.Value {
  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .flag: break
    case .string(let text): bytes += [UInt8](text.utf8) + [0]
    case .addresses(let cells), .numbers(let cells): for cell in cells { bytes.append(word: cell) }
    }
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(word: UInt32) {
    for shift in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: word >> shift)) }
  }

  /// To the next word.
  fileprivate mutating func pad() {
    append(contentsOf: repeatElement(0, count: BlobFormat.aligned(count) - count))
  }
}

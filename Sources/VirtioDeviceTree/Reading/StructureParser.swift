/// Reads the structure block, once and from front to back.
struct StructureParser {
  private let blob: BlobReader
  private let structure: Range<Int>
  private let strings: Range<Int>
  /// The last zero byte of the strings block, if it has one: a name that begins in front of it ends.
  private let lastTerminator: Int?
  private var position: Int
  private var nodes: [FlatNode] = []
  /// What was found at these offsets: properties share their names.
  private var names: [Int: PropertyName?] = [:]
  /// The indices of the nodes that have begun and not ended, from the root on.
  private var open: [Int] = []

  /// The nodes of a blob, each behind the one that it lies in.
  static func nodes(of blob: BlobReader) throws(DeviceTreeError) -> [FlatNode] {
    var parser = StructureParser(blob, try BlobHeader(blob))
    while try parser.readToken() {}
    return parser.nodes
  }

  private init(_ blob: BlobReader, _ header: BlobHeader) {
    self.blob = blob
    structure = header.structure
    strings = header.strings
    lastTerminator = blob.bytes[strings].lastIndex(of: 0)
    position = structure.lowerBound
  }

  /// Reads up to the next token; false when that was the last one.
  private mutating func readToken() throws(DeviceTreeError) -> Bool {
    let offset = position
    let word = try readWord()
    guard let token = BlobFormat.Token(rawValue: word) else { throw DeviceTreeError(.unknownToken(word), at: offset) }
    switch token {
    case .nop: break
    case .beginNode: try beginNode(offset)
    case .property: try readProperty(offset)
    case .endNode:
      guard open.popLast() != nil else { throw DeviceTreeError(.strayEnd, at: offset) }
    case .end:
      guard open.isEmpty, !nodes.isEmpty else { throw DeviceTreeError(.earlyEnd, at: offset) }
      return false
    }
    return true
  }

  private mutating func readWord() throws(DeviceTreeError) -> UInt32 {
    guard structure.upperBound - position >= 4 else { throw DeviceTreeError(.structureTooShort, at: position) }
    defer { position += 4 }
    return blob.word(at: position)
  }

  private mutating func beginNode(_ offset: Int) throws(DeviceTreeError) {
    let parent = open.last
    guard parent != nil || nodes.isEmpty else { throw DeviceTreeError(.secondRoot, at: offset) }
    guard open.count < Limits.depth else { throw DeviceTreeError(.nestedTooDeep, at: offset) }
    let name = try readName()
    // The root's own name is no part of a path.
    guard parent == nil || isName(name) else { throw DeviceTreeError(.badNodeName, at: name.lowerBound) }
    let pathLength = parent.map { nodes[$0].pathLength + 1 + name.count } ?? 0
    guard pathLength <= Limits.pathLength else { throw DeviceTreeError(.pathTooLong, at: name.lowerBound) }
    open.append(nodes.count)
    nodes.append(FlatNode(offset: offset, name: name, parent: parent, pathLength: pathLength))
  }

  private mutating func readName() throws(DeviceTreeError) -> Range<Int> {
    guard let end = blob.bytes[position..<structure.upperBound].firstIndex(of: 0) else {
      throw DeviceTreeError(.unterminatedNodeName, at: position)
    }
    defer { skip(to: end + 1) }
    return position..<end
  }

  /// Whether it can stand in a path, and on a terminal.
  private func isName(_ name: Range<Int>) -> Bool {
    !name.isEmpty && blob.bytes[name].allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "/") }
  }

  private mutating func readProperty(_ offset: Int) throws(DeviceTreeError) {
    guard let node = open.last else { throw DeviceTreeError(.strayProperty, at: offset) }
    let length = Int(try readWord())
    let nameOffset = Int(try readWord())
    guard length <= structure.upperBound - position else {
      throw DeviceTreeError(
        .propertyTooLong(length: length, left: structure.upperBound - position), at: offset)
    }
    let value = position..<position + length
    guard nameOffset < strings.count else {
      throw DeviceTreeError(.propertyNameOutside(offset: nameOffset, size: strings.count), at: offset)
    }
    let nameStart = strings.lowerBound + nameOffset
    guard let lastTerminator, nameStart <= lastTerminator else {
      throw DeviceTreeError(.unterminatedPropertyName, at: nameStart)
    }
    if let name = knownName(in: nameStart...lastTerminator) { nodes[node].add(name, value) }
    skip(to: value.upperBound)
  }

  /// Of the properties that discovery looks at, the one whose name these bytes begin with.
  private mutating func knownName(in bytes: ClosedRange<Int>) -> PropertyName? {
    if let seen = names[bytes.lowerBound] { return seen }
    let rest = blob.bytes[bytes]
    let name = Self.knownNames.first { rest.starts(with: $0.bytes) }?.name
    names[bytes.lowerBound] = .some(name)
    return name
  }

  private static let knownNames = PropertyName.allCases.map { (name: $0, bytes: [UInt8]($0.rawValue.utf8) + [0]) }

  /// The next token is at a multiple of four bytes from the start of the block, if there is still one.
  private mutating func skip(to offset: Int) {
    position = min(structure.lowerBound + BlobFormat.aligned(offset - structure.lowerBound), structure.upperBound)
  }
}

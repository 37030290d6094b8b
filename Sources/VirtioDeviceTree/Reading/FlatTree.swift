/// The nodes of a blob, and how they refer to each other.
struct FlatTree {
  let blob: BlobReader
  /// Each behind the one that it lies in.
  let nodes: [FlatNode]
  private let phandles: [UInt32: Int]

  init(_ bytes: [UInt8]) throws(DeviceTreeError) {
    blob = BlobReader(bytes: bytes)
    nodes = try StructureParser.nodes(of: blob)
    var phandles: [UInt32: Int] = [:]
    for (index, node) in nodes.enumerated() {
      guard let phandle = node[.phandle].flatMap(blob.word), phandles[phandle] == nil else { continue }
      phandles[phandle] = index
    }
    self.phandles = phandles
  }

  /// The index of the node that a phandle names.
  func node(phandle: UInt32) -> Int? { phandles[phandle] }

  /// The value of a property of one cell, if the node has it and it is one cell.
  func word(_ name: PropertyName, of node: Int) -> UInt32? { nodes[node][name].flatMap(blob.word) }

  /// The name of a node, with its unit address.
  func name(of node: Int) -> String { blob.text(nodes[node].name) }

  /// All names on the way to a node.
  func path(of node: Int) -> String {
    var names: [String] = []
    var current = node
    while let parent = nodes[current].parent {
      names.append(name(of: current))
      current = parent
    }
    return "/" + names.reversed().joined(separator: "/")
  }
}

import Foundation

@testable import VirtioDeviceTree

/// The tree that QEMU gives the guest of a `virt` machine.
func qemuTree() throws -> [UInt8] {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Trees/qemu-virt.dtb")
  return [UInt8](try Data(contentsOf: file))
}

extension [UInt8] {
  /// The big-endian word at `offset`.
  func word(at offset: Int) -> UInt32 { self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }

  /// All of its big-endian words.
  var words: [UInt32] { stride(from: 0, to: count, by: 4).map(word(at:)) }

  mutating func setWord(_ word: UInt32, at offset: Int) {
    for byte in 0..<4 { self[offset + byte] = UInt8(truncatingIfNeeded: word >> (24 - 8 * byte)) }
  }

  /// With another word at `offset`.
  func with(_ word: UInt32, at offset: Int) -> [UInt8] {
    var bytes = self
    bytes.setWord(word, at: offset)
    return bytes
  }

  /// The first bytes, with a header that says there are no more.
  func cut(to count: Int) -> [UInt8] {
    let bytes = Array(prefix(count))
    return count < 8 ? bytes : bytes.with(UInt32(count), at: 4)
  }

  /// Where a text begins.
  func offset(of text: String) -> Int? { firstRange(of: Array(text.utf8))?.lowerBound }
}

extension TreeNode {
  /// A node with properties in this order.
  static func node(
    _ name: String, _ properties: KeyValuePairs<PropertyName, Value>, _ children: TreeNode...
  ) -> TreeNode {
    TreeNode(name: name, properties: properties.map { (name: $0.key, value: $0.value) }, children: children)
  }

  /// The flattened tree with this root.
  var blob: [UInt8] { BlobWriter.blob(of: self) }
}

/// An interrupt controller with phandle 1.
func controller(cells: UInt32) -> TreeNode {
  .node("intc", [.interruptController: .flag, .interruptCells: .numbers([cells]), .phandle: .numbers([1])])
}

/// The only device of a tree.
func onlyDevice(in root: TreeNode) throws -> DiscoveredDevice? {
  let devices = try DeviceTree(blob: root.blob).devices
  return devices.count == 1 ? devices[0] : nil
}

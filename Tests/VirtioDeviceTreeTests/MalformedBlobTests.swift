import Testing

@testable import VirtioDeviceTree

@Suite("Bytes that are no device tree are refused:")
struct MalformedBlobTests {
  private let blob = VirtioMMIOTree([VirtioMMIONode(base: 0x1000, interrupt: Interrupt(line: 1))]).blob
  private var structure: Int { Int(blob.word(at: 8)) }
  private var strings: Int { Int(blob.word(at: 12)) }

  private func error(_ bytes: [UInt8]) -> DeviceTreeError? {
    do {
      _ = try DeviceTree(blob: bytes)
      return nil
    } catch {
      return error
    }
  }

  /// A blob with this structure block in the place of its own, and its own names.
  private func withStructure(_ words: [UInt32]) -> [UInt8] {
    let tail = Array(blob[strings...])
    var bytes = Array(blob[..<structure])
    for word in words { bytes = (bytes + [0, 0, 0, 0]).with(word, at: bytes.count) }
    bytes.setWord(UInt32(bytes.count), at: 12)
    bytes.setWord(UInt32(4 * words.count), at: 36)
    bytes += tail
    bytes.setWord(UInt32(bytes.count), at: 4)
    return bytes
  }

  @Test("what is too short for a header")
  func short() {
    #expect(error([]) == DeviceTreeError(.headerTooShort(count: 0), at: 0))
    #expect(error([0xd0, 0x0d, 0xfe]) == DeviceTreeError(.headerTooShort(count: 3), at: 3))
    #expect(error(Array(blob.prefix(39))) == DeviceTreeError(.headerTooShort(count: 39), at: 39))
  }

  @Test("another magic number")
  func magic() {
    #expect(error(Array("virtio-program 1".utf8)) == DeviceTreeError(.wrongMagic(0x7669_7274), at: 0))
    #expect(
      error(blob.with(0xedfe_0dd0, at: 0))?.description
        == "byte 0: the magic number is 0xedfe0dd0; a flattened device tree begins with 0xd00dfeed")
  }

  @Test("fewer bytes than the header says, or than it has")
  func totalSize() {
    let count = blob.count
    #expect(error(blob.dropLast(1)) == DeviceTreeError(.truncated(totalSize: count, count: count - 1), at: 4))
    #expect(error(blob.with(39, at: 4)) == DeviceTreeError(.totalSizeTooSmall(39), at: 4))
  }

  @Test("a version that this is no reader of")
  func version() {
    #expect(error(blob.with(16, at: 20)) == DeviceTreeError(.unknownVersion(16, lastCompatible: 16), at: 20))
    #expect(error(blob.with(18, at: 24)) == DeviceTreeError(.unknownVersion(17, lastCompatible: 18), at: 20))
    #expect(error(blob.with(99, at: 20)) == nil)
  }

  @Test("blocks outside of it, or at odd places")
  func blocks() {
    let count = blob.count
    #expect(
      error(blob.with(0xffff_fffc, at: 8))
        == DeviceTreeError(
          .blockOutside(.structure, offset: 0xffff_fffc, size: Int(blob.word(at: 36)), totalSize: count), at: 8))
    #expect(
      error(blob.with(.max, at: 36))
        == DeviceTreeError(.blockOutside(.structure, offset: structure, size: 0xffff_ffff, totalSize: count), at: 8))
    #expect(
      error(blob.with(36, at: 12))
        == DeviceTreeError(
          .blockOutside(.strings, offset: 36, size: Int(blob.word(at: 32)), totalSize: count), at: 12))
    #expect(
      error(blob.with(blob.word(at: 32) + 1, at: 32))
        == DeviceTreeError(
          .blockOutside(.strings, offset: strings, size: Int(blob.word(at: 32)) + 1, totalSize: count), at: 12))
    #expect(error(blob.with(58, at: 8)) == DeviceTreeError(.misaligned(.structure, offset: 58, alignment: 4), at: 8))
    #expect(
      error(blob.with(44, at: 16)) == DeviceTreeError(.misaligned(.reservations, offset: 44, alignment: 8), at: 16))
    // No word of the rest is two of zero, side by side.
    #expect(error(blob.with(1, at: 52))?.reason == .endlessReservations)
  }

  @Test("tokens that are none, or stand where they cannot")
  func tokens() {
    #expect(error(withStructure([5])) == DeviceTreeError(.unknownToken(5), at: structure))
    #expect(error(withStructure([])) == DeviceTreeError(.structureTooShort, at: structure))
    #expect(error(withStructure([1, 0])) == DeviceTreeError(.structureTooShort, at: structure + 8))
    #expect(error(withStructure([4, 4])) == DeviceTreeError(.structureTooShort, at: structure + 8))
    #expect(error(withStructure([3, 0, 0])) == DeviceTreeError(.strayProperty, at: structure))
    #expect(error(withStructure([1, 0, 2, 3, 0, 0, 9])) == DeviceTreeError(.strayProperty, at: structure + 12))
    #expect(error(withStructure([2])) == DeviceTreeError(.strayEnd, at: structure))
    #expect(error(withStructure([1, 0, 2, 2])) == DeviceTreeError(.strayEnd, at: structure + 12))
    #expect(error(withStructure([9])) == DeviceTreeError(.earlyEnd, at: structure))
    #expect(error(withStructure([1, 0, 9])) == DeviceTreeError(.earlyEnd, at: structure + 8))
    #expect(error(withStructure([1, 0, 2, 1, 0, 2, 9])) == DeviceTreeError(.secondRoot, at: structure + 12))
    #expect(error(withStructure([1, 0, 2, 9])) == nil)
  }

  @Test("names of nodes that do not end, or are no names")
  func nodeNames() {
    let name = structure + 12
    func child(_ words: UInt32...) -> [UInt8] { withStructure([1, 0, 1] + words + [2, 2, 9]) }
    #expect(error(withStructure([1, 0, 1, 0x6161_6161])) == DeviceTreeError(.unterminatedNodeName, at: name))
    #expect(error(child(0)) == DeviceTreeError(.badNodeName, at: name))
    // A slash, an escape, and a letter that is not of ASCII.
    for word: UInt32 in [0x612f_6100, 0x1b5b_6100, 0x61c3_a400] {
      #expect(error(child(word)) == DeviceTreeError(.badNodeName, at: name))
    }
    #expect(error(child(0x6140_3000)) == nil)
  }

  @Test("properties that are too long, or whose names are nowhere, or do not end")
  func properties() {
    let size = blob.count - strings
    #expect(
      error(withStructure([1, 0, 3, 13, 0, 0, 2, 9]))
        == DeviceTreeError(.propertyTooLong(length: 13, left: 12), at: structure + 8))
    #expect(
      error(withStructure([1, 0, 3, .max, 0, 0, 2, 9]))?.reason
        == .propertyTooLong(length: 0xffff_ffff, left: 12))
    #expect(
      error(withStructure([1, 0, 3, 0, UInt32(size), 2, 9]))
        == DeviceTreeError(.propertyNameOutside(offset: size, size: size), at: structure + 8))
    // The property's length and its name's offset are cut off.
    #expect(error(withStructure([1, 0, 3])) == DeviceTreeError(.structureTooShort, at: structure + 12))
    #expect(error(withStructure([1, 0, 3, 0])) == DeviceTreeError(.structureTooShort, at: structure + 16))

    var endless = withStructure([1, 0, 3, 0, UInt32(size - 1), 2, 9])
    #expect(error(endless) == nil)
    endless[endless.count - 1] = UInt8(ascii: "a")
    #expect(error(endless) == DeviceTreeError(.unterminatedPropertyName, at: endless.count - 1))
    for index in endless.count - size..<endless.count { endless[index] = UInt8(ascii: "a") }
    #expect(error(endless) == DeviceTreeError(.unterminatedPropertyName, at: endless.count - 1))
  }

  @Test("nodes that lie deeper than a limit")
  func depth() {
    func nested(_ depth: Int) -> [UInt8] {
      withStructure(
        [1, 0] + [[UInt32]](repeating: [1, 0x6100_0000], count: depth - 1).flatMap { $0 }
          + [UInt32](repeating: 2, count: depth) + [9])
    }
    #expect(error(nested(64)) == nil)
    #expect(error(nested(65)) == DeviceTreeError(.nestedTooDeep, at: structure + 64 * 8))
  }

  @Test("paths that are longer than a limit")
  func path() {
    func root(_ length: Int) -> TreeNode { .node("", [:], .node(String(repeating: "a", count: length), [:])) }
    #expect(error(root(1023).blob) == nil)
    #expect(error(root(1024).blob)?.reason == .pathTooLong)
  }

  @Test("more ranges to look through than a limit")
  func ranges() {
    /// A bus whose last range is the right one for each of its devices.
    func bus(_ name: String, ranges: Int, devices: Int) -> TreeNode {
      let words = [UInt32](repeating: 0, count: 3 * (ranges - 1)) + [0, 0, .max]
      let children = (0..<devices).map { index in
        TreeNode.node("virtio", [.compatible: .string("virtio,mmio"), .reg: .addresses([UInt32(index), 0x200])])
      }
      return TreeNode(
        name: name,
        properties: [(name: .addressCells, value: .numbers([1])), (name: .ranges, value: .addresses(words))],
        children: children)
    }
    let large = bus("large", ranges: 1024, devices: 1024)
    #expect(error(TreeNode.node("", [.addressCells: .numbers([1])], large).blob) == nil)
    let small = bus("small", ranges: 1, devices: 1)
    #expect(error(TreeNode.node("", [.addressCells: .numbers([1])], large, small).blob)?.reason == .tooManyRanges)
  }
}

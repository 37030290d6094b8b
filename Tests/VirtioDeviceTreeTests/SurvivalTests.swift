import Testing

@testable import VirtioDeviceTree

@Suite("A tree of QEMU that was damaged")
struct SurvivalTests {
  /// QEMU's tree without the zeros behind its last block.
  private func tree() throws -> [UInt8] {
    let bytes = try qemuTree()
    return bytes.cut(to: Int(bytes.word(at: 12) + bytes.word(at: 32)))
  }

  @Test("is refused wherever it is cut off")
  func truncated() throws {
    let bytes = try tree()
    for count in bytes.indices {
      #expect(throws: DeviceTreeError.self) { try DeviceTree(blob: Array(bytes.prefix(count))) }
    }
    #expect(try DeviceTree(blob: bytes).devices.count == 32)
  }

  @Test("is refused wherever its blocks are cut off, by a header that says so")
  func blocksTruncated() throws {
    let bytes = try tree()
    let strings = Int(bytes.word(at: 12))
    for count in 0..<Int(bytes.word(at: 36)) {
      #expect(throws: DeviceTreeError.self) { try DeviceTree(blob: bytes.with(UInt32(count), at: 36)) }
    }
    // Without the last names, properties have none.
    for count in 0..<bytes.count - strings {
      #expect(throws: DeviceTreeError.self) { try DeviceTree(blob: bytes.with(UInt32(count), at: 32)) }
    }
  }

  /// How many of 1000 trees are still read shows that damage reaches all depths, and that not just anything is read.
  @Test(
    "is read or refused, whatever bytes are changed", arguments: [(1, 400...700), (4, 50...150), (16, 0...10)])
  func changed(count: Int, stillRead: ClosedRange<Int>) throws {
    let bytes = try tree()
    var generator = SplitMix(seed: UInt64(count))
    var read = 0
    for _ in 0..<1000 {
      var damaged = bytes
      for _ in 0..<count { damaged[generator.next(below: bytes.count)] = UInt8(generator.next(below: 256)) }
      if (try? DeviceTree(blob: damaged)) != nil { read += 1 }
    }
    #expect(stillRead.contains(read))
  }

  @Test("is read or refused, whatever word of it is the largest")
  func words() throws {
    let bytes = try tree()
    var (refused, problems, fine) = (0, 0, 0)
    for offset in stride(from: 0, to: bytes.count - 4, by: 4) {
      do {
        let devices = try DeviceTree(blob: bytes.with(.max, at: offset)).devices
        if devices.allSatisfy({ $0.problems.isEmpty }) { fine += 1 } else { problems += 1 }
      } catch {
        refused += 1
      }
    }
    // Tokens, lengths and names; properties of the 32 devices, of which `reg` has four words; and what others have.
    #expect(refused > 900)
    #expect(problems > 32)
    #expect(fine > 300)
  }
}

/// A generator whose numbers a seed decides (SplitMix64).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}

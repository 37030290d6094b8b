import Testing
import VirtioDevice

@Suite("An entropy model")
struct EntropyModelTests {
  @Test("with a seed gives the numbers of SplitMix64")
  func isSplitMix64() {
    var source = SeededEntropy(seed: 0)
    // The first numbers of the generator's published reference code.
    expectEqual(source.next(), 0xe220_a839_7b1d_cdaf)
    expectEqual(source.next(), 0x6e78_9e6a_a1b9_65f4)
    expectEqual(source.next(), 0x06c4_5d18_8009_454f)
  }

  @Test(
    "fills a buffer with one number behind the other, and up to its limit", arguments: [1, 8, 9, 255, 256, 257, 1000])
  func fills(_ count: UInt32) {
    var host = PlainHost()
    var model = EntropyModel(source: SeededEntropy(seed: 7))
    var source = SeededEntropy(seed: 7)
    var expected: [UInt8] = []
    var left = Int(count)
    // Numbers are not cut but at the end of 256 bytes, and of the buffer.
    while left > 0 {
      let part = min(left, 256)
      let words = (0..<(part + 7) / 8).map { _ in source.next() }
      expected += words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }.prefix(
        part)
      left -= part
    }
    expectEqual(model.serve(room: count, &host), expected)
  }

  @Test("gives 64 KiB at a time, and has neither a configuration nor anything of its own to say")
  func isLimited() {
    var host = PlainHost()
    var model = EntropyModel(source: SeededEntropy(seed: 7))
    var chain = Chain()
    chain.writableCount = 2
    chain.writableBytes = 80_000
    let segments = [Segment](repeating: Segment(address: 0x1000, length: 40_000), count: 2)
    expectEqual(model.serve(chain, segments.span, host: &host), 65536)
    expectEqual(model.config.count, 0)
    expectEqual([model.receives(0), model.hasInput(0)], [false, false])
  }
}

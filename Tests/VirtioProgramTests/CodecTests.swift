import Testing

@testable import VirtioProgram

@Suite("The byte code")
struct CodecTests {
  @Test("gives a program back as it was")
  func roundTrip() throws {
    for program in samplePrograms(perStyle: 1500) {
      let bytes = program.encode()
      #expect(Program(decoding: bytes) == program)
      #expect(try Program(strict: bytes) == program)
    }
  }

  @Test("makes a program of any bytes, and its canonical form of that")
  func total() {
    var random = ProgramRandom(seed: 3)
    var program = Program()
    for _ in 0..<3000 {
      let bytes = random.bytes(random.below(1500))
      bytes.withUnsafeBytes { program.decode($0) }
      #expect(program.steps.count == max(0, (bytes.count - 32) / 32))
      let canonical = program.encode()
      #expect(Program(decoding: canonical) == program)
      #expect(Program.isCanonical(canonical))
    }
  }

  @Test("takes bytes that a header lacks as 0")
  func shortHeader() {
    #expect(Program(decoding: []).header == Header(queueCount: 1, sizeLog2: 0, capacity: 0))
    let start = Array(Program(header: Header(device: .entropy, queueCount: 3)).encode().prefix(7))
    #expect(Program(decoding: start).header == Header(device: .entropy, queueCount: 3, sizeLog2: 0, capacity: 0))
  }

  @Test("has 512 steps at most")
  func limit() {
    let bytes = [UInt8](repeating: 0, count: 32 * 600)
    #expect(Program(decoding: bytes).steps.count == 512)
    let program = Program(steps: Array(repeating: Step(.kick), count: 600))
    #expect(program.encode().count == 32 * 513)
  }

  @Test("writes as many whole steps as fit")
  func encodesWhatFits() {
    let program = Program(steps: [Step(.reset), Step(.kick), Step(.service)])
    for (room, size) in [(0, 0), (31, 0), (32, 32), (63, 32), (64, 64), (127, 96), (128, 128), (500, 128)] {
      var bytes = [UInt8](repeating: 0xaa, count: room)
      #expect(bytes.withUnsafeMutableBytes { program.encode(into: $0) } == size)
      #expect(Array(bytes.prefix(size)) == Array(program.encode().prefix(size)))
      #expect(bytes.dropFirst(size).allSatisfy { $0 == 0xaa })
    }
  }

  @Test("writes the canonical form of a program that has none")
  func canonicalises() {
    let wild = Header(queueCount: 0, sizeLog2: 255, capacity: .max, flags: Header.Flags(rawValue: 0xff))
    #expect(Program.isCanonical(Program(header: wild, steps: [Step(.kick).setting(.queue, 200)]).encode()))
  }
}

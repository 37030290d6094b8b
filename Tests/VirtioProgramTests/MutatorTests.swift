import Testing

@testable import VirtioProgram

@Suite("The mutator")
struct MutatorTests {
  /// The bytes after `change`, which gives their number, in a buffer of `room` bytes with a guard behind it.
  private func changed(
    _ bytes: [UInt8], room: Int, _ change: (UnsafeMutableRawBufferPointer, Int) -> Int
  ) -> [UInt8] {
    var buffer = bytes + [UInt8](repeating: 0x5a, count: room - bytes.count + 64)
    let size = buffer.withUnsafeMutableBytes {
      change(UnsafeMutableRawBufferPointer(rebasing: $0[..<room]), bytes.count)
    }
    #expect(buffer[room...].allSatisfy { $0 == 0x5a })
    #expect(size <= room)
    return Array(buffer[..<size])
  }

  private func expectProgram(_ bytes: [UInt8]) {
    #expect(bytes.count >= 64)
    #expect(Program.isCanonical(bytes))
  }

  @Test("leaves a canonical program, whatever was there", arguments: ProgramGenerator.Style.allCases)
  func anyInput(style: ProgramGenerator.Style) {
    var mutator = ProgramMutator(style: style)
    var random = ProgramRandom(seed: 11)
    for _ in 0..<3000 {
      let bytes = random.bytes(random.oneIn(4) ? 0 : random.below(400))
      let room = max(64, bytes.count) + (random.oneIn(2) ? 0 : random.below(200))
      expectProgram(changed(bytes, room: room) { mutator.mutate($0, size: $1, seed: random.next()) })
      expectProgram(changed(bytes, room: room) { ProgramMutator.canonicalize($0, size: $1) })
    }
  }

  @Test("leaves canonical programs, however often it is used", arguments: ProgramGenerator.Style.allCases)
  func chain(style: ProgramGenerator.Style) {
    var mutator = ProgramMutator(style: style)
    var bytes: [UInt8] = []
    var longest = 0
    for seed in 0..<5000 {
      bytes = changed(bytes, room: 32 * 40 + 7) { mutator.mutate($0, size: $1, seed: UInt64(seed)) }
      expectProgram(bytes)
      longest = max(longest, bytes.count)
    }
    #expect(longest == 32 * 40)
  }

  @Test("has 512 steps at most")
  func limit() {
    var mutator = ProgramMutator(style: .lifecycle)
    let bytes = [UInt8](repeating: 0, count: 32 * 600)
    for seed in 0..<100 {
      let result = changed(bytes, room: bytes.count) { mutator.mutate($0, size: $1, seed: UInt64(seed)) }
      #expect(result.count <= 32 * 513)
    }
  }

  @Test("refuses a buffer that no program fits, and leaves it alone")
  func tooSmall() {
    var mutator = ProgramMutator(style: .lifecycle)
    #expect(changed([1, 2, 3], room: 63) { mutator.mutate($0, size: $1, seed: 0) } == [])
    #expect(changed([1, 2, 3], room: 63) { ProgramMutator.canonicalize($0, size: $1) } == [])
    let crossed = changed([], room: 63) { out, _ in
      [1, 2, 3].withUnsafeBytes { mutator.crossOver($0, $0, into: out, seed: 0) }
    }
    #expect(crossed == [])
  }

  @Test("does the same for the same seed", arguments: ProgramGenerator.Style.allCases)
  func deterministic(style: ProgramGenerator.Style) {
    var used = ProgramMutator(style: style)
    var random = ProgramRandom(seed: 12)
    // Long enough that what is repeated reaches its limit now and then.
    for seed in 0..<2000 {
      let bytes = random.bytes(1024)
      var fresh = ProgramMutator(style: style)
      let once = changed(bytes, room: 8192) { fresh.mutate($0, size: $1, seed: UInt64(seed)) }
      // What the other one did before must not matter.
      #expect(once == changed(bytes, room: 8192) { used.mutate($0, size: $1, seed: UInt64(seed)) })
    }
  }

  @Test("changes a program nearly always")
  func changes() {
    var mutator = ProgramMutator(style: .lifecycle)
    var generator = ProgramGenerator(style: .lifecycle, seed: 13)
    var unchanged = 0
    for seed in 0..<1000 {
      let bytes = generator.program(steps: 24..<65).encode()
      if changed(bytes, room: 4096, { mutator.mutate($0, size: $1, seed: UInt64(seed)) }) == bytes { unchanged += 1 }
    }
    #expect(unchanged < 100)
  }

  @Test("crosses two programs at the borders of steps")
  func crossOver() {
    var mutator = ProgramMutator(style: .lifecycle)
    let a = Program(steps: Array(repeating: Step(.kick), count: 10))
    let b = Program(steps: Array(repeating: Step(.reset), count: 10))
    var mixed = 0
    for seed in 0..<300 {
      let bytes = changed([], room: 32 * 16) { out, _ in
        a.encode().withUnsafeBytes { a in
          b.encode().withUnsafeBytes { b in mutator.crossOver(a, b, into: out, seed: UInt64(seed)) }
        }
      }
      expectProgram(bytes)
      if Set(Program(decoding: bytes).steps.map(\.kind)) == [.kick, .reset] { mixed += 1 }
    }
    #expect(mixed > 150)
  }

  @Test("crosses any bytes to a canonical program")
  func crossOverOfNoise() {
    var mutator = ProgramMutator(style: .registers)
    var random = ProgramRandom(seed: 14)
    for _ in 0..<2000 {
      let (a, b) = (random.bytes(random.below(300)), random.bytes(random.below(300)))
      let bytes = changed([], room: 64 + random.below(400)) { out, _ in
        a.withUnsafeBytes { a in
          b.withUnsafeBytes { b in mutator.crossOver(a, b, into: out, seed: random.next()) }
        }
      }
      expectProgram(bytes)
    }
  }
}

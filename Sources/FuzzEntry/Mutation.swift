import FuzzerShim
import VirtioProgram

/// How new programs come from those that libFuzzer keeps. The buffers are libFuzzer's, valid for the time of a call.
struct Mutation {
  /// Of so many mutations about one is libFuzzer's own, of bytes.
  private static let shares: UInt32 = 24
  /// Of so many mutations in ``shares``, these make a program anew. What is mutated often and long breaks how it brings
  /// its device up; in whole lives at least half of the programs have to get a chain done.
  private let freshShares: UInt32
  /// What programs grow to, in bytes. Longer ones take their time and find no more for it; but none is cut.
  private static let comfortableSize = Header.size + 128 * Step.size

  private let style: ProgramGenerator.Style
  private var mutator: ProgramMutator

  /// Only bytes are mutated.
  private let isPlain: Bool

  init(style: ProgramGenerator.Style, isPlain: Bool) {
    self.style = style
    self.isPlain = isPlain
    freshShares = style == .registers || style == .descriptors ? 2 : 8
    mutator = ProgramMutator(style: style)
  }

  /// Changes the program in the first `size` bytes, and gives its new size.
  mutating func mutate(_ buffer: UnsafeMutableRawBufferPointer, size: Int, seed: UInt32) -> Int {
    let room = room(in: buffer, for: size)
    guard !isPlain else { return engineMutation(room, size: size) }
    switch seed % Self.shares {
    case 0: return mutateBytes(room, size: size)
    case 1...freshShares: return makeProgram(in: room, seed: UInt64(seed))
    default: return mutator.mutate(room, size: size, seed: UInt64(seed))
    }
  }

  /// Makes one program of two, and gives its size.
  mutating func crossOver(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer,
    seed: UInt32
  ) -> Int {
    // libFuzzer's own is one of its mutations of bytes.
    guard !isPlain else { return 0 }
    return mutator.crossOver(first, second, into: room(in: out, for: first.count), seed: UInt64(seed))
  }

  private func mutateBytes(_ buffer: UnsafeMutableRawBufferPointer, size: Int) -> Int {
    ProgramMutator.canonicalize(buffer, size: engineMutation(buffer, size: size))
  }

  private func engineMutation(_ buffer: UnsafeMutableRawBufferPointer, size: Int) -> Int {
    guard let bytes = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    return shim_engine_mutate(bytes, size, buffer.count)
  }

  /// Without this, a run from an empty corpus takes long to bring a device up.
  private func makeProgram(in buffer: UnsafeMutableRawBufferPointer, seed: UInt64) -> Int {
    var generator = ProgramGenerator(style: style, seed: seed)
    return generator.program(steps: 8..<64).encode(into: buffer)
  }

  private func room(in buffer: UnsafeMutableRawBufferPointer, for size: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(max(size, Self.comfortableSize)))
  }
}

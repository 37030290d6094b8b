import VirtioProgram

/// Programs made of those of the corpus, each by one call of the mutator on its bytes, as a fuzzing engine makes it.
struct Mutations: ~Copyable {
  private static let room = Header.size + Program.maxSteps * Step.size

  private let originals: [[UInt8]]
  private var mutator = ProgramMutator(style: .lifecycle)
  private var buffer = [UInt8](repeating: 0, count: room)
  private var program = Program()
  private var seed: UInt64 = 0

  init(of programs: [Program]) {
    originals = programs.map { $0.encode() }
    program.steps.reserveCapacity(Program.maxSteps)
  }

  /// The next mutation of the program with this index.
  mutating func next(_ index: Int) -> Program {
    seed &+= 1
    buffer.withUnsafeMutableBytes { bytes in
      bytes.copyBytes(from: originals[index])
      let size = mutator.mutate(bytes, size: originals[index].count, seed: seed)
      program.decode(UnsafeRawBufferPointer(rebasing: bytes[..<size]))
    }
    return program
  }
}

/// Changes programs step by step, in the buffer that a fuzzing engine gives. What it leaves there is canonical, whatever
/// was there before.
///
/// The buffers have to be valid for the time of a call, as those of libFuzzer are; nothing is kept.
public struct ProgramMutator: Sendable {
  var generator: ProgramGenerator
  /// Steps on their way into a program; kept for its room.
  var scratch: [Step] = []

  /// `style` is that of the steps which are put in.
  public init(style: ProgramGenerator.Style) {
    generator = ProgramGenerator(style: style, seed: 0)
    scratch.reserveCapacity(64)
  }

  /// Changes the program in the first `size` bytes by one to four operations, and gives its new size in bytes: at least
  /// a header and one step. 0, with nothing changed, where the buffer is too small for these.
  public mutating func mutate(_ buffer: UnsafeMutableRawBufferPointer, size: Int, seed: UInt64) -> Int {
    guard var records = RecordBuffer(canonicalizing: buffer, size: size) else { return 0 }
    generator.restart(seed: seed, header: records.header)
    for _ in 0..<4 {
      change(&records)
      if generator.random.oneIn(2) { break }
    }
    return records.size
  }

  /// Makes the first `size` bytes a canonical program, and gives its size in bytes: at least a header and one step. 0,
  /// with nothing changed, where the buffer is too small for these.
  public static func canonicalize(_ buffer: UnsafeMutableRawBufferPointer, size: Int) -> Int {
    guard var records = RecordBuffer(canonicalizing: buffer, size: size) else { return 0 }
    if records.count == 0 { records.insert(CollectionOfOne(Step(.service)), at: 0) }
    return records.size
  }
}

/// A program in somebody else's memory, changed in place: a header and whole canonical steps.
///
/// All accesses go through the checked records of `RecordBytes.swift`, or move bytes between offsets of steps that the
/// preconditions here keep inside the buffer; the buffer outlives this value because a ``ProgramMutator`` makes one
/// anew in each call, and does not keep it.
struct RecordBuffer {
  private let bytes: UnsafeMutableRawBufferPointer
  /// The number of steps.
  private(set) var count: Int
  /// The number of steps that there is room for, at least 1.
  let capacity: Int

  /// The smallest room for a program: a header and one step, in bytes.
  static let minSize = Header.size + Step.size

  /// Makes a canonical program of the first `size` bytes; nil where the buffer cannot hold any.
  init?(canonicalizing bytes: UnsafeMutableRawBufferPointer, size: Int) {
    guard bytes.count >= Self.minSize else { return nil }
    let given = UnsafeRawBufferPointer(rebasing: bytes[..<max(0, min(size, bytes.count))])
    self.bytes = bytes
    capacity = Program.stepCount(inBytes: bytes.count)
    count = Program.stepCount(inBytes: given.count)
    header = Header(reducing: given.firstRecord())
    for index in 0..<count { self[index] = self[index].reduced() }
  }

  /// In bytes.
  var size: Int { Program.offset(ofStep: count) }

  var isFull: Bool { count == capacity }

  var header: Header {
    get { Header(reducing: UnsafeRawBufferPointer(bytes).firstRecord()) }
    nonmutating set { bytes.storeRecord(newValue.record, at: 0) }
  }

  subscript(index: Int) -> Step {
    get { Step(words: UnsafeRawBufferPointer(bytes).record(at: Program.offset(ofStep: index))) }
    nonmutating set { bytes.storeRecord(newValue.words, at: Program.offset(ofStep: index)) }
  }

  /// Inserts steps before step `index`; those that there is no room for fall off behind.
  mutating func insert(_ steps: some Collection<Step>, at index: Int) {
    let inserted = min(steps.count, capacity - index)
    let kept = min(count - index, capacity - index - inserted)
    move(from: index, to: index + inserted, count: kept)
    count = index + inserted + kept
    for (offset, step) in steps.prefix(inserted).enumerated() { self[index + offset] = step.reduced() }
  }

  mutating func remove(_ range: Range<Int>) {
    move(from: range.upperBound, to: range.lowerBound, count: count - range.upperBound)
    count -= range.count
  }

  /// Moves whole records; the two places may overlap.
  private func move(from source: Int, to target: Int, count: Int) {
    precondition(count >= 0 && source >= 0 && target >= 0 && max(source, target) + count <= capacity)
    guard count > 0, let base = bytes.baseAddress else { return }
    // Sound: both places are records inside the buffer, and `copyMemory` permits that they overlap.
    (base + Program.offset(ofStep: target)).copyMemory(
      from: base + Program.offset(ofStep: source), byteCount: count * Step.size)
  }
}

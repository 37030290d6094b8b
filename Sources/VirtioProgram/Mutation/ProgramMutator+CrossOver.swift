extension ProgramMutator {
  /// Writes a program made of a first part of `a`, a part of `b`, and perhaps the rest of `a`, and gives its size in
  /// bytes: at least a header and one step. 0, with nothing written, where `out` is too small for these. `out` overlaps
  /// neither `a` nor `b`.
  public mutating func crossOver(
    _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer, seed: UInt64
  ) -> Int {
    guard var records = RecordBuffer(canonicalizing: out, size: 0) else { return 0 }
    var random = ProgramRandom(seed: seed)
    records.header = Header(reducing: (random.oneIn(4) ? b : a).firstRecord())
    let first = RecordSource(bytes: a)
    let second = RecordSource(bytes: b)
    let cut = random.below(first.count + 1)
    let start = random.below(second.count + 1)
    let end = random.oneIn(2) ? second.count : start + random.below(second.count - start + 1)
    first.append(0..<cut, to: &records)
    second.append(start..<end, to: &records)
    if random.oneIn(2) { first.append(cut..<first.count, to: &records) }
    if records.count == 0 {
      generator.restart(seed: seed, header: records.header)
      records.insert(CollectionOfOne(generator.step()), at: 0)
    }
    return records.size
  }
}

/// The steps of any bytes, read one by one and checked by `RecordBytes.swift`.
private struct RecordSource {
  let bytes: UnsafeRawBufferPointer

  var count: Int { Program.stepCount(inBytes: bytes.count) }

  func append(_ range: Range<Int>, to records: inout RecordBuffer) {
    for index in range.prefix(records.capacity - records.count) {
      records.insert(
        CollectionOfOne(Step(words: bytes.record(at: Program.offset(ofStep: index)))), at: records.count)
    }
  }
}

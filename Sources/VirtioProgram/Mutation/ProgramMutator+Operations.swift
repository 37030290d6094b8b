extension ProgramMutator {
  /// Does one operation; the program has a step after it.
  mutating func change(_ records: inout RecordBuffer) {
    guard records.count > 0 else { return insertStep(&records) }
    switch generator.random.below(100) {
    case 0..<36: tweakField(records)
    case 36..<58: insertStep(&records)
    case 58..<64: insertScene(&records)
    case 64..<72: removeBlock(&records)
    case 72..<76: duplicateStep(&records)
    case 76..<78: repeatBlock(&records)
    case 78..<83: swapSteps(records)
    case 83..<88: moveBlock(&records)
    case 88..<92: changeKind(records)
    case 92..<95: changeHeader(records)
    case 95..<99: insertBringUp(&records)
    default: truncate(&records)
    }
  }

  private mutating func tweakField(_ records: RecordBuffer) {
    let index = generator.random.below(records.count)
    records[index] = generator.tweaked(records[index])
  }

  /// Inserts a step; in a full program it takes the place of another.
  private mutating func insertStep(_ records: inout RecordBuffer) {
    let step = generator.step()
    if records.isFull {
      records[generator.random.below(records.count)] = step
    } else {
      records.insert(CollectionOfOne(step), at: generator.random.below(records.count + 1))
    }
  }

  private mutating func insertScene(_ records: inout RecordBuffer) {
    scratch.removeAll(keepingCapacity: true)
    generator.scene(&scratch)
    records.insert(scratch, at: generator.random.below(records.count + 1))
  }

  /// Inserts what makes the device live: at the start, or as a recovery in the middle.
  private mutating func insertBringUp(_ records: inout RecordBuffer) {
    scratch.removeAll(keepingCapacity: true)
    generator.bringUp(&scratch)
    records.insert(scratch, at: generator.random.oneIn(2) ? 0 : generator.random.below(records.count + 1))
  }

  /// Removes one step mostly, or a few; never all.
  private mutating func removeBlock(_ records: inout RecordBuffer) {
    guard records.count > 1 else { return tweakField(records) }
    let block = block(of: records, limit: records.count - 1)
    records.remove(block)
  }

  private mutating func duplicateStep(_ records: inout RecordBuffer) {
    guard !records.isFull else { return tweakField(records) }
    let source = generator.random.below(records.count)
    let target = generator.random.oneIn(2) ? source + 1 : generator.random.below(records.count + 1)
    records.insert(CollectionOfOne(records[source]), at: target)
  }

  private static var longestRepetition: Int { 64 }

  /// Steps that are done many times: for what only shows when there is too much of it.
  private mutating func repeatBlock(_ records: inout RecordBuffer) {
    let block = block(of: records, limit: records.count)
    scratch.removeAll(keepingCapacity: true)
    for _ in 0...generator.random.below(16) {
      for index in block where scratch.count < Self.longestRepetition { scratch.append(records[index]) }
    }
    records.insert(scratch, at: block.upperBound)
  }

  private mutating func swapSteps(_ records: RecordBuffer) {
    let first = generator.random.below(records.count)
    let second = generator.random.below(records.count)
    (records[first], records[second]) = (records[second], records[first])
  }

  private mutating func moveBlock(_ records: inout RecordBuffer) {
    guard records.count > 1 else { return tweakField(records) }
    let block = block(of: records, limit: records.count - 1)
    scratch.removeAll(keepingCapacity: true)
    for index in block { scratch.append(records[index]) }
    records.remove(block)
    records.insert(scratch, at: generator.random.below(records.count + 1))
  }

  /// The fields keep what they hold, as far as the new kind has them.
  private mutating func changeKind(_ records: RecordBuffer) {
    let index = generator.random.below(records.count)
    var step = records[index]
    step.kind = StepKind(reducing: UInt8(generator.random.below(StepKind.allCases.count)))
    records[index] = step.reduced()
  }

  private mutating func changeHeader(_ records: RecordBuffer) {
    var header = records.header
    let other = generator.randomHeader()
    switch generator.random.below(6) {
    case 0: header.device = other.device
    case 1: header.queueCount = UInt8(1 + generator.random.below(Int(Header.maxQueueCount)))
    case 2: header.sizeLog2 = other.sizeLog2
    case 3: header.withheldFeatures ^= 1 << generator.random.below(UInt64(64))
    case 4: header.capacity = other.capacity
    default: header.flags.formSymmetricDifference(generator.random.oneIn(2) ? .readOnly : other.flags)
    }
    records.header = header
    generator.use(header)
  }

  private mutating func truncate(_ records: inout RecordBuffer) {
    records.remove(1 + generator.random.below(records.count)..<records.count)
  }

  /// A block of steps: one mostly, at most 16 or `limit`.
  private mutating func block(of records: RecordBuffer, limit: Int) -> Range<Int> {
    let length = generator.random.oneIn(3) ? 1 + generator.random.below(min(16, limit)) : 1
    let start = generator.random.below(records.count - length + 1)
    return start..<start + length
  }
}

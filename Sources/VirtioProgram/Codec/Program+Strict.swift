extension Program {
  /// The program that these bytes encode, if they are its canonical bytes; else an error that says what is wrong, where,
  /// and what would be right.
  public init(strict bytes: [UInt8]) throws(ProgramError) {
    guard bytes.count >= Header.size, bytes.count.isMultiple(of: Step.size) else {
      throw ProgramError(.raggedLength(bytes.count), at: .byte(bytes.count))
    }
    let stepCount = (bytes.count - Header.size) / Step.size
    guard stepCount <= Self.maxSteps else {
      throw ProgramError(.tooManySteps(stepCount), at: .byte(Self.offset(ofStep: Self.maxSteps)))
    }
    let header = bytes.record(at: 0)
    try Header.check(header, bytes: bytes)
    self.init(header: Header(reducing: header))
    steps.reserveCapacity(stepCount)
    for index in 0..<stepCount {
      let step = Step(words: bytes.record(at: Self.offset(ofStep: index)))
      try step.check(number: index, bytes: bytes)
      steps.append(step)
    }
  }
}

extension Header {
  fileprivate static func check(_ words: RecordWords, bytes: [UInt8]) throws(ProgramError) {
    let magic = UInt32(truncatingIfNeeded: words.0)
    guard magic == Self.magic else { throw ProgramError(.wrongMagic(magic), at: .byte(0)) }
    guard bytes[4] == Self.version else { throw ProgramError(.unknownVersion(bytes[4]), at: .byte(4)) }
    try check("device", UInt64(bytes[5]), below: UInt64(Device.allCases.count), byte: 5)
    try check("queues", UInt64(bytes[6]), below: UInt64(maxQueueCount), byte: 6)
    try check("sizeLog2", UInt64(bytes[7]), below: UInt64(maxSizeLog2) + 1, byte: 7)
    try check("capacity", words.2 & 0xffff_ffff, below: UInt64(capacityLimit), byte: 16)
    try check("flags", UInt64(bytes[20]), below: UInt64(Flags.defined.rawValue) + 1, byte: 20)
    for byte in 21..<size where bytes[byte] != 0 {
      throw ProgramError(.reservedByte(bytes[byte]), at: .byte(byte))
    }
  }

  private static func check(_ field: String, _ number: UInt64, below limit: UInt64, byte: Int) throws(ProgramError) {
    guard number < limit else {
      throw ProgramError(
        .outOfDomain(field: field, number: number, allowed: Domain.below(limit).numbers), at: .byte(byte))
    }
  }
}

extension Step {
  fileprivate func check(number: Int, bytes: [UInt8]) throws(ProgramError) {
    let start = Program.offset(ofStep: number)
    let kindNumber = words.0 & 0xff
    guard kindNumber == UInt64(kind.rawValue) else {
      throw ProgramError(
        .outOfDomain(
          field: "kind", number: kindNumber, allowed: Domain.below(UInt64(StepKind.allCases.count)).numbers),
        at: .step(number, byte: start))
    }
    for spec in kind.fields where spec.domain.reduce(self[spec.field]) != self[spec.field] {
      throw ProgramError(
        .outOfDomain(field: "\(spec.name) of \(kind.name)", number: self[spec.field], allowed: spec.domain.numbers),
        at: .step(number, byte: start + spec.field.byte))
    }
    let canonical = reduced()
    for byte in 0..<Step.size {
      let meant = canonical.word(byte / 8) >> UInt64(byte % 8 * 8) & 0xff
      guard UInt64(bytes[start + byte]) == meant else {
        throw ProgramError(.reservedByte(bytes[start + byte]), at: .step(number, byte: start + byte))
      }
    }
  }
}

extension StepField {
  /// Where the field begins in the record, in bytes.
  fileprivate var byte: Int { word * 8 + Int(shift / 8) }
}

extension Domain {
  /// The numbers that the domain has, for an error.
  fileprivate var numbers: String {
    switch self {
    case .any: "any number"
    case .below(let limit): "0 to \(limit - 1)"
    case .choice(let names): "0 to \(names.count - 1)"
    case .flags(let names): "any of the bits 0 to \(names.count - 1)"
    case .offset: "0 to 65535"
    case .address: "a place from 0 to \(SymbolicAddress.Place.allCases.count - 1) with a number that it has"
    }
  }
}

extension [UInt8] {
  fileprivate func record(at offset: Int) -> RecordWords {
    withUnsafeBytes { $0.record(at: offset) }
  }
}

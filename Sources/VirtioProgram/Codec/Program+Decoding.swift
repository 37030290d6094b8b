extension Program {
  /// The most steps that a program has; bytes behind them are not looked at.
  public static let maxSteps = 512
  /// How long the bytes of a program can be.
  public static let maxSize = Header.size + maxSteps * Step.size

  /// The program that these bytes are. Any bytes are one: see ``decode(_:)``.
  public init(decoding bytes: UnsafeRawBufferPointer) {
    self.init()
    decode(bytes)
  }

  /// Becomes the program that these bytes are, in the room that the steps already have.
  ///
  /// Total: bytes that a header lacks are 0, its magic and version are not looked at, every field is brought into its
  /// domain, and a ragged tail is ignored.
  public mutating func decode(_ bytes: UnsafeRawBufferPointer) {
    header = Header(reducing: bytes.firstRecord())
    steps.removeAll(keepingCapacity: true)
    let count = Self.stepCount(inBytes: bytes.count)
    steps.reserveCapacity(count)
    let shapes = StepTable.shapes
    for index in 0..<count {
      steps.append(Step(words: bytes.record(at: Self.offset(ofStep: index))).reduced(by: shapes))
    }
  }

  /// How many steps a program of so many bytes has.
  static func stepCount(inBytes count: Int) -> Int {
    min(max(0, (count - Header.size) / Step.size), maxSteps)
  }

  /// Where a step's record is, in bytes.
  static func offset(ofStep index: Int) -> Int { Header.size + index * Step.size }
}

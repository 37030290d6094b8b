/// One step of a program: a record of 32 bytes. Which of its fields have a meaning, and which numbers they may hold,
/// says its ``StepKind``.
public struct Step: Hashable, Sendable {
  /// The size of a record, in bytes.
  @inlinable public static var size: Int { 32 }

  @usableFromInline
  var words: RecordWords

  /// A step of this kind with all fields 0.
  @inlinable
  public init(_ kind: StepKind) {
    words = (UInt64(kind.rawValue), 0, 0, 0)
  }

  /// A step of this kind with these fields, each brought into its domain.
  public init(_ kind: StepKind, _ fields: KeyValuePairs<StepField, UInt64>) {
    self.init(kind)
    for (field, number) in fields { self[field] = number }
    self = reduced()
  }

  /// The step with these words, canonical or not.
  @inlinable
  init(words: RecordWords) {
    self.words = words
  }

  /// Setting it leaves the other fields as they are: see ``reduced()``.
  @inlinable
  public var kind: StepKind {
    get { StepKind(reducing: UInt8(truncatingIfNeeded: words.0)) }
    set { words.0 = words.0 & ~0xff | UInt64(newValue.rawValue) }
  }

  /// The number in a field. Setting cuts it to the field's width, and not to its domain: see ``reduced()``.
  @inlinable
  public subscript(field: StepField) -> UInt64 {
    @inline(__always) get { word(field.word) >> field.shift & field.mask }
    set {
      let cleared = word(field.word) & ~(field.mask << field.shift)
      setWord(field.word, cleared | (newValue & field.mask) << field.shift)
    }
  }

  /// The step's address field.
  public var address: SymbolicAddress { SymbolicAddress(reducing: words.3) }

  /// This step in its canonical form: every field in its domain, fields without a meaning 0. A canonical step is what
  /// this makes of itself.
  public func reduced() -> Step { reduced(by: StepTable.shapes) }

  /// The same for whoever reduces many steps, and asks for ``StepTable/shapes`` once.
  @inline(__always)
  func reduced(by shapes: [StepTable.Shape]) -> Step {
    var kind = Int(words.0 & 0xff)
    if kind >= shapes.count { kind %= shapes.count }
    let shape = shapes[kind]
    var step = Step(
      words: (
        UInt64(kind) | words.0 & shape.keep.0, words.1 & shape.keep.1, words.2 & shape.keep.2, words.3 & shape.keep.3
      ))
    // Spelt out, so that every place in the record is a constant. Flags are sets of bits: keeping some was all.
    step.reduce(.queue, shape)
    step.reduce(.choice, shape)
    step.reduce(.count, shape)
    step.reduce(.index, shape)
    step.reduce(.size, shape)
    step.reduce(.length, shape)
    step.reduce(.fault, shape)
    step.reduce(.position, shape)
    step.reduce(.value, shape)
    // Most addresses are automatic, which is 0.
    if shape.hasAddress, step.words.3 != 0 { step.words.3 = SymbolicAddress(reducing: step.words.3).rawValue }
    return step
  }

  @inline(__always)
  private mutating func reduce(_ field: StepField, _ shape: StepTable.Shape) {
    let number = self[field]
    let largest = shape.largest[Int(field.rawValue)]
    if number > largest { self[field] = number % (largest + 1) }
  }

  @inlinable
  func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    default: words.3
    }
  }

  @inlinable
  mutating func setWord(_ index: Int, _ value: UInt64) {
    switch index {
    case 0: words.0 = value
    case 1: words.1 = value
    case 2: words.2 = value
    default: words.3 = value
    }
  }

  public static func == (a: Step, b: Step) -> Bool { a.words == b.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

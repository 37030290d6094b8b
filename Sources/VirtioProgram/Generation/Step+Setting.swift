import VirtioSpec

// Steps spelt without a list of fields, which would be allocated.
extension Step {
  func setting(_ field: StepField, _ number: UInt64) -> Step {
    var step = self
    step[field] = number
    return step
  }

  func setting(_ flags: some FlagWord) -> Step { setting(.flags, UInt64(flags.rawValue)) }

  func choosing(_ word: some Word) -> Step { setting(.choice, UInt64(word.rawValue)) }

  mutating func insert(_ flags: some FlagWord) { self[.flags] |= UInt64(flags.rawValue) }

  func access(_ offset: UInt64, width: AccessWidth) -> Step {
    setting(.index, offset).setting(.choice, UInt64(width.rawValue))
  }

  /// The words of field `width`, in their order.
  enum AccessWidth: UInt8 {
    case one, two, four, eight
  }
}

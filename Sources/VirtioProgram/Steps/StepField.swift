/// A place in a step's record. Every kind of step keeps the same thing at the same place, so that a step whose kind
/// changes keeps as much of its meaning as it can.
///
/// | bytes | field    | bytes  | field    |
/// |-------|----------|--------|----------|
/// | 0     | kind     | 8–11   | length   |
/// | 1     | queue    | 12–13  | flags    |
/// | 2     | choice   | 14     | fault    |
/// | 3     | count    | 15     | position |
/// | 4–5   | index    | 16–23  | value    |
/// | 6–7   | size     | 24–31  | address  |
public enum StepField: UInt8, CaseIterable, Sendable {
  case queue, choice, count, index, size, length, flags, fault, position, value, address

  /// Which of the record's four 64-bit words the field is in.
  @inlinable
  public var word: Int {
    switch self {
    case .queue, .choice, .count, .index, .size: 0
    case .length, .flags, .fault, .position: 1
    case .value: 2
    case .address: 3
    }
  }

  /// The field's lowest bit in its word.
  @inlinable
  public var shift: UInt64 {
    switch self {
    case .queue: 8
    case .choice: 16
    case .count: 24
    case .index: 32
    case .size: 48
    case .length, .value, .address: 0
    case .flags: 32
    case .fault: 48
    case .position: 56
    }
  }

  /// The largest number that the field can hold.
  @inlinable
  public var mask: UInt64 {
    switch self {
    case .queue, .choice, .count, .fault, .position: 0xff
    case .index, .size, .flags: 0xffff
    case .length: 0xffff_ffff
    case .value, .address: .max
    }
  }
}

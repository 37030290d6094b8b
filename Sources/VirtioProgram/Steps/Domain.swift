/// Which numbers a field of a step may hold, and what they mean.
public enum Domain: Equatable, Sendable {
  /// Any number that fits the field.
  case any
  /// A number below this one, which is not 0.
  case below(UInt64)
  /// One of these names, by its index.
  case choice([String])
  /// A set of flags: bit i has the name i.
  case flags([String])
  /// A register offset; a register of the table goes by its name.
  case offset
  /// A ``SymbolicAddress``.
  case address

  /// `number`, brought into the domain. Numbers of the domain stay what they are.
  public func reduce(_ number: UInt64) -> UInt64 {
    switch self {
    case .any: number
    case .below(let limit): number % limit
    case .choice(let names): number % UInt64(names.count)
    case .flags(let names): number & (1 << UInt64(names.count) - 1)
    case .offset: number & 0xffff
    case .address: SymbolicAddress(reducing: number).rawValue
    }
  }
}

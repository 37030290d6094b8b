import VirtioProgram
import VirtioSpec

extension FieldSpec {
  /// Numbers of the domain that say less than `number`, those that say least first. What is simpler than something
  /// simpler is simpler itself, and nothing is simpler than itself: going from one to the next comes to an end.
  func simpler(than number: UInt64) -> [UInt64] {
    switch domain {
    case .any, .below: Self.numbers(below: number)
    case .choice(let names): choices(UInt64(names.count), before: number)
    case .flags: Self.subsets(of: number)
    case .offset: Self.offsets(before: number)
    case .address: SymbolicAddress(rawValue: number)?.simpler.map(\.rawValue) ?? []
    }
  }

  /// The number of a choice that people read over: an access as wide as the registers are, else the first word.
  private var plainChoice: UInt64 {
    self == .width ? UInt64(Register.width.trailingZeroBitCount) : 0
  }

  private func choices(_ count: UInt64, before number: UInt64) -> [UInt64] {
    guard number != plainChoice else { return [] }
    return [plainChoice] + (0..<min(count, number)).filter { $0 != plainChoice }
  }

  /// 0, then fewer bits, which suits masks, then less by half of it, a quarter, …, 1, which suits counts and limits.
  private static func numbers(below number: UInt64) -> [UInt64] {
    guard number > 0 else { return [] }
    let halves = sequence(first: number >> 1) { $0 > 1 ? $0 >> 1 : nil }.filter { $0 > 0 }
    return unique(subsets(of: number) + halves.map { number - $0 })
  }

  /// The empty set, then those that lack one bit, the highest first.
  private static func subsets(of bits: UInt64) -> [UInt64] {
    guard bits > 0 else { return [] }
    return unique([0] + (0..<64).reversed().filter { bits >> $0 & 1 == 1 }.map { bits & ~(1 << $0) })
  }

  /// Registers of the table before those that have no name, and then lower ones before higher ones.
  private static func offsets(before offset: UInt64) -> [UInt64] {
    let registers = Register.allCases.map { UInt64($0.rawValue) }.sorted()
    guard !registers.contains(offset) else { return registers.filter { $0 < offset } }
    return registers + numbers(below: offset).filter { !registers.contains($0) }
  }

  private static func unique(_ numbers: [UInt64]) -> [UInt64] {
    var seen: Set<UInt64> = []
    return numbers.filter { seen.insert($0).inserted }
  }
}

extension SymbolicAddress {
  /// The step's own place, then this place without an offset, the first of its kind, and smaller offsets.
  fileprivate var simpler: [SymbolicAddress] {
    guard self != .automatic else { return [] }
    var simpler = [SymbolicAddress.automatic]
    if offset != 0 { simpler.append(SymbolicAddress(place, number)) }
    if number != 0 { simpler.append(SymbolicAddress(place, 0, offset: offset)) }
    // By dividing: a shift would never bring a negative offset to 0.
    for divisor in (1..<47).map({ Int64(1) << $0 }) where offset / divisor != 0 {
      simpler.append(SymbolicAddress(place, number, offset: offset - offset / divisor))
    }
    if offset != 0 { simpler.append(SymbolicAddress(place, number, offset: offset - offset.signum())) }
    return simpler
  }
}

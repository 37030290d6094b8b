/// An interrupt specifier: which line of its controller a device raises. How many cells it has, and what they mean, is
/// for the controller to say.
public struct Interrupt: Hashable, Sendable {
  /// At least one.
  public let cells: [UInt32]

  /// A line of a controller with one cell.
  public init(line: UInt32) { cells = [line] }

  /// A line of a controller with three cells: Arm's generic interrupt controller (GIC).
  ///
  /// - Parameters:
  ///   - type: 0 for a shared peripheral interrupt (SPI), 1 for a private one (PPI).
  ///   - number: Counted within its type.
  ///   - flags: 1 for a rising edge, 2 for a falling one, 4 for a high level, 8 for a low one.
  public init(type: UInt32, number: UInt32, flags: UInt32) { cells = [type, number, flags] }

  /// What a tree says. There is none without cells.
  init?(cells: [UInt32]) {
    guard !cells.isEmpty else { return nil }
    self.cells = cells
  }

  /// Of three cells the second, else the first.
  public var number: UInt32 { cells.count == 3 ? cells[1] : cells[0] }
}

extension Interrupt: CustomStringConvertible {
  /// `42`, `SPI 16 rising`, or the cells as they are where those have another meaning.
  public var description: String {
    if cells.count == 3, let type = Self.types[cells[0]], let trigger = Self.triggers[cells[2]] {
      return "\(type) \(cells[1]) \(trigger)"
    }
    return cells.map { "\($0)" }.joined(separator: " ")
  }

  private static let types: [UInt32: String] = [0: "SPI", 1: "PPI"]
  private static let triggers: [UInt32: String] = [1: "rising", 2: "falling", 4: "high", 8: "low"]
}

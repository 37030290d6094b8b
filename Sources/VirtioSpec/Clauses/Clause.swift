/// One testable statement: of the specification, in our own words, or an obligation of our own.
public struct Clause: Sendable {
  /// Who has to keep it.
  public enum Side: Sendable {
    case device, driver
  }

  /// How strongly it is said.
  public enum Level: String, Sendable {
    case must = "MUST"
    case mustNot = "MUST NOT"
    case should = "SHOULD"
    case shouldNot = "SHOULD NOT"
    case may = "MAY"
    /// A fact of a register table.
    case table
    /// Text outside normative sections and tables.
    case prose
    /// An obligation of this project (`ROB-*`, `HOUSE-*`), never suspended.
    case obligation
  }

  public enum Severity: BitwiseCopyable, Sendable {
    case error, warning
  }

  public let id: ClauseID
  /// The id as reports and files spell it, for instance `MMIO-DEV-07`.
  public let name: String
  public let side: Side
  public let level: Level
  /// `mmio:` is the MMIO chapter; else a file of the specification's source and its label.
  public let source: String
  /// What it says, in our own words.
  public let says: String
  /// How a harness can see it, and the traps in seeing it.
  public let observed: String

  init(
    _ id: ClauseID, _ name: String, _ side: Side, _ level: Level, source: String, says: String, observed: String
  ) {
    self.id = id
    self.name = name
    self.side = side
    self.level = level
    self.source = source
    self.says = says
    self.observed = observed
  }

  public var severity: Severity {
    switch level {
    case .should, .shouldNot, .may: .warning
    case .must, .mustNot, .table, .prose, .obligation: .error
    }
  }
}

extension ClauseID {
  public static var count: Int { allCases.count }

  public var clause: Clause { Clause.all[Int(rawValue)] }

  /// The id as reports spell it, for instance `MMIO-DEV-07`.
  public var name: String { clause.name }

  /// The id with this spelling, if there is one.
  public init?(name: some StringProtocol) {
    guard let found = Clause.all.first(where: { $0.name == name }) else { return nil }
    self = found.id
  }
}

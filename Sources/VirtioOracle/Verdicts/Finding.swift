import VirtioSpec

/// A clause that was broken, and where.
public struct Finding: Sendable {
  public var clause: ClauseID
  public var severity: Clause.Severity
  /// The number of the step, from 0; the number of steps stands for what comes behind the last one.
  public var step: Int
  /// The raw value of the step's kind; 255 behind the last step.
  public var stepKind: UInt8
  /// What was seen: a register's value, an address or a count; the clause says which.
  public var seen: UInt64
  /// What would have been right.
  public var expected: UInt64
  /// What the driver was first at fault with, since the last reset, and at which step.
  public var driverFault: DriverFault?
}

/// A rule that the driver broke, and at which step.
public struct DriverFault: Sendable {
  public var clause: ClauseID
  public var step: Int
}

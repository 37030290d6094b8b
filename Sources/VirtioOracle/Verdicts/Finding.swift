import VirtioSpec

/// A clause that was broken, and where.
public struct Finding: BitwiseCopyable, Sendable {
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
public struct DriverFault: BitwiseCopyable, Equatable, Sendable {
  public var clause: ClauseID
  public var step: Int

  public init(clause: ClauseID, step: Int) {
    self.clause = clause
    self.step = step
  }

  /// A warning: the rule is advice, or what is seen of it is not the whole of it.
  public var severity: Clause.Severity { Judge.isAdvice(clause) ? .warning : clause.clause.severity }

  /// Whether what a device does may come from it, so that it can be what was first at fault. Advice, and what a driver
  /// owes only to itself, change nothing for a device.
  public var mayMislead: Bool {
    !Judge.isOwnBusiness(clause) && (severity == .error || Judge.leavesDeviceOpen(clause))
  }
}

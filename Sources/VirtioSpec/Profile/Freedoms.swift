/// What implementations do differently where the specification is silent or not clear, and a judge has to know. The
/// defaults are the strict reading of the text.
public struct Freedoms: Sendable {
  /// How the interrupt line tells of events. The text has it active whenever a bit of InterruptStatus is set; many
  /// devices are wired to an edge.
  public enum Interrupt: Sendable {
    /// Active while a bit is set.
    case level
    /// Rises for an event when no bit was set before. When it falls is of no importance.
    case edge
  }

  /// What a second write to a word of DriverFeatures does before FEATURES_OK: the register "sets" bits.
  public enum SecondWrite: Sendable {
    case replaces
    case adds
  }

  /// How much a used element may say that was written (A20).
  public enum UsedLength: Sendable {
    /// No more than was, from the first writable byte on without a gap: what a driver may count on. Of a read that failed
    /// that is 0, since only the status behind the data was written.
    case writtenFromStart
    /// No more than was, wherever it is.
    case written
    /// No more than there was room for.
    case writable
    case anything
  }

  public var interrupt = Interrupt.level
  public var driverFeatures = SecondWrite.replaces
  public var usedLength = UsedLength.writtenFromStart
  /// In how many polls a reset is over: until then Status may still read what it read before. The text sets no time, and
  /// Linux does not wait: 0 is at once (A11).
  public var resetPolls = 0

  /// A reset makes a legacy device forget GuestPageSize. The text leaves it open, and drivers count on it being kept
  /// (A18).
  public var resetForgetsPageSize = false
  /// Writing 0 to QueuePFN resets a legacy device as a whole, and not only the queue (A18).
  public var queueStopResetsDevice = false

  public init() {}
}

import VirtioOracle
import VirtioProgram

/// What a run of a program came to.
public struct RunSummary: Sendable {
  public var executedSteps = 0
  /// Steps that could not be taken, because something that they need was missing.
  public var skippedSteps = 0
  /// Executed steps by the raw value of their kind.
  public var stepsByKind = InlineArray<32, UInt32>(repeating: 0)
  public var interruptRises = 0
  public var chains = ChainCounts()

  @inlinable
  init() {}

  public var completedChains: Int { chains.completed }
  public var chainsWithData: Int { chains.withData }

  @inlinable
  mutating func count(_ kind: StepKind, isTaken: Bool) {
    if isTaken {
      executedSteps += 1
      stepsByKind[Int(kind.rawValue)] += 1
    } else {
      skippedSteps += 1
    }
  }
}

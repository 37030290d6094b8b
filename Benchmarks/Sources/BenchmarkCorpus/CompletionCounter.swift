import VirtioOracle
import VirtioSpec

/// A judge, and how many steps completed a chain with data: two chains in one step are one such step, and what ends
/// behind the last step is none.
public struct CompletionCounter: ~Copyable, EventObserver {
  public private(set) var judge: Judge
  /// Of the last program.
  public private(set) var stepsWithData = 0
  /// Whether the device needed a reset when the last program was over.
  public private(set) var endedBroken = false

  private var chainsBefore = 0
  private var isInStep = false
  private var isPolled = false
  private var isEnded = false

  public init(_ judge: consuming Judge) { self.judge = judge }

  public var chainCounts: ChainCounts { judge.chainCounts }

  public mutating func begin(_ profile: DeviceProfile) {
    judge.begin(profile)
    stepsWithData = 0
    endedBroken = false
    chainsBefore = 0
    (isInStep, isPolled, isEnded) = (false, false, false)
  }

  public mutating func observe(_ event: Event, _ bytes: RawSpan) {
    switch event.kind {
    case .step:
      closeStep()
      (isInStep, isPolled) = (true, false)
    case .poll: isPolled = true
    // A step sets the backend before it is polled; behind that poll it is the end of the program.
    case .stall where isPolled: closeStep()
    case .registerRead where !isEnded && event.address == UInt64(Register.status.rawValue):
      endedBroken = event.value & UInt64(DeviceStatus.deviceNeedsReset.rawValue) != 0
    case .end: isEnded = true
    default: break
    }
    judge.observe(event, bytes)
  }

  public mutating func finish() { judge.finish() }

  private mutating func closeStep() {
    let chains = judge.chainCounts.withData
    if isInStep && chains > chainsBefore { stepsWithData += 1 }
    chainsBefore = chains
    isInStep = false
  }
}

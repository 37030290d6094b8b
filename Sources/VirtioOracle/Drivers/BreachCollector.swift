import VirtioSpec

/// A judge of whom nothing is asked but what the driver broke, all of it.
public struct BreachCollector: ~Copyable, EventObserver {
  private var judge: Judge
  public private(set) var breaches: [DriverFault] = []

  public init(memory: MemoryMap, specification: Specification = .chapter) {
    judge = Judge(memory: memory, specification: specification)
  }

  public mutating func begin(_ profile: DeviceProfile) {
    judge.begin(profile)
    breaches = []
  }

  public mutating func observe(_ event: Event, _ bytes: RawSpan) {
    judge.observe(event, bytes)
    if !judge.ledger.breaches.isEmpty { breaches += judge.ledger.takeBreaches() }
  }

  public mutating func finish() { judge.finish() }

  public func count(of clause: ClauseID) -> Ledger.Count { judge.ledger.counts[Int(clause.rawValue)] }
}

import TraceImport
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// How a driver behaved.
struct DriverConduct {
  private let breaches: [DriverFault]
  /// The rules that could have been judged, and how often each was.
  private let counts: [(clause: ClauseID, count: Ledger.Count)]
  /// What a step of a breach is: a line of a trace, or a step of a program.
  private let place: String
  private let isTrace: Bool
  private let transport: Transport

  init(_ driver: RecordedDriver) {
    breaches = driver.breaches
    transport = driver.transport
    counts = DriverJudge.rules(of: transport).map { ($0, driver.counts[$0]!) }
    (place, isTrace) = ("line", true)
  }

  /// Runs a program on the reference device.
  init(_ program: Program, _ specification: Specification) {
    var harness = Harness(
      device: ReferenceDevice(), observer: BreachCollector(memory: .standard, specification: specification))
    _ = harness.run(program)
    breaches = harness.observer.breaches
    transport = program.header.flags.contains(.legacy) ? .legacy : .modern
    counts = Judge.traceRules(of: transport).map { ($0, harness.observer.count(of: $0)) }
    (place, isTrace) = ("step", false)
  }

  func isFinding(strict: Bool) -> Bool { breaches.contains { strict || $0.severity == .error } }

  /// A line for each clause that was broken, in the order of the first time, and a summary.
  var lines: [String] {
    var seen: Set<ClauseID> = []
    let broken = breaches.filter { seen.insert($0.clause).inserted }
    return broken.map(line) + [summary]
  }

  private func line(_ first: DriverFault) -> String {
    let more = breaches.count { $0.clause == first.clause } - 1
    let clause = first.clause.clause
    return "\(place) \(first.step)\(more > 0 ? " and \(more) more" : ""): "
      + "\(first.severity == .warning ? "warning: " : "")\(clause.name) (\(clause.level.rawValue)): \(clause.says)"
  }

  private var summary: String {
    let judged = counts.filter { $0.count.armed > 0 }
    let broken = judged.count { $0.count.violated > 0 }
    let hidden = Judge.traceRules(of: transport).count - counts.count
    return "\(judged.count) trace rules judged: \(judged.count - broken) kept, \(broken) broken; "
      + "\(counts.count - judged.count) had no occasion"
      + (isTrace ? "; \(hidden) are not observable on a bare register trace" : "")
  }
}

import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// What a judge says of one program on one device.
public struct Verdicts {
  public var findings: [Finding]
  /// What the driver broke, in order.
  public var breaches: [DriverFault]
  /// What was not judged, and why.
  public var scope: Scope
  fileprivate var counts: [Ledger.Count]

  public subscript(clause: ClauseID) -> Ledger.Count { counts[Int(clause.rawValue)] }

  /// The clauses of the findings, each once, in the order in which they were first broken.
  public var violated: [ClauseID] {
    var seen: [ClauseID] = []
    for finding in findings where !seen.contains(finding.clause) { seen.append(finding.clause) }
    return seen
  }
}

/// Runs a program, given as the lines of its text behind the first one, on the reference device, or on a double of it, in front of a fresh judge.
public func judge(_ text: String, _ border: Border = Border()) throws -> Verdicts {
  var harness = Harness(device: DeviceDouble(border), observer: Judge(memory: .standard))
  _ = harness.run(try Program(text: "virtio-program 1\n" + text))
  var counts: [Ledger.Count] = []
  for clause in 0..<ClauseID.count { counts.append(harness.observer.ledger.counts[clause]) }
  return Verdicts(
    findings: harness.observer.ledger.findings, breaches: harness.observer.ledger.breaches,
    scope: harness.observer.ledger.scope, counts: counts)
}

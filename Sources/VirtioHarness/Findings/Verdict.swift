import VirtioOracle
import VirtioSpec

/// What is wrong with a program on a device: one finding, as a process tells it to another.
public struct Verdict: Equatable, Sendable {
  public let identity: FindingIdentity
  public let severity: Clause.Severity
  /// From 0; the number of steps stands for what comes behind the last one.
  public let step: Int
  /// For people: `seen 0x1, expected 0x0`, or what the process died of.
  public let sight: String
  /// For people: what the driver was first at fault with, `FEAT-DRV-06 at step 1`; empty where only the device is.
  public let driverFault: String

  public init(
    _ identity: FindingIdentity, severity: Clause.Severity, step: Int, sight: String, driverFault: String = ""
  ) {
    self.identity = identity
    self.severity = severity
    self.step = step
    self.sight = sight
    self.driverFault = driverFault
  }

  /// Whether the device trapped or hung, which hides what else is wrong.
  public var isDeath: Bool { identity.clause == .rob01 || identity.clause == .rob02 }

  public init(_ finding: Finding) {
    self.init(
      finding.identity, severity: finding.severity, step: finding.step,
      sight: "seen 0x\(String(finding.seen, radix: 16)), expected 0x\(String(finding.expected, radix: 16))",
      driverFault: finding.driverFault.map { "\($0.clause.name) at step \($0.step)" } ?? "")
  }

  /// What ``line`` made; nil where it is none.
  public init?(line: some StringProtocol) {
    self.init(fields: line.split(separator: Character("\t"), omittingEmptySubsequences: false).map { String($0) })
  }

  static let fieldCount = 5

  init?(fields: [String]) {
    guard fields.count == Self.fieldCount, let identity = FindingIdentity(fields[0]), let step = Int(fields[2]),
      let severity = [Clause.Severity.error, .warning].first(where: { "\($0)" == fields[1] })
    else { return nil }
    self.init(
      identity, severity: severity, step: step, sight: fields[3], driverFault: fields[4])
  }

  /// The fields with tabs between them, without a line feed.
  public var line: String { "\(identity)\t\(severity)\t\(step)\t\(sight)\t\(driverFault)" }

  /// Whether this says of another program what `other` says of its own: the same finding, and no driver's fault before
  /// it that was not there.
  public func saysAgain(_ other: Verdict) -> Bool {
    identity == other.identity && severity == other.severity && (driverFault.isEmpty || !other.driverFault.isEmpty)
  }
}

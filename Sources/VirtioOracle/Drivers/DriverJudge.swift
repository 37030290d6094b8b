import VirtioSpec

/// Judges a driver by its register accesses alone, as a recorded trace has them: without the widths of accesses, the
/// values of reads, and guest memory.
///
/// What is not in the trace is not made up. Where a driver can only go on if a read showed what it hoped for, it is
/// taken for that: FEATURES_OK and the end of a reset count as seen once Status was read.
public struct DriverJudge: ~Copyable {
  private var shadow = DriverShadow(queueLimit: 1024)
  private var ledger = Ledger()

  /// The rules that such accesses to a device of this transport can show broken or kept.
  public static func rules(of transport: Transport) -> [ClauseID] {
    let shown = Judge.registerTraceRules + Judge.legacyTraceRules
    return Judge.traceRules(of: transport).filter { shown.contains($0) && !Judge.notOnBareTrace.contains($0) }
  }

  /// - Parameters:
  ///   - transport: Which registers the device has.
  ///   - deviceType: What the device is; nil leaves out what depends on it.
  ///   - specification: The text to go by.
  public init(transport: Transport = .modern, deviceType: DeviceType?, specification: Specification = .chapter) {
    shadow.powerOn(
      DriverShadow.Facts(specification: specification, transport: transport, deviceType: deviceType))
  }

  /// The driver read a register or a field at `offset`. `place` is what a breach is reported with, such as a line.
  public mutating func read(_ offset: UInt32, at place: Int) {
    ledger.step = place
    shadow.read(offset, Register(offset, in: shadow.facts.transport), width: nil, value: nil, &ledger)
  }

  public mutating func write(_ offset: UInt32, value: UInt32, at place: Int) {
    ledger.step = place
    shadow.write(offset, Register(offset, in: shadow.facts.transport), width: nil, value: UInt64(value), &ledger)
  }

  /// The interrupt line has a level.
  public mutating func interrupt(_ level: Bool) { shadow.interrupt(level) }

  /// The trace is over: duties that the driver left open are broken.
  public mutating func finish() { shadow.finish(&ledger) }

  /// What the driver broke since this was last asked; `step` is the place.
  public mutating func takeBreaches() -> [DriverFault] { ledger.takeBreaches() }

  public func count(of clause: ClauseID) -> Ledger.Count { ledger.counts[Int(clause.rawValue)] }
}

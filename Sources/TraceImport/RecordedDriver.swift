import VirtioOracle
import VirtioSpec

/// What a recorded driver did, judged by the rules for drivers.
public struct RecordedDriver: Sendable {
  /// What it broke, in the order of the trace; `step` is the line.
  public let breaches: [DriverFault]
  /// How often each rule of ``DriverJudge/rules`` was judged: all of them are in it.
  public let counts: [ClauseID: Ledger.Count]

  /// Judges the accesses of a trace as they are.
  ///
  /// A trace of Version 1 is an error: rules for its driver need a legacy transport.
  public init(judging trace: Trace, by specification: Specification = .chapter) throws(TraceError) {
    try trace.checkVersion()
    var judge = DriverJudge(deviceType: trace.deviceType, specification: specification)
    var breaches: [DriverFault] = []
    var levels = trace.levels[...]
    for access in trace.accesses {
      while let level = levels.first, level.line < access.line {
        judge.interrupt(level.isRaised)
        levels.removeFirst()
      }
      if let value = access.value {
        judge.write(access.offset, value: value, at: access.line)
      } else {
        judge.read(access.offset, at: access.line)
      }
      breaches += judge.takeBreaches()
    }
    judge.finish()
    self.breaches = breaches + judge.takeBreaches()
    var counts: [ClauseID: Ledger.Count] = [:]
    for clause in DriverJudge.rules { counts[clause] = judge.count(of: clause) }
    self.counts = counts
  }
}

extension Trace {
  /// What the recorder's comment says that the device is; nil for what is not known here.
  public var deviceType: DeviceType? {
    switch deviceName?.name {
    case "virtio-blk-device": .block
    case "virtio-rng-device": .entropy
    default: nil
    }
  }
}

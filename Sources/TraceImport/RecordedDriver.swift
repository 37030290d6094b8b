import VirtioOracle
import VirtioSpec

/// What a recorded driver did, judged by the rules for drivers.
public struct RecordedDriver: Sendable {
  /// What it broke, in the order of the trace; `step` is the line.
  public let breaches: [DriverFault]
  /// How often each rule was judged: those of ``DriverJudge/rules(of:)`` are in it.
  public let counts: [ClauseID: Ledger.Count]
  /// Of the device that was driven.
  public let transport: Transport

  /// Judges the accesses of a trace as they are.
  public init(judging trace: Trace, by specification: Specification = .chapter) {
    var judge = DriverJudge(transport: trace.transport, deviceType: trace.deviceType, specification: specification)
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
    for clause in DriverJudge.rules(of: trace.transport) { counts[clause] = judge.count(of: clause) }
    self.counts = counts
    transport = trace.transport
  }
}

extension Trace {
  /// What the recorder's comment says that the device is; nil for what is not known here.
  public var deviceType: DeviceType? {
    switch deviceName?.name {
    case "virtio-blk-device": .block
    case "virtio-rng-device": .entropy
    case "virtio-serial-device": .console
    case "virtio-net-device": .network
    default: nil
    }
  }
}

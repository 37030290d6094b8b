import VirtioDevice
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Runs programs on a device, under the eyes of an observer. Everything is made once: a run allocates nothing.
///
/// The device acts only inside register accesses, host stimuli and polls. It is polled once after each step. Behind the
/// last one the backend is released, the device is polled `finalPolls` times, and then it is reset. That belongs to
/// the version of the program format.
public struct Harness<Device: DeviceUnderTest & ~Copyable, Observer: EventObserver & ~Copyable>: ~Copyable {
  @inlinable static var finalPolls: Int { 8 }

  @usableFromInline var driver: Driver
  @usableFromInline var rig: Rig<Device, Observer>

  /// A harness with memory as the device has it, and so has the observer.
  public init(device: consuming Device, observer: consuming Observer) {
    let memory = device.memory
    driver = Driver(memory: memory, deviceType: .block)
    rig = Rig(device: device, host: ObservedHost(map: memory, observer: observer))
  }

  @inlinable
  public var observer: Observer {
    _read { yield rig.host.observer }
    _modify { yield &rig.host.observer }
  }

  @inlinable
  public var device: Device {
    _read { yield rig.device }
    _modify { yield &rig.device }
  }

  /// Runs a program from power-on to the reset behind its last step.
  @inlinable
  public mutating func run(_ program: Program) -> RunSummary {
    var summary = RunSummary()
    let profile = rig.device.powerOn(program.header)
    driver.powerOn(
      deviceType: profile.deviceType, transport: profile.transport, resetPolls: profile.freedoms.resetPolls)
    rig.host.isAudited = profile.isMemoryAudited
    rig.host.observer.begin(profile)
    if rig.lives() { take(program.steps, &summary) }
    if rig.device.death == nil { finish(profile.queueCount, profile.transport) }
    summary.interruptRises = rig.host.interruptRises
    summary.chains = rig.host.observer.chainCounts
    // Here and not before the next program: what a program reaches of the code is to depend on nothing but itself.
    rig.device.powerOff()
    rig.host.rewind()
    rig.host.observer.finish()
    return summary
  }

  /// Takes the steps of a program, as long as the device is there.
  @inlinable
  mutating func take(_ steps: [Step], _ summary: inout RunSummary) {
    for index in steps.indices {
      let step = steps[index]
      rig.host.observer.observe(Event(.step, value: UInt64(index), detail: step.kind.rawValue))
      let isTaken = driver.take(step, &rig)
      rig.stimulate(.poll)
      summary.count(step.kind, isTaken: isTaken)
      if rig.device.death != nil { return }
    }
  }

  /// The end of every program: the device may finish, says how it is, and is reset.
  @inlinable
  mutating func finish(_ queueCount: UInt32, _ transport: Transport) {
    rig.host.observer.observe(Event(.stepsEnd))
    rig.stimulate(.backend(.immediate))
    for _ in 0..<Self.finalPolls { rig.stimulate(.poll) }
    read(.interruptStatus)
    read(.status)
    guard rig.device.death == nil else { return }
    rig.host.observer.observe(Event(.end))
    driver.resetDevice(&rig)
    read(.interruptStatus)
    for queue in 0..<queueCount {
      write(.queueSel, queue)
      switch transport {
      case .legacy: read(.queuePFN)
      case .modern:
        read(.queueReady)
        read(.queueReset)
      }
    }
  }

  @inlinable
  mutating func read(_ register: Register) {
    _ = rig.readRegister(register.rawValue, width: Register.width)
  }

  @inlinable
  mutating func write(_ register: Register, _ value: UInt32) {
    rig.writeRegister(register.rawValue, width: Register.width, value: UInt64(value))
  }
}

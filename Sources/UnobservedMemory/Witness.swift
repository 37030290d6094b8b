import VirtioDevice
import VirtioSpec

/// Tells a host what a device does in memory that nobody observes: its accesses as a right device would have made them,
/// as far as what changed can be explained so, and what is left over as it is.
///
/// So it is for the device: an access that is told may not have taken place, and one that left no trace, or was undone, is
/// not told. Split virtqueues only.
public struct Witness: ~Copyable {
  public var ram: UnobservedRAM
  private var queues: [WatchedQueue] = []
  private var selected = 0
  private var pageSize: UInt32 = 0
  private var isDriverOK = false
  /// The driver resets the device: in that action, it may still finish what it has.
  private var isResetting = false
  /// The device does not return what it was given: whether it looks at more is not to be guessed.
  public var hasGivenUp = false
  private var transport = Transport.modern
  private var queueStopResetsDevice = false

  public init(_ ram: consuming UnobservedRAM) { self.ram = ram }

  /// A device of this profile is at power-on.
  public mutating func powerOn(_ profile: DeviceProfile) {
    transport = profile.transport
    queueStopResetsDevice = profile.freedoms.queueStopResetsDevice
    pageSize = 0
    reset(Int(profile.queueCount))
  }

  private mutating func reset(_ count: Int) {
    selected = 0
    isDriverOK = false
    isResetting = false
    hasGivenUp = false
    queues = [WatchedQueue](repeating: WatchedQueue(), count: count)
  }

  /// A driver's write to a register, which the device has not heard of yet.
  public mutating func note(
    write value: UInt64, to offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable
  ) {
    guard width == Register.width, let register = Register(offset, in: transport) else { return }
    let value = UInt32(truncatingIfNeeded: value)
    switch register {
    case .status: noteStatus(value)
    case .queueSel: selected = Int(value)
    case .guestPageSize: pageSize = value
    case .queuePFN where value == 0 && queueStopResetsDevice:
      for queue in queues.indices { queues[queue].stop() }
    case .queueNotify:
      // The low half, where there is more: VIRTIO_F_NOTIFICATION_DATA.
      let queue = Int(value & 0xffff)
      // Of one that serves a queue earlier, what it returns tells.
      if isDriverOK, !hasGivenUp, queues.indices.contains(queue) { queues[queue].take(host: &host) }
    default:
      if queues.indices.contains(selected) { queues[selected].write(register, value, pageSize: pageSize) }
    }
  }

  /// What a driver read of a register.
  public mutating func note(read value: UInt64, of offset: UInt32, width: Int) {
    guard width == Register.width, Register(offset, in: transport) == .queueReady, value == 1,
      queues.indices.contains(selected), !queues[selected].isLive
    else { return }
    queues[selected].resume()
  }

  private mutating func noteStatus(_ value: UInt32) {
    isResetting = value == 0
    isDriverOK = value & UInt32(DeviceStatus.driverOK.rawValue) != 0
  }

  /// Whether there are chains that the device has not returned.
  public var isWaiting: Bool { queues.contains { $0.isLive && !$0.chains.isEmpty } }

  /// Looks at what is in RAM now. A device that acts besides has to be asked again until nothing changes.
  ///
  /// - Returns: Whether anything has changed since the last look.
  @discardableResult
  public mutating func look() -> Bool { ram.look() }

  /// Tells of all that the looks since the last time have seen, when the device has returned.
  public mutating func testify(host: inout some DeviceHost & ~Copyable) {
    if ram.hasNews {
      for queue in queues.indices { queues[queue].showUsed(&ram, host: &host) }
      // It may have begun with what it was not notified of.
      let isExplained = ram.news().allSatisfy { news in queues.contains { $0.awaits(news) } }
      if !isExplained { for queue in queues.indices { queues[queue].take(host: &host) } }
      ram.tellAllNews(to: &host)
    }
    if isResetting { reset(queues.count) }
    for queue in queues.indices { queues[queue].finishStop() }
  }
}

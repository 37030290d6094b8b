import VirtioSpec

/// One thing that happened at the border of a device, in the order in which it happened.
///
/// What was moved in guest memory comes beside it, as bytes; see ``EventObserver``.
public struct Event: Sendable {
  public enum Kind: UInt8, Sendable {
    /// A step begins: `value` is its number, `detail` the raw value of its kind.
    case step
    /// The driver read a register: `address` is the offset, `detail` the width in bytes, `value` what it read. Comes
    /// behind whatever the device did for it.
    case registerRead
    /// The driver writes a register: `address`, `detail` and `value` likewise. Comes before the device acts.
    case registerWrite
    /// The driver wrote guest memory at `address`.
    case driverWrite
    /// The device asked for `value` bytes at `address`. No bytes: it was refused.
    case deviceRead
    /// The device wrote at `address`, `value` bytes. No bytes: it was refused.
    case deviceWrite
    /// The interrupt line has a new level, `value` 0 or 1.
    case interrupt
    /// From outside the guest: the block device's capacity is to be `value` sectors.
    case resize
    /// From outside the guest: the backend stalls (`value` 1) or may go on (`value` 0).
    case stall
    /// From outside the guest: the device may do what there is to do.
    case poll
    /// The device has returned from a register access, a stimulus or a poll.
    case settled
    /// The driver has made its last access; those that follow are the harness's own.
    case stepsEnd
    /// From outside the guest: bytes came in for port `address`, of which the device took `value`, which are shown; of a
    /// network device a whole frame behind its `NetworkHeader`. Comes behind whatever the device did for it.
    case arrival
    /// The device puts out bytes at port `address`; a network device a frame behind its `NetworkHeader`, which is of
    /// that pair of queues.
    case emission
    /// From outside the guest: a `PortChange`, `value`, of port `address`.
    case port
    /// From outside the guest: the link of a network device goes up, unless `value` is 0.
    case link
    /// From outside the guest: a network device is to have the guest make itself known.
    case announcement
    /// The program is over: the backend was released and the device was polled. The reset comes behind it.
    case end
    /// What a block device has for `value` sectors, from sector `address` on, is now on persistent storage.
    case persistence
    /// The process of a device that has one is gone: it crashed, or hung if `value` is 1. Nothing comes behind it but the end
    /// of the run.
    case death
  }

  public var kind: Kind
  public var detail: UInt8
  public var address: UInt64
  public var value: UInt64

  @inlinable
  public init(_ kind: Kind, address: UInt64 = 0, value: UInt64 = 0, detail: UInt8 = 0) {
    self.kind = kind
    self.detail = detail
    self.address = address
    self.value = value
  }
}

/// Whoever looks at the events of a run.
public protocol EventObserver: ~Copyable {
  /// A run begins: a device with this profile is at power-on, and all of guest memory is zero.
  mutating func begin(_ profile: DeviceProfile)

  /// `bytes` are those that were read or written in guest memory; none for other kinds of event.
  mutating func observe(_ event: Event, _ bytes: RawSpan)

  /// The run is over. What it took is given back here, so that it does not count as what the next one reaches.
  mutating func finish()

  /// The chains that the device returned in this run, as far as the observer follows them.
  var chainCounts: ChainCounts { get }
}

/// How many chains a device returned.
public struct ChainCounts: Equatable, Sendable {
  public var completed = 0
  /// Those with more than a header and a status.
  public var withData = 0

  @inlinable
  public init() {}
}

extension EventObserver where Self: ~Copyable {
  public var chainCounts: ChainCounts { ChainCounts() }

  @inlinable
  public mutating func observe(_ event: Event) { observe(event, RawSpan()) }
}

/// Looks at nothing.
public struct NoObserver: EventObserver {
  @inlinable
  public init() {}

  @inlinable
  public mutating func begin(_ profile: DeviceProfile) {}

  @inlinable
  public mutating func observe(_ event: Event, _ bytes: RawSpan) {}

  @inlinable
  public mutating func finish() {}
}

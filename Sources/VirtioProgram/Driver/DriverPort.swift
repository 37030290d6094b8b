/// What a driver works through: the device's registers, guest memory as the guest sees it, and the world outside the
/// guest. Addresses are guest-physical, numbers little-endian.
public protocol DriverPort: ~Copyable {
  mutating func readRegister(_ offset: UInt32, width: Int) -> UInt64
  mutating func writeRegister(_ offset: UInt32, width: Int, value: UInt64)

  /// The number at an address; nil outside RAM.
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T?
  /// False outside RAM.
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool
  /// False outside RAM.
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool

  mutating func stimulate(_ stimulus: HostStimulus)

  /// Bytes come in at a port from outside the guest; of a network device a frame behind its `NetworkHeader`, from
  /// the address that the port numbers.
  mutating func deliver(_ bytes: RawSpan, to port: Int)

  /// Arms a change of guest memory between two reads of the device; a later one replaces it.
  mutating func arm(_ race: Race)
}

/// What happens to a device from outside the guest.
public enum HostStimulus: Equatable, Sendable {
  /// The capacity changes, in sectors; or the size of a console, to the columns that the low byte says and the rows that the
  /// rest does.
  case resize(sectors: UInt64)
  case backend(BackendMode)
  case poll
  case port(Int, PortChange)
  case link(LinkChange)
}

/// After the device has read from `address` on `after` times, `width` bytes there become `value`.
public struct Race: Equatable, Sendable {
  public var address: UInt64
  /// In bytes: 1, 2, 4 or 8.
  public var width: Int
  public var value: UInt64
  public var after: UInt64

  @inlinable
  public init(address: UInt64, width: Int, value: UInt64, after: UInt64) {
    self.address = address
    self.width = width
    self.value = value
    self.after = after
  }
}

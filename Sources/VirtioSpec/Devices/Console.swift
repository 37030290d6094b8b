/// Facts of the console device (section 5.3).
public enum Console {
  /// `struct virtio_console_control` without what some events have behind it: id, event, value.
  @inlinable public static var controlSize: Int { 8 }
  /// What `VIRTIO_CONSOLE_RESIZE` has behind it: cols, rows.
  @inlinable public static var resizeSize: Int { 4 }

  /// `event` of a control message.
  public enum ControlEvent: UInt16, Sendable {
    /// `VIRTIO_CONSOLE_DEVICE_READY`, of the driver: whether it can handle ports.
    case deviceReady = 0
    /// `VIRTIO_CONSOLE_DEVICE_ADD`: there is a port.
    case deviceAdd = 1
    /// `VIRTIO_CONSOLE_DEVICE_REMOVE`: there is no such port any more.
    case deviceRemove = 2
    /// `VIRTIO_CONSOLE_PORT_READY`, of the driver: whether it can use a port.
    case portReady = 3
    /// `VIRTIO_CONSOLE_CONSOLE_PORT`: the port is a console.
    case consolePort = 4
    /// `VIRTIO_CONSOLE_RESIZE`: the console has another size.
    case resize = 5
    /// `VIRTIO_CONSOLE_PORT_OPEN`, of both: whether an application has the port open.
    case portOpen = 6
    /// `VIRTIO_CONSOLE_PORT_NAME`: the port has a name.
    case portName = 7
  }

  /// What a virtqueue is for (section 5.3.2).
  public enum Role: Equatable, Sendable {
    case receive(port: Int)
    case transmit(port: Int)
    case controlReceive
    case controlTransmit

    @inlinable
    public init(ofQueue queue: Int) {
      switch queue {
      case 0: self = .receive(port: 0)
      case 1: self = .transmit(port: 0)
      case 2: self = .controlReceive
      case 3: self = .controlTransmit
      default: self = queue % 2 == 0 ? .receive(port: queue / 2 - 1) : .transmit(port: queue / 2 - 1)
      }
    }
  }

  /// Where the driver's control messages are, with VIRTIO_CONSOLE_F_MULTIPORT.
  @inlinable public static var controlTransmitQueue: Int { 3 }

  @inlinable
  public static func transmitQueue(ofPort port: Int) -> Int { port == 0 ? 1 : 2 * port + 3 }

  /// How many virtqueues a device has for so many ports.
  @inlinable
  public static func queueCount(ports: UInt32, isMultiport: Bool) -> UInt32 { isMultiport ? 2 * ports + 2 : 2 }
}

/// Offsets in `struct virtio_console_config` (section 5.3.4).
public enum ConsoleConfig {
  @inlinable public static var columns: UInt32 { 0x00 }
  @inlinable public static var rows: UInt32 { 0x02 }
  @inlinable public static var maxPorts: UInt32 { 0x04 }
  @inlinable public static var emergencyWrite: UInt32 { 0x08 }
  @inlinable public static var size: UInt32 { 0x0c }
}

extension ConfigField {
  static let console: [ConfigField] = [
    ConfigField("cols", at: ConsoleConfig.columns, size: 2, feature: .consoleSize),
    ConfigField("rows", at: ConsoleConfig.rows, size: 2, feature: .consoleSize),
    ConfigField("max_nr_ports", at: ConsoleConfig.maxPorts, size: 4, feature: .consoleMultiport),
    ConfigField("emerg_wr", at: ConsoleConfig.emergencyWrite, size: 4, feature: .consoleEmergencyWrite),
  ]
}

extension FeatureBits {
  /// `VIRTIO_CONSOLE_F_SIZE`
  @inlinable public static var consoleSize: FeatureBits { FeatureBits(bit: 0) }
  /// `VIRTIO_CONSOLE_F_MULTIPORT`
  @inlinable public static var consoleMultiport: FeatureBits { FeatureBits(bit: 1) }
  /// `VIRTIO_CONSOLE_F_EMERG_WRITE`
  @inlinable public static var consoleEmergencyWrite: FeatureBits { FeatureBits(bit: 2) }
}

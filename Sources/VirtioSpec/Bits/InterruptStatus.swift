/// The events behind the device's interrupt, registers `InterruptStatus` and `InterruptACK`.
public struct InterruptStatus: OptionSet, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Used Buffer Notification, bit 0.
  @inlinable public static var usedBuffer: InterruptStatus { InterruptStatus(rawValue: 1) }
  /// Configuration Change Notification, bit 1.
  @inlinable public static var configurationChange: InterruptStatus { InterruptStatus(rawValue: 2) }

  /// All the bits that have a meaning.
  @inlinable public static var defined: InterruptStatus { [.usedBuffer, .configurationChange] }
}

/// Where a device's registers are, as the processor sees them.
public struct RegisterWindow: Hashable, Sendable {
  /// The address of MagicValue.
  public var base: UInt64
  /// In bytes: control registers and configuration space.
  public var size: UInt64

  public init(base: UInt64, size: UInt64) {
    self.base = base
    self.size = size
  }
}

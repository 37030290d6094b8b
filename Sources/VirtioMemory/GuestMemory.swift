/// The one way to guest memory: whoever wants to watch a device's accesses, or to change memory between two of them,
/// conforms a type of their own to it and hands that to the device.
///
/// Addresses are guest-physical, numbers little-endian. An access succeeds as a whole or does nothing: it fails where
/// any of its bytes is not RAM.
public protocol GuestMemory: ~Copyable {
  /// Whether all of `length` bytes from `address` on are RAM; also for no bytes, anywhere. Touches nothing.
  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool

  /// The number at `address`, or nil where it is not wholly RAM.
  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T?

  /// Writes a number; false where it would not be wholly in RAM.
  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool

  /// Fills `bytes` from `address` on; false where they are not wholly RAM.
  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool

  /// Writes `bytes` from `address` on; false where they would not be wholly in RAM.
  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool
}

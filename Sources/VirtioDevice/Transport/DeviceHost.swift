import VirtioMemory

/// What a device is plugged into: guest memory, and one level-triggered interrupt line.
public protocol DeviceHost: GuestMemory, ~Copyable {
  /// Drives the interrupt line. Called when the level changes, and when a reset lets go of it.
  mutating func setInterrupt(_ asserted: Bool)

  /// Bytes leave the device for the world outside: characters of a console's port, or a whole frame from a pair of a network
  /// device's queues, behind its `NetworkHeader`. They do so before the buffer that they were in is returned. By default, nobody is there.
  mutating func emit(_ bytes: RawSpan, from port: Int)

  /// What a block device has for these `count` sectors, from `firstSector` on, is now on persistent storage. It says so before
  /// the request that asks for it is returned. By default, nobody is there.
  mutating func persist(_ firstSector: UInt64, count: UInt64)
}

extension DeviceHost where Self: ~Copyable {
  @inlinable
  public mutating func emit(_ bytes: RawSpan, from port: Int) {}

  @inlinable
  public mutating func persist(_ firstSector: UInt64, count: UInt64) {}
}

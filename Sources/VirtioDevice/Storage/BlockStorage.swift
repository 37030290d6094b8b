import VirtioMemory

/// Where a block device's data is.
///
/// Ranges passed to the methods lie inside ``size``; guest ranges are in RAM.
public protocol BlockStorage: ~Copyable {
  /// In bytes, a multiple of 512.
  var size: UInt64 { get }

  /// How worn it is; nil where it cannot tell. By default, it cannot.
  var lifetime: StorageLifetime? { get }

  /// Makes the storage smaller or larger; new bytes are zero. False when it cannot be that large.
  mutating func resize(to size: UInt64) -> Bool

  /// Copies `length` bytes from `offset` on into guest memory. False on an I/O error.
  mutating func load(
    _ offset: UInt64, _ length: UInt64, to address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool

  /// Copies `length` bytes of guest memory to `offset`. False on an I/O error.
  mutating func store(
    _ offset: UInt64, _ length: UInt64, from address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool

  /// Makes `length` bytes read as zeroes; with `deallocate` the space may be given back. False on an I/O error.
  mutating func zero(_ offset: UInt64, _ length: UInt64, deallocate: Bool) -> Bool

  /// Puts everything that was written on persistent storage. One that is watched tells its host which sectors that are:
  /// ``DeviceHost/persist(_:count:)``. False on an I/O error.
  mutating func flush(host: inout some DeviceHost & ~Copyable) -> Bool
}

extension BlockStorage where Self: ~Copyable {
  public var lifetime: StorageLifetime? { nil }
}

/// The virtio-mmio devices of a flattened device tree, which may come from anybody.
///
/// Any bytes are read in bounded time. Where they are no device tree, that is an error. Where a node in it is not as a
/// guest needs it, the rest is read, and the device has the problem.
public struct DeviceTree: Equatable, Sendable {
  /// In the order in which their nodes begin, also those that a guest leaves alone by their status.
  public let devices: [DiscoveredDevice]

  /// - Parameter blob: A device tree, perhaps with bytes behind its end. Version 17 of the format is read, and later ones
  ///   that say they can be read as that.
  public init(blob: [UInt8]) throws(DeviceTreeError) {
    devices = try DeviceFinder.devices(in: FlatTree(blob))
  }
}

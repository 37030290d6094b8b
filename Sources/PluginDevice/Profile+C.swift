import CVirtioDUT
import VirtioProgram
import VirtioSpec

extension virtio_dut_wish {
  init(_ header: Header) {
    self.init(
      device_id: header.device.type.rawValue, queue_count: UInt32(header.queueCount),
      queue_num_max: 1 << UInt32(header.sizeLog2), flags: UInt32(header.flags.rawValue),
      withheld_features: header.withheldFeatures, capacity: UInt64(header.capacity))
  }
}

extension virtio_dut_profile {
  /// What is none of the things that there can be, and what would be.
  var wrong: String? {
    if version != 1 && version != 2 { return "version \(version): it can be 2, or 1 of the legacy interface" }
    if queue_count > 8 { return "\(queue_count) virtqueues: there can be 8 at most" }
    if queue_num_max > SplitRing.maxSize {
      return "queue_num_max \(queue_num_max): it can be \(SplitRing.maxSize) at most"
    }
    if config_size > UInt32(ConfigBytes.capacity) {
      return "\(config_size) bytes of configuration space: there can be \(ConfigBytes.capacity) at most"
    }
    return nil
  }
}

extension DeviceProfile {
  init(_ profile: virtio_dut_profile) {
    var config = ConfigBytes(count: min(Int(profile.config_size), ConfigBytes.capacity))
    withUnsafeBytes(of: profile.config) { bytes in
      for offset in 0..<config.count { config[UInt32(offset)] = bytes[offset] }
    }
    var freedoms = Freedoms()
    if profile.interrupt_is_edge != 0 { freedoms.interrupt = .edge }
    freedoms.resetPolls = Int(min(profile.reset_polls, 1000))
    self.init(
      deviceType: DeviceType(rawValue: profile.device_id), vendorID: profile.vendor_id,
      offeredFeatures: FeatureBits(rawValue: UInt128(profile.features.0) | UInt128(profile.features.1) << 64),
      queueCount: min(profile.queue_count, 8), queueNumMax: profile.queue_num_max, memory: .standard, config: config,
      declaresHousePolicy: false, freedoms: freedoms)
    transport = profile.version == 1 ? .legacy : .modern
    // Nobody asks a library.
    storage.isZoned = nil
    storage.hasLifetimeMetrics = nil
    storage.tellsOfPersistence = profile.tells_of_persistence != 0
  }
}

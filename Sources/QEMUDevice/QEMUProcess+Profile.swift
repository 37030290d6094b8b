import VirtioHarness
import VirtioSpec

extension QEMUProcess {
  /// What the device says of itself, after a reset.
  func profile(memory: MemoryMap) throws(DeviceDeath) -> DeviceProfile {
    try write(.status, 0)
    let transport = Transport(rawValue: try read(.version)) ?? .modern
    let type = DeviceType(rawValue: try read(.deviceID))
    var features: UInt128 = 0
    for word in UInt32(0)..<4 {
      try write(.deviceFeaturesSel, word)
      // The interface has as many words as a driver asks for; QEMU's has two.
      if word < 2 { features |= UInt128(try read(.deviceFeatures)) << (32 * UInt128(word)) }
    }
    var (queueCount, queueNumMax): (UInt32, UInt32) = (0, 0)
    while queueCount < Self.maxQueues {
      try write(.queueSel, queueCount)
      let size = try read(.queueNumMax)
      guard size > 0 else { break }
      queueNumMax = size
      queueCount += 1
    }
    try write(.queueSel, 0)
    try write(.deviceFeaturesSel, 0)
    var bytes: [UInt8] = []
    for offset in 0..<Self.configSize(of: type) {
      bytes.append(UInt8(truncatingIfNeeded: try qtest.read(base + UInt64(Register.configBase + offset), width: 1)))
    }
    // QEMU's space ends behind the last field that it has. Behind that it reads as ones, and no last field does.
    while bytes.last == 0xff { bytes.removeLast() }
    var config = ConfigBytes(count: bytes.count)
    for (offset, byte) in bytes.enumerated() { config[UInt32(offset)] = byte }
    var profile = DeviceProfile(
      deviceType: type, vendorID: try read(.vendorID), offeredFeatures: FeatureBits(rawValue: features),
      queueCount: queueCount, queueNumMax: queueNumMax, memory: memory, config: config, declaresHousePolicy: false)
    profile.transport = transport
    profile.isMemoryAudited = false
    // A18.
    profile.freedoms.queueStopResetsDevice = transport == .legacy
    return profile
  }

  private static let maxQueues: UInt32 = 8

  private static func configSize(of type: DeviceType) -> UInt32 {
    switch type {
    case .block: BlockConfig.size
    case .console: ConsoleConfig.size
    case .network: NetworkConfig.size
    default: 0
    }
  }

  private func read(_ register: Register) throws(DeviceDeath) -> UInt32 {
    UInt32(truncatingIfNeeded: try qtest.read(base + UInt64(register.rawValue), width: Register.width))
  }

  private func write(_ register: Register, _ value: UInt32) throws(DeviceDeath) {
    try qtest.write(base + UInt64(register.rawValue), width: Register.width, value: UInt64(value), wait: true)
  }
}

import VirtioDevice
import VirtioHarness
import VirtioProgram
import VirtioSpec

// All that a device has to do to be judged.
extension TinyEntropy: DeviceUnderTest {
  /// Whatever a program wishes for, it gets this device.
  public mutating func powerOn(_ wish: Header) -> DeviceProfile {
    self = TinyEntropy()
    return DeviceProfile(
      deviceType: .entropy, vendorID: Self.vendorID, offeredFeatures: .version1, queueCount: 1,
      queueNumMax: Self.maxQueueSize, memory: .standard, config: ConfigBytes(count: 0), declaresHousePolicy: false)
  }

  /// Registers are 32 bits wide, at their offset; of what nobody knows it reads 0.
  public mutating func readRegister(
    _ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable
  ) -> UInt64 {
    guard width == Register.width, let register = Register(offset, in: .modern) else { return 0 }
    return UInt64(read(register))
  }

  public mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    guard width == Register.width, let register = Register(offset, in: .modern) else { return }
    write(register, UInt32(truncatingIfNeeded: value), host: &host)
  }

  /// Nothing outside the guest concerns it: it never waits, and has no configuration space.
  public mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable) {}
}

import VirtioDevice
import VirtioProgram
import VirtioSpec

/// A device that programs are run on. It acts only inside these methods.
public protocol DeviceUnderTest: ~Copyable {
  /// The guest memory that it is plugged into, as long as it is there.
  var memory: MemoryMap { get }

  /// How many bytes reach it at once: what is wider comes in aligned pieces.
  var busWidth: Int { get }

  /// Puts the device into its state at power-on, as close to a program's wishes as it can, with nothing left of what it
  /// was before. The harness has made guest memory zero.
  ///
  /// - Returns: what it really is now.
  mutating func powerOn(_ wish: Header) -> DeviceProfile

  /// A read of 1, 2, 4 or 8 bytes at `offset` from the device's base.
  mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64

  /// A write of 1, 2, 4 or 8 bytes at `offset` from the device's base.
  mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable)

  /// Whether such a thing can happen to it. What cannot does not.
  func takes(_ stimulus: HostStimulus) -> Bool

  /// Something happens outside the guest.
  mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable)

  /// Bytes come in from outside the guest, for a port of a console, or a frame for a network device from the peer that the
  /// port numbers, behind its `NetworkHeader`. The device only takes note of them: whatever it does in rings and buffers, it does with the poll behind.
  ///
  /// - Returns: how many of them it takes. A frame is taken as a whole, whatever becomes of it.
  mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int

  /// The driver wrote to guest memory. A device that reaches it by its host finds it there; one that has a copy of it
  /// takes it over.
  mutating func driverWrote(_ bytes: RawSpan, at address: UInt64)

  /// How its process died, of a device that has one, since the last ``powerOn(_:)``, which brings it back.
  var death: DeviceDeath? { get }

  /// A program is over, and the next ``powerOn(_:)`` comes with another. A device that has to clean up does so here, so
  /// that it does not count as what the next program reaches.
  mutating func powerOff()
}

extension DeviceUnderTest where Self: ~Copyable {
  @inlinable
  public var memory: MemoryMap { .standard }

  @inlinable
  public func takes(_ stimulus: HostStimulus) -> Bool { true }

  @inlinable
  public var busWidth: Int { 8 }

  @inlinable
  public var death: DeviceDeath? { nil }

  @inlinable
  public mutating func driverWrote(_ bytes: RawSpan, at address: UInt64) {}

  public mutating func powerOff() {}

  public mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int { 0 }
}

/// How a device ended that is a process of its own.
public enum DeviceDeath: Error {
  case crash
  case hang
}

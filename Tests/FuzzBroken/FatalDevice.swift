import Glibc
import TestSupport
import VirtioDevice
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// A device that keeps QueueReady over a reset, or does worse where the environment variable `FUZZ_BROKEN` says so:
/// tests show with it what becomes of a finding.
struct FatalDevice: ~Copyable, DeviceUnderTest {
  private enum Way: String {
    /// Dies when a queue is notified that there cannot be.
    case trap, hang
    /// Keeps QueueReady over the end of a program, too.
    case leaky
    /// Does nothing wrong but in the first two processes that find no two letters in the file `mood`.
    case moody
    /// Accepts no features, which is only advised against.
    case fussy
    /// Does nothing wrong: it is of another vendor, and has another policy than the reference device.
    case foreign
  }

  private static let foreignVendor: UInt32 = 0x1234_5678

  private let way = getenv("FUZZ_BROKEN").flatMap { Way(rawValue: String(cString: $0)) }
  private var broken = BrokenDevice(.resetKeepsQueueReady)
  private var sound = ReferenceDevice()
  private var wasReady = false
  private var isInBadMood: Bool?

  mutating func powerOn(_ wish: Header) -> DeviceProfile {
    if way == .moody, isInBadMood == nil { isInBadMood = Self.isAmongFirst() }
    var profile = isSound ? sound.powerOn(wish) : broken.powerOn(wish)
    if way == .foreign {
      profile.vendorID = Self.foreignVendor
      profile.declaresHousePolicy = false
    }
    return profile
  }

  mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64 {
    if way == .leaky, wasReady, offset == Register.queueReady.rawValue { return 1 }
    if way == .foreign, offset == Register.vendorID.rawValue, width == Register.width {
      return UInt64(Self.foreignVendor)
    }
    return isSound
      ? sound.readRegister(offset, width: width, host: &host) : broken.readRegister(offset, width: width, host: &host)
  }

  mutating func writeRegister(_ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable) {
    if offset == Register.queueReady.rawValue, value == 1 { wasReady = true }
    if offset == Register.queueNotify.rawValue, value >= 4 { die() }
    var value = value
    if way == .fussy, offset == Register.status.rawValue { value &= ~UInt64(DeviceStatus.featuresOK.rawValue) }
    if isSound {
      sound.writeRegister(offset, width: width, value: value, host: &host)
    } else {
      broken.writeRegister(offset, width: width, value: value, host: &host)
    }
  }

  mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable) {
    if isSound { sound.stimulate(stimulus, host: &host) } else { broken.stimulate(stimulus, host: &host) }
  }

  private var isSound: Bool { way != nil && isInBadMood != true }

  private func die() {
    switch way {
    case .trap: fatalError("there is no such queue")
    case .hang: while true { usleep(1000) }
    case .leaky, .moody, .fussy, .foreign, nil: break
    }
  }

  private static func isAmongFirst() -> Bool {
    let file = open("mood", O_WRONLY | O_CREAT | O_APPEND, 0o644)
    defer { close(file) }
    return write(file, "x", 1) == 1 && lseek(file, 0, SEEK_CUR) <= 2
  }
}

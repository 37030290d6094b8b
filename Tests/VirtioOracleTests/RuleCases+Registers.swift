import TestSupport
import VirtioSpec

extension RuleTests {
  private static let high = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=16 region=3
    status set=driver-ok
    publish length=512 flags=kick
    service
    """

  /// What is read at the low half of an address while the device runs.
  private static func atAlias(of area: @escaping @Sendable (Border.Areas) -> UInt64) -> @Sendable (Border) -> Void {
    { border in
      border.besides = { [unowned border] in
        border.status & 4 == 0 ? [] : [.read(area(border.queue) & 0xffff_ffff, width: 2)]
      }
    }
  }

  static let registerCases = [
    RuleCase(
      .mmioReg38, "shows a field where another one is",
      "device block\nnegotiate accept=0xffffffffffffffff\nread offset=0x10c width=4"
    ) { $0.readConfig = { $0 == BlockConfig.segMax ? 1 : $2 } },
    RuleCase(
      .cfgDev02, "shows the bytes of a field the other way round",
      "device block\nnegotiate accept=0xffffffffffffffff\nread offset=0x10c width=4"
    ) { $0.readConfig = { $0 == BlockConfig.segMax ? UInt64(UInt32($2).byteSwapped) : $2 } },
    RuleCase(
      .mmioReg09, "knows nothing of an accepted feature",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16
      status set=driver-ok
      publish length=512 flags=indirect+kick
      service
      read offset=Status width=4
      """
    ) {
      $0.write = { $0 == .driverFeatures && $1 & 0x1000_0000 != 0 ? 0 : $1 }
    },
    RuleCase(
      .mmioReg10, "forgets the first word with the second",
      """
      device block
      negotiate accept=0xffffffffffffffff
      negotiate accept=0xffffffffffffffff flags=high-first
      """
    ) {
      var word: UInt32 = 0
      var lowIsWritten = false
      $0.write = { register, value in
        switch register {
        case .status where value == 0: lowIsWritten = false
        case .driverFeaturesSel: word = value
        case .driverFeatures where word == 0: lowIsWritten = true
        case .driverFeatures: return lowIsWritten ? value : 0
        default: break
        }
        return value
      }
    },
    RuleCase(
      .mmioReg11, "keeps what was written first",
      """
      device block
      write offset=Status width=4 value=0x1
      write offset=Status width=4 value=0x3
      write offset=DriverFeaturesSel width=4 value=0x1
      write offset=DriverFeatures width=4 value=0x1
      write offset=DriverFeaturesSel width=4
      write offset=DriverFeatures width=4 value=0x80000000
      write offset=DriverFeatures width=4
      write offset=Status width=4 value=0xb
      read offset=Status width=4
      """
    ) { $0.write = { $0 == .driverFeatures && $1 == 0 ? nil : $1 } },
    RuleCase(
      .mmioReg17, "looks for descriptors behind the last one",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=4
      status set=driver-ok
      publish length=512 count=3 flags=indirect+kick
      service
      publish length=512 count=3 flags=indirect+kick
      service
      """
    ) { border in
      border.besides = { [unowned border] in
        border.status & 4 == 0 ? [] : [.read(border.queue.descriptors &+ 16 * 60, width: 8)]
      }
    },
    RuleCase(.mmioReg28, "drops the high half of the Descriptor Area", high, breakIt: atAlias { $0.descriptors }),
    RuleCase(.mmioReg29, "drops the high half of the Driver Area", high, breakIt: atAlias { $0.driver }),
    RuleCase(.mmioReg30, "drops the high half of the Device Area", high, breakIt: atAlias { $0.device }),
    RuleCase(
      .mmioReg18, "never hears of buffers",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16
      status set=driver-ok
      publish length=512 flags=kick
      """
    ) { $0.write = { $0 == .queueNotify ? nil : $1 } },
    RuleCase(
      .mmioReg21, "takes every notification for one of queue 0",
      """
      device block queues=2
      negotiate accept=0xffffffffffffffff
      queue size=16
      queue queue=1 size=16
      status set=driver-ok
      publish length=512
      publish queue=1 length=512 flags=kick
      """
    ) { $0.write = { $0 == .queueNotify ? 0 : $1 } },
  ]
}

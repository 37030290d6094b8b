import TestSupport
import VirtioSpec

extension RuleTests {
  private static let looks = """
    device block flags=shared-memory
    write offset=SHMSel width=4 value=3
    read offset=SHMLenLow width=4
    read offset=SHMLenHigh width=4
    read offset=SHMBaseLow width=4
    read offset=SHMBaseHigh width=4
    write offset=SHMSel width=4 value=2
    read offset=SHMLenLow width=4
    read offset=SHMBaseHigh width=4
    """

  static let sharedMemoryCases = [
    RuleCase(.mmioReg31, "shows one region for every id", looks) {
      $0.write = { $0 == .shmSel ? 3 : $1 }
    },
    RuleCase(.mmioReg32, "says that a region is longer than it is", looks) {
      $0.read = { $0 == .shmLenHigh && $1 != .max ? $1 + 1 : $1 }
    },
    RuleCase(.mmioReg34, "says that a region is elsewhere", looks) {
      $0.read = { $0 == .shmBaseLow && $1 != .max ? $1 ^ 0x1000 : $1 }
    },
    RuleCase(.mmioReg04, "has a type without a function", "device block flags=placeholder\nnegotiate flags=identify") {
      $0.read = { $0 == .deviceID ? 7 : $1 }
    },
  ]
}

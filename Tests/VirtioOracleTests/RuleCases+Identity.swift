import TestSupport
import VirtioSpec

extension RuleTests {
  static let identityCases = [
    RuleCase(.mmioDev01, "spells its magic backwards", "device block\nread offset=MagicValue width=4") {
      $0.read = { $0 == .magicValue ? 0x7669_7274 : $1 }
    },
    RuleCase(.mmioDev02, "is a legacy device", "device block\nread offset=Version width=4") {
      $0.read = { $0 == .version ? 1 : $1 }
    },
    RuleCase(.mmioReg03, "is of another type", "device entropy\nread offset=DeviceID width=4") {
      $0.read = { $0 == .deviceID ? 2 : $1 }
    },
    RuleCase(
      .mmioReg05, "has another vendor each time",
      """
      device block
      read offset=VendorID width=4
      read offset=VendorID width=4
      """, keepIt: { $0.read = { $0 == .vendorID ? 7 : $1 } },
      breakIt: {
        var vendor: UInt32 = 0
        $0.read = { register, value in
          guard register == .vendorID else { return value }
          vendor += 1
          return vendor
        }
      }),
    RuleCase(
      .mmioReg33, "has a region of no bytes",
      """
      device block
      write offset=SHMSel width=4 value=0x1
      read offset=SHMLenLow width=4
      read offset=SHMLenHigh width=4
      """
    ) { $0.read = { $0 == .shmLenLow || $0 == .shmLenHigh ? 0 : $1 } },
    RuleCase(
      .mmioReg35, "has a region at 0",
      """
      device block
      write offset=SHMSel width=4 value=0x1
      read offset=SHMBaseLow width=4
      read offset=SHMBaseHigh width=4
      """
    ) { $0.read = { $0 == .shmBaseLow || $0 == .shmBaseHigh ? 0 : $1 } },
    RuleCase(
      .mmioReg37, "has another generation each time",
      """
      device block
      read offset=ConfigGeneration width=4
      read offset=ConfigGeneration width=4
      """, keepIt: { $0.read = { $0 == .configGeneration ? $1 &+ 0xffff_fffe : $1 } },
      breakIt: {
        var generation: UInt32 = 0
        $0.read = { register, value in
          guard register == .configGeneration else { return value }
          generation += 1
          return generation
        }
      }),
    RuleCase(
      .mmioDev08, "keeps its generation when the host changes the capacity",
      "device block\nread-config\nresize sectors=8\nread-config",
      keepIt: { $0.read = { $0 == .configGeneration ? 5 &* $1 : $1 } },
      breakIt: { $0.read = { $0 == .configGeneration ? 0 : $1 } }),
    RuleCase(.house09, "shows ones where there is no register", "device block\nread offset=MagicValue width=2") {
      $0.readElsewhere = { _, _, _ in 0xffff }
    },
  ]
}

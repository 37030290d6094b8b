import VirtioSpec

/// What it may do to a guest and its host that a device breaks a clause, the worst first. The raw value is for people.
enum Impact: String, CaseIterable, Encodable {
  case memoryCorruption = "memory corruption or escape from RAM"
  case crash = "crash or hang"
  case wedge = "wedge until reset"
  case wrongResult = "wrong result"
  case cosmetic = "cosmetic"

  init(of clause: ClauseID) {
    self =
      switch clause {
      // Memory is touched that is not RAM, or is not the device's to touch: not yet, not any more, or not so.
      case .rob03, .rob04, .house08, .mmioDev09, .mmioDev10, .resetDev03, .ringresetDev01, .splitDev03, .splitDev05,
        .splitDev14, .splitDev16, .packedDev03, .packedDev05, .packedDev17:
        .memoryCorruption
      // It ends, does not come back, or takes without a bound.
      case .rob01, .rob02, .rob05, .rob06: .crash
      // Somebody waits for ever: for a request, an interrupt, a reset, or a device that says that it needs one.
      case .rob07, .house01, .house02, .house03, .house04, .house05, .house06, .house07, .house10, .house14,
        .mmioReg18, .mmioDev03, .mmioDev04, .mmioDev06, .mmioDev07, .mmioDev11, .mmioDev12, .mmioDev13, .mmioDev14,
        .mmioDev15, .mmioDev16, .mmioNotif03, .mmioNotif04, .mmioLeg26, .mmioLeg27,
        .statDev03, .statDev04, .featDev02, .featDev05, .resetDev01, .resetDev02, .resetDev04, .cfgDev04,
        .ringresetDev02, .ringresetDev03, .ringresetDev04, .ringresetDev05, .notifDev01, .notifDev02, .leg07,
        .splitDev18, .splitDev21, .eventidxDev01, .eventidxDev02, .packedDev14, .packedDev16:
        .wedge
      // Seen by whoever looks at it, and relied on by nobody.
      case .mmioReg05, .blkDev04, .splitDev20, .eventidxDev04, .packedDev15, .packedDev18: .cosmetic
      default: clause.clause.severity == .warning ? .cosmetic : .wrongResult
      }
  }
}

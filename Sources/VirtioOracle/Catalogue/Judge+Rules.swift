import VirtioSpec

extension Judge {
  /// The device's clauses that this judge has a rule for. Each file of rules that is not named here has a list of its
  /// own.
  public static let rules =
    generalRules + offerRules + selectorRules + registerRules + lineRules + blockRules + blockOfferRules
    + blockCacheRules + entropyRules + consoleRules + networkRules + inOrderRules + sharedMemoryRules + legacyRules
    + notificationDataRules
    + queueResetRules + packedRules

  private static let generalRules: [ClauseID] = [
    .mmioReg03, .mmioReg04, .mmioReg06, .mmioReg07, .mmioReg15, .mmioReg16, .mmioReg18, .mmioReg19,
    .mmioReg37,
    .mmioDev01, .mmioDev02, .mmioDev03, .mmioDev04, .mmioDev05, .mmioDev06, .mmioDev07, .mmioDev08, .mmioDev09,
    .mmioDev10, .mmioDev11, .mmioDev12, .mmioDev13, .mmioDev14, .mmioDev15, .mmioDev16,
    .mmioNotif03, .mmioNotif04,
    .statDev01, .statDev02, .statDev03, .statDev04, .statDev05, .statDev06,
    .featDev02, .featDev03,
    .resetDev01, .resetDev02, .resetDev03, .resetDev04,
    .cfgDev01, .cfgDev02, .cfgDev03, .cfgDev04, .mmioReg38,
    .splitDev03, .splitDev04, .splitDev05, .splitDev06, .splitDev07, .splitDev09, .splitDev10, .splitDev11, .splitDev12,
    .splitDev13, .splitDev14, .splitDev15, .splitDev16, .splitDev17, .splitDev18, .splitDev19, .splitDev20, .splitDev21,
    .indirectDev01, .indirectDev02, .indirectDev03, .indirectDev04,
    .eventidxDev01, .eventidxDev02, .eventidxDev03, .eventidxDev04,
    .rob03, .rob04, .rob05, .rob06, .rob07,
    .house01, .house02, .house03, .house04, .house05, .house06, .house07, .house08, .house09, .house10,
    .house11, .house12, .house13, .house14,
  ]

  /// What is judged from outside the process, or of two runs: a trap, a hang, and runs that differ. And what is no part of
  /// a run: a node of a device tree, which whoever reads the tree judges.
  public static let judgedElsewhere: [ClauseID] = [
    .rob01, .rob02, .rob08, .splitDev01, .mmioDt01, .mmioDt02, .mmioDt03, .mmioDt04,
  ]

  /// The driver's clauses that this judge has a rule for: broken ones become breaches, never findings.
  public static let traceRules =
    driverRules + blockTraceRules + configTraceRules + consoleTraceRules + entropyTraceRules + legacyTraceRules
    + networkTraceRules + notificationDataTraceRules + packedTraceRules + inOrderTraceRules

  /// Clauses that say again what another one says: the other one's rule judges both, and findings name it.
  public static let twins = generalTwins.merging(legacyTwins) { first, _ in first }
    .merging(queueResetTwins) { first, _ in first }.merging(networkTwins) { first, _ in first }
    .merging(packedTwins) { first, _ in first }

  private static let generalTwins: [ClauseID: ClauseID] = [
    .mmioReg01: .mmioDev01, .mmioReg02: .mmioDev02, .mmioReg27: .resetDev01, .mmioReg36: .mmioDev13,
    .mmioVq07: .mmioDrv17, .mmioNotif08: .mmioDrv21,
    .mmioReg23: .mmioDev03, .mmioVq02: .mmioReg19, .mmioReg20: .mmioReg18,
    .featDev10: .featDev04,
    .mmioHead01: .featDev04,
    .consoleDev10: .cfgDev04,
  ]
}

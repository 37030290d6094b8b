import VirtioSpec

/// One thing that a device does wrong, at its border. Each breaks one clause; ``clause`` is the one that a judge has to
/// name.
public enum Defect: String, CaseIterable, Sendable {
  case magicIsWrong, versionIsOne
  case usedBufferIsNotShown, statusIsClearedByReading, undefinedBitIsSet, resetKeepsInterruptStatus
  case resetKeepsQueueReady, generationStandsStill
  case probesIdleQueue, probesStoppedQueue
  case queueResetReadsOneAfterReset, queueResetReadsOneWhenReady, queueResetIsIgnored, queueResetComesBack
  case queueResetNeverEnds, queueReadyComesBack
  case servesBeforeDriverOK, interruptsBeforeDriverOK, hidesNeedsReset, keepsQuietAboutNeedsReset
  case startsWithStatus, setsDriverBit
  case resetKeepsFailed, interruptsAfterReset, touchesQueuesAfterReset, usedIndexSurvivesReset
  case earlyConfigIsZero, configIsBigEndian, configChangeIsNotShown
  case readsOutsideRAM, readsWhereverItLikes, readsWithoutEnd, takesWithoutEnd
  case wrongAccessReadsOnes, brokenQueueLooksReady, readsOnAfterNeedsReset

  public var clause: ClauseID {
    switch self {
    case .magicIsWrong: .mmioDev01
    case .versionIsOne: .mmioDev02
    case .usedBufferIsNotShown: .mmioDev03
    case .statusIsClearedByReading: .mmioDev04
    case .undefinedBitIsSet: .mmioDev05
    case .resetKeepsInterruptStatus: .mmioDev06
    case .resetKeepsQueueReady: .mmioDev07
    case .generationStandsStill: .mmioDev08
    case .probesIdleQueue: .mmioDev09
    case .probesStoppedQueue: .mmioDev10
    case .queueResetReadsOneAfterReset: .mmioDev11
    case .queueResetReadsOneWhenReady: .mmioDev12
    case .queueResetIsIgnored: .mmioDev13
    case .queueResetComesBack: .mmioDev14
    case .queueResetNeverEnds: .mmioDev15
    case .queueReadyComesBack: .mmioDev16
    case .servesBeforeDriverOK: .statDev01
    case .interruptsBeforeDriverOK: .statDev02
    case .hidesNeedsReset: .statDev03
    case .keepsQuietAboutNeedsReset: .statDev04
    case .startsWithStatus: .statDev05
    case .setsDriverBit: .statDev06
    case .resetKeepsFailed: .resetDev01
    case .interruptsAfterReset: .resetDev02
    case .touchesQueuesAfterReset: .resetDev03
    case .usedIndexSurvivesReset: .resetDev04
    case .earlyConfigIsZero: .cfgDev01
    case .configIsBigEndian: .cfgDev02
    case .configChangeIsNotShown: .cfgDev04
    case .readsOutsideRAM: .rob03
    case .readsWhereverItLikes: .rob04
    case .readsWithoutEnd: .rob05
    case .takesWithoutEnd: .rob06
    case .wrongAccessReadsOnes: .house09
    case .brokenQueueLooksReady: .house07
    case .readsOnAfterNeedsReset: .house08
    }
  }

  /// Further clauses that it breaks, in programs that give the occasion.
  public var alsoBreaks: [ClauseID] {
    switch self {
    case .generationStandsStill: [.cfgDev03]
    case .resetKeepsFailed: [.rob07]
    case .hidesNeedsReset: [.house01, .house02, .house03, .house04, .house05, .house06, .house10]
    default: []
    }
  }
}

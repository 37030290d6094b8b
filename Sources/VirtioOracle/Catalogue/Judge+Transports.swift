import VirtioSpec

extension Judge {
  /// The rules for drivers that a driver of this transport has an occasion to keep or to break.
  public static func traceRules(of transport: Transport) -> [ClauseID] {
    let foreign =
      transport == .legacy ? modernTraceRules + notificationDataTraceRules + packedTraceRules : legacyTraceRules
    return traceRules.filter { !foreign.contains($0) }
  }

  /// Rules about what the legacy interface does not have: fields that are accessed as a whole, QueueReady, addresses in
  /// halves, QueueReset, shared memory, ConfigGeneration, FEATURES_OK, and duties that begin or end with it. Notification
  /// data and packed rings are features that it cannot show.
  private static let modernTraceRules: [ClauseID] = [
    .mmioDrv05, .mmioDrv06, .mmioDrv07, .mmioDrv16, .mmioDrv17, .mmioDrv18, .mmioDrv19,
    .mmioDrv23, .ringresetDrv03,
    .mmioInit05,
    .mmioVq03, .mmioVq05, .mmioVq06,
    .featDrv06,
    .initDrv03, .initDrv05, .initDrv06, .initDrv07, .initDrv08,
    .packedDrv01, .featDrv07,
    .blkDrv04, .cfgDrv02,
  ]
}

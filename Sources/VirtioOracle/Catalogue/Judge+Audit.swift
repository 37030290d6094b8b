import VirtioSpec

extension Judge {
  /// Rules about what only each single access to memory shows: that something was read, that nothing was asked for outside
  /// RAM, what was written before what, or how often.
  public static let judgedOfAccesses: [ClauseID] = [
    .splitDev04, .splitDev06, .splitDev07, .splitDev08, .packedDev20, .rob03, .rob05,
  ]
}

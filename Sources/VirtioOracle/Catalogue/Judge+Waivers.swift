import VirtioSpec

extension Judge {
  /// Clauses without a rule, each with the reason.
  public static let waivers = generalWaivers.merging(blockWaivers) { $1 }.merging(configWaivers) { $1 }
    .merging(consoleWaivers) { $1 }.merging(networkWaivers) { $1 }.merging(inOrderWaivers) { $1 }
    .merging(entropyWaivers) { $1 }.merging(legacyWaivers) { $1 }
    .merging(queueResetWaivers) { $1 }.merging(packedWaivers) { $1 }

  private static let generalWaivers: [ClauseID: String] = [
    .mmioDrv09: "not observable: a permission, and an error report is not seen on the bus",
    .mmioDrv11: "not observable: a permission, and an error report is not seen on the bus",
    .mmioDrv13: "not observable: an error report is not seen on the bus",
    .splitDev02: "not observable: a permission, and how clean a refusal is, is for ROB and HOUSE to say",
    .splitDev08: "not observable: a permission",
    .splitDev22: "not observable: a permission; MMIO-REG-18 judges that what it keeps quiet about is served",
    .eventidxDev05: "not observable: a permission; MMIO-REG-18 judges that what it keeps quiet about is served",
    .mmioReg39: "not observable: registers are passed on as numbers, not as bytes",
    .featDev08: "not observable: a permission, and either answer keeps it",
    .featDev09: "not observable: a permission, and either answer keeps it",
    .featDev12: "not observable: a permission, and either answer keeps it",
    .featDev13: "needs an IOMMU: no device here has its memory accesses translated",
  ].merging(driverWaivers) { first, _ in first }

  /// Groups of clauses whose subject no device here has yet, each with the reason.
  public static let waivedGroups: [(prefix: String, reason: String)] = [
    ("SUSP-DEV", "needs a device that can be suspended: VIRTIO_F_SUSPEND of the specification's 1.4"),
    ("SUSP-DRV", "needs a device that can be suspended: VIRTIO_F_SUSPEND of the specification's 1.4"),
    ("SHM-DEV", "not observable: a rule of design, for what a region is used"),
  ]
}

import VirtioSpec

extension Judge {
  /// The rules of this chapter: all those for drivers but the ones that a device type, or the configuration space, has.
  public static let driverRules: [ClauseID] = registerTraceRules + memoryTraceRules

  /// The rules for drivers that the register accesses alone show: see ``DriverShadow``.
  static let registerTraceRules: [ClauseID] = [
    .mmioDrv01, .mmioDrv02, .mmioDrv03, .mmioDrv04, .mmioDrv05, .mmioDrv06, .mmioDrv07, .mmioDrv12, .mmioDrv14,
    .mmioDrv15,
    .mmioDrv16, .mmioDrv17, .mmioDrv19, .mmioDrv21, .mmioDrv22, .mmioDrv23,
    .mmioInit01, .mmioInit02, .mmioInit03, .mmioInit04, .mmioInit05,
    .mmioVq01, .mmioVq03, .mmioVq05, .mmioVq06,
    .mmioNotif01, .mmioNotif06,
    .statDrv01, .statDrv02, .statDrv03,
    .featDrv01, .featDrv02, .featDrv03, .featDrv05, .featDrv06,
    .resetDrv01, .ringresetDrv03,
    .initDrv01, .initDrv02, .initDrv03, .initDrv04, .initDrv05, .initDrv06, .initDrv07, .initDrv08, .initDrv09,
    .splitDrv01, .featDrv07, .packedDrv01,
  ]

  /// Those of them that a bare trace does not show, since it has no widths, no values of reads, and no device.
  static let notOnBareTrace: [ClauseID] = [
    .mmioDrv04, .mmioDrv05, .mmioDrv06, .mmioDrv07, .mmioDrv12, .mmioDrv16, .mmioInit03, .mmioInit04, .mmioLeg20,
    .mmioLeg32,
    .featDrv01, .featDrv07, .initDrv08,
  ]

  /// The rules for drivers that guest memory shows.
  static let memoryTraceRules: [ClauseID] = [
    .mmioDrv18, .mmioVq04, .resetDrv02, .resetDrv03,
    .splitDrv02, .splitDrv03, .splitDrv04, .splitDrv05, .splitDrv08, .splitDrv09,
    .indirectDrv01, .indirectDrv02, .indirectDrv03, .indirectDrv04,
    .eventidxDrv01, .eventidxDrv03, .eventidxDrv04,
  ]

  /// Clauses whose level is not advice, but that say 'typically' or a lower-case 'should', so that what breaks them is
  /// only warned of.
  static func isAdvice(_ clause: ClauseID) -> Bool {
    switch clause {
    case .mmioVq03, .mmioVq04, .mmioLeg10, .mmioLeg17, .mmioLeg32: true
    default: false
    }
  }

  /// Advice that says nothing of what a device does otherwise.
  static func leavesDeviceOpen(_ clause: ClauseID) -> Bool { clause == .mmioLeg10 || clause == .mmioLeg17 }

  /// What a driver owes to itself: a device that sees it broken owes all that it owed before.
  static func isOwnBusiness(_ clause: ClauseID) -> Bool {
    switch clause {
    case .mmioInit01, .mmioInit02, .mmioVq03, .mmioDrv19, .mmioDrv21, .mmioNotif06, .initDrv01, .initDrv02,
      .splitDrv09, .eventidxDrv03, .mmioLeg14, .packedDrv08, .consoleDrv01, .consoleDrv02, .consoleDrv03,
      .consoleDrv04, .blkDrv05, .blkDrv06, .blkDrv07, .blkDrv08, .blkDrv09,
      .netDrv01, .netDrv02, .netDrv03, .netDrv04, .netDrv05, .netDrv06, .netDrv07, .netDrv08, .netDrv09, .netDrv10:
      true
    default: false
    }
  }

  static let driverWaivers: [ClauseID: String] = [
    .mmioDrv08: "not observable: needs a fake device with a wrong MagicValue",
    .mmioDrv10: "not observable: needs a fake device with another Version",
    .mmioDrv20: "not observable: needs a fake device that shows undefined bits in InterruptStatus",
    .mmioDrv24: "not observable: a permission",
    .mmioDrv25: "not observable: a permission",
    .mmioInit06: "prose: INIT-DRV-01 to -09 say what the sequence is",
    .mmioNotif07: "not observable: needs a fake device that uses buffers of two queues, and what the driver reads",
    .statDrv04: "not observable: needs a fake device that sets DEVICE_NEEDS_RESET, and what the driver waits for",
    .featDrv04: "not observable: needs a fake device that offers an unknown feature",
    .splitDrv06: "not observable: needs a fake device that notifies without need, and what the driver makes of it",
    .splitDrv07: "not observable: needs a fake device that returns less than it wrote, and what the driver reads",
    .splitDrv10: "not observable: barriers; here driver and device take turns",
    .eventidxDrv02: "not observable: needs a fake device that sets used.flags while VIRTIO_F_EVENT_IDX is accepted",
  ]
}

import VirtioSpec

// VIRTIO_F_NOTIFICATION_DATA (section 2.9): MMIO-REG-22, MMIO-NOTIF-02, NOTIF-DEV, NOTIF-DRV.
extension Judge {
  static let notificationDataRules: [ClauseID] = [.mmioReg22, .notifDev01, .notifDev02]

  static let notificationDataTraceRules: [ClauseID] = [.mmioNotif02, .notifDrv01, .notifDrv03]

  /// The driver notifies with an index: that of the ring, or one that it had since the last notification.
  mutating func judgeNotificationData(_ queue: Int, _ data: UInt16) {
    guard !shadow.usesPackedRings else { return judgePackedNotificationData(queue, data) }
    let index = shadow.memory.half(shadow.queues[queue].areas.driver &+ SplitRing.availIdx)
    let old = shadow.queues[queue].notifiedIndex
    shadow.queues[queue].notifiedIndex = index
    let isKnown = data &- old <= index &- old
    shadow.driver.judge(.mmioNotif02, isKnown, &shadow.ledger)
    if index == old {
      shadow.driver.judge(.notifDrv03, data == index, &shadow.ledger)
    } else {
      shadow.driver.judge(.notifDrv01, isKnown, &shadow.ledger)
    }
  }

  /// Chains came back of a queue that the device was notified of with data.
  mutating func creditNotificationData(_ queue: Int) {
    guard shadow.features?.contains(.notificationData) == true, shadow.queues[queue].isNotified,
      shadow.usesPackedRings || shadow.queues[queue].notifiedIndex != 0
    else { return }
    shadow.dataIsUnderstood = true
    ledger.satisfy(.mmioReg22)
  }

  /// Status was read behind a notification without anything new: the device has coped with it, or not.
  mutating func judgeRepeatedNotification(_ status: UInt32) {
    guard shadow.features?.contains(.notificationData) == true else { return }
    let needsReset = status & DeviceStatus.deviceNeedsReset.rawValue != 0
    check(.notifDev01, !needsReset, seen: UInt64(status), expected: UInt64(status & 0xbf))
  }

  /// The rule that a queue breaks which was notified of with data and is not served: it has lost buffers to data that was
  /// older than the ring, or has taken the data for a part of the index, as one does that never understood any.
  func unservedClauseOfData(_ queue: Int) -> ClauseID? {
    guard shadow.features?.contains(.notificationData) == true,
      shadow.usesPackedRings || shadow.queues[queue].notifiedIndex != 0
    else { return nil }
    if shadow.queues[queue].hadStaleNotice { return .notifDev02 }
    return shadow.dataIsUnderstood ? nil : .mmioReg22
  }
}

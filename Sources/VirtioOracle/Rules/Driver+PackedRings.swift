import VirtioSpec

// What the driver does in packed rings: PACKED-DRV-02 to -04 and -09. What a list shows when the device reads it (-05 to
// -08) is judged there, and -01 where the queue is turned on.
extension Judge {
  static let packedTraceRules: [ClauseID] = [
    .packedDrv02, .packedDrv03, .packedDrv04, .packedDrv05, .packedDrv06, .packedDrv07, .packedDrv08, .packedDrv09,
  ]

  static let packedTwins: [ClauseID: ClauseID] = [.notifDrv02: .packedDrv04]

  /// The driver writes into the ring of a live queue, whose bytes are the old ones yet. What changes while the device is at
  /// work is an adversary's doing, and is not judged as the driver's.
  mutating func judgePackedRings(_ address: UInt64, _ bytes: RawSpan) {
    guard shadow.accesses == 0 else { return }
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].canBeFollowed {
      let ring = shadow.queues[queue].areas.descriptors
      let end = min(address &+ UInt64(bytes.byteCount), ring &+ shadow.queues[queue].descriptorsSize)
      var place = max(address, ring)
      guard place < end else { continue }
      var keepsTaken = true
      var keepsAvailable = true
      while place < end {
        let slot = UInt32(truncatingIfNeeded: (place - ring) / PackedDescriptor.size)
        let next = min(ring + PackedRing.descriptor(slot + 1), end)
        let (its, distance) = shadow.packed[queue].used.next(slot, size: shadow.queues[queue].size)
        let isTaken = distance < shadow.packed[queue].takenCount
        if isTaken || its.isAvailable(shadow.packedFlags(queue, slot)),
          shadow.memory.differs(bytes.extracting(Int(place - address)..<Int(next - address)), at: place)
        {
          if isTaken {
            keepsTaken = false
          } else if distance < shadow.packed[queue].takenCount + shadow.publishedCount(queue) {
            // A list whose first descriptor is not available yet is not there for the device.
            keepsAvailable = false
          }
        }
        place = next
      }
      shadow.driver.judge(.packedDrv02, keepsTaken, &shadow.ledger)
      shadow.driver.judge(.packedDrv03, keepsAvailable, &shadow.ledger)
      // A device that looks there once more may see a list that it has already, or another one.
      if !keepsTaken && !shadow.profile.declaresHousePolicy { shadow.loseRings() }
    }
  }

  /// The driver has written memory.
  mutating func notePackedWrite(_ address: UInt64, _ count: UInt64) {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive {
      let areas = shadow.queues[queue].areas
      // Whoever makes more available has to notify anew.
      if shadow.queues[queue].isNotified,
        address &- areas.descriptors < shadow.queues[queue].descriptorsSize
          || areas.descriptors &- address < count
      {
        shadow.queues[queue].isNotified = false
      }
      guard address &- areas.driver < PackedRing.eventSize || areas.driver &- address < count else { continue }
      raceSuppression(queue)
    }
  }

  /// The driver notifies with a position: that of the first descriptor that is not available, or was not at any time since
  /// the last notification.
  mutating func judgePackedNotificationData(_ queue: Int, _ data: UInt16) {
    let next = shadow.published(queue)
    let old = shadow.packed[queue].notified
    shadow.packed[queue].notified = next
    let size = shadow.queues[queue].size
    let isKnown = old.steps(to: PackedPlace(word: data), size: size) <= old.steps(to: next, size: size)
    shadow.driver.judge(.packedDrv04, isKnown, &shadow.ledger)
    shadow.driver.judge(.mmioNotif02, isKnown, &shadow.ledger)
    if next == old { shadow.driver.judge(.notifDrv03, data == next.word, &shadow.ledger) }
  }
}

extension Shadow {
  /// A packed queue starts: its ring is zero behind what is available already, and so is what the device will write its
  /// wishes to.
  mutating func judgeFreshPackedRing(_ queue: Int) {
    let areas = queues[queue].areas
    let first = PackedRing.descriptor(publishedCount(queue))
    let isZero =
      memory.withBytes(areas.descriptors + first, Int(PackedRing.descriptorAreaSize(queues[queue].size) - first)) {
        bytes in
        for offset in stride(from: 0, to: bytes.byteCount, by: 8) {
          // Sound: the area is a multiple of 8 bytes, and any 8 bytes are a number.
          if bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) != 0 { return false }
        }
        return true
      } ?? false
    driver.judge(.packedDrv09, isZero, &ledger)
    driver.judge(.mmioVq04, isZero && memory.number(areas.device, PackedRing.eventSize) == 0, &ledger)
  }
}

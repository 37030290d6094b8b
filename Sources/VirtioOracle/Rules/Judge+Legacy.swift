import VirtioSpec

// The legacy interface: MMIO-LEG, LEG. What it has in common with the modern one is judged by the same rules.
extension Judge {
  static let legacyRules: [ClauseID] = [
    .mmioLeg02, .mmioLeg07, .mmioLeg08, .mmioLeg09, .mmioLeg12, .mmioLeg16, .mmioLeg18, .mmioLeg19, .mmioLeg27,
    .mmioLeg28, .mmioLeg30, .mmioLeg34, .leg06, .leg07, .leg08,
  ]

  static let legacyTraceRules: [ClauseID] = [
    .mmioLeg10, .mmioLeg11, .mmioLeg14, .mmioLeg17, .mmioLeg20, .mmioLeg31, .mmioLeg32,
  ]

  static let legacyTwins: [ClauseID: ClauseID] = [
    .mmioLeg01: .mmioDev01, .mmioLeg03: .mmioReg03, .mmioLeg04: .mmioReg05, .mmioLeg05: .mmioReg06,
    .mmioLeg06: .mmioReg08, .mmioLeg13: .mmioReg15, .mmioLeg15: .mmioReg17, .mmioLeg22: .mmioReg18,
    .mmioLeg23: .mmioDev03, .mmioLeg24: .mmioReg24, .mmioLeg25: .mmioReg25, .mmioLeg26: .resetDev01,
    .mmioLeg33: .mmioNotif03, .leg01: .mmioLeg30, .leg02: .mmioLeg30,
  ]

  static let legacyWaivers: [ClauseID: String] = [
    .mmioLeg21: "not observable: writing 0 is how a queue is stopped",
    .mmioLeg29: "not observable: any answer at an offset without a register is right",
    .leg03: "needs a big-endian guest: nothing here has another byte order than little-endian",
    .leg04: "needs a big-endian guest: nothing here has another byte order than little-endian",
    .leg05: "needs a field that is written before the features: no device type here has one",
    .leg09: "not observable: a permission; on the legacy interface SPLIT-DEV-07 and -10 are not judged",
  ]

  /// QueuePFN reads the page of a queue in use, and 0 otherwise; after a reset all are 0.
  mutating func readQueuePFN(_ value: UInt32) {
    house07(value)
    guard shadow.queueSel != nil else {
      ledger.suspend(.mmioLeg27, for: .access)
      return ledger.suspend(.mmioLeg19, for: .access)
    }
    guard let queue = shadow.selectedQueue else { return }
    if shadow.queues[queue].readyAtReset {
      shadow.queues[queue].readyAtReset = false
      return check(.mmioLeg27, value == 0, seen: UInt64(value), expected: 0)
    }
    guard let ready = shadow.queues[queue].ready, let expected = ready ? shadow.queues[queue].page : 0 else {
      if ledger.driverFault != nil { ledger.suspend(.mmioLeg19, for: .queue) }
      return
    }
    let other = otherPage(than: expected, besides: queue)
    if value == expected {
      ledger.satisfy(.mmioLeg19)
      if other != nil { ledger.satisfy(.mmioLeg12) }
    } else {
      violate(value == other ? .mmioLeg12 : .mmioLeg19, seen: UInt64(value), expected: UInt64(expected))
      // Reported once.
      shadow.queues[queue].page = nil
      if !ready { shadow.queues[queue].ready = nil }
    }
  }

  /// What QueuePFN would read of another queue.
  private func otherPage(than page: UInt32, besides queue: Int) -> UInt32? {
    for other in 0..<Int(shadow.profile.queueCount) where other != queue {
      guard let ready = shadow.queues[other].ready, let its = ready ? shadow.queues[other].page : 0 else { continue }
      if its != page { return its }
    }
    return nil
  }

  /// The first chain of a life of a queue is returned: the device found the rings in the block that the registers tell of.
  mutating func serveFirstOfLegacy() {
    ledger.satisfy(.mmioLeg09)
    ledger.satisfy(.mmioLeg16)
    ledger.satisfy(.mmioLeg18)
    ledger.satisfy(.mmioLeg30)
  }

  /// The rule that an access beside the rings of a live queue breaks: where they would be with a register ignored.
  func legacyRegisterClause(_ event: Event) -> ClauseID? {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive {
      let (size, align) = (shadow.queues[queue].size, shadow.queues[queue].align)
      guard let page = shadow.queues[queue].page.map({ UInt64($0) }), let pageSize = shadow.pageSize else { continue }
      func isInBlock(at start: UInt64) -> Bool {
        event.address &- start < LegacyRing.blockSize(size, align: align)
      }
      func isInUsedRing(align: UInt32) -> Bool {
        let area = page &* UInt64(pageSize) &+ LegacyRing.deviceArea(size, align: align)
        return event.address &- area < SplitRing.deviceAreaSize(size)
      }
      // What a driver usually says, which a device may have built in; and the ends of a range.
      let usual: UInt32 = 4096
      if pageSize != usual && isInBlock(at: page &* UInt64(usual)) { return .mmioLeg09 }
      if isInBlock(at: page) { return .mmioLeg18 }
      // Right behind the available ring, as if there were no alignment.
      if isInUsedRing(align: UInt32(SplitRing.deviceAlignment)) { return .mmioLeg30 }
      if align != usual && isInUsedRing(align: usual) { return .mmioLeg16 }
      if size < shadow.profile.queueNumMax {
        let start = page &* UInt64(pageSize)
        let largest = min(shadow.profile.queueNumMax, SplitRing.maxSize)
        if event.address &- start < LegacyRing.blockSize(largest, align: align) { return .mmioReg17 }
      }
    }
    return nil
  }

  /// A chain with an indirect table was served: the device knows what was accepted.
  mutating func creditFeatures() {
    guard shadow.isLegacy else { return ledger.satisfy(.mmioReg09) }
    ledger.satisfy(.mmioLeg07)
    if shadow.registers.wordOrder == 1 { ledger.satisfy(.mmioLeg08) }
  }

  /// The rule that a device breaks which does not know of an accepted feature: with another word written last, it may
  /// have taken that for the first.
  var legacyFeatureClause: ClauseID { shadow.registers.wordOrder == 1 ? .mmioLeg08 : .mmioLeg07 }

  /// A device says that drivers may lay out their requests as they like.
  mutating func leg08(_ value: UInt32) {
    let bit = FeatureBits.anyLayout.word(0)
    guard value & bit == 0 else { return ledger.satisfy(.leg08) }
    // A device without a modern interface is not bound to it.
    violate(.leg08, seen: UInt64(value), expected: UInt64(value | bit), severity: .warning)
  }

  /// The driver does not want a notification, unless it is out of buffers: then it is due, whatever the ring says.
  mutating func oweOnEmpty(_ queue: Int, _ isFirst: Bool) {
    let state = shadow.queues[queue]
    shadow.needless = nil
    let index = shadow.memory.half(state.areas.driver &+ SplitRing.availIdx)
    guard state.heldCount == 0, state.taken == index else { return }
    let bit = InterruptStatus.usedBuffer.rawValue
    if shadow.due & bit == 0 {
      shadow.dueClause = .leg07
      shadow.isNewlyDue = isFirst || !shadow.line
    }
    shadow.owe(bit)
  }

  /// Legacy drivers read fields byte by byte.
  mutating func readLegacyByte(_ offset: UInt32, _ value: UInt64) {
    guard Int(offset) < shadow.config.count,
      let field = ConfigField.fields(of: shadow.profile.deviceType).first(where: {
        offset &- $0.offset < $0.size
      }), field.feature.isSubset(of: shadow.profile.offeredFeatures)
    else { return }
    if shadow.profile.deviceType == .network, readNetworkByte(offset, value) { return }
    if shadow.profile.deviceType == .block, offset == BlockConfig.writeback { return noteWriteback(value) }
    // Nobody says what it reads.
    if shadow.profile.deviceType == .console, field.offset == ConsoleConfig.emergencyWrite { return }
    judgeField(1, value, UInt64(shadow.config[offset]))
  }
}

import VirtioSpec

extension Shadow {
  /// Takes over what the driver writes to a register that it may write, before the device acts.
  mutating func write(_ register: Register, _ value: UInt32) {
    guard !resetIsPending else { return overrunReset(register, value) }
    switch register {
    case .deviceFeaturesSel:
      if let old = deviceFeaturesSel, old != value { registers.offerWasTurned = true }
      registers.driverSelIsNewer = false
      deviceFeaturesSel = value
    case .driverFeaturesSel:
      registers.driverSelIsNewer = true
      driverFeaturesSel = value
    case .driverFeatures: writeFeatures(value)
    case .queueSel:
      registers.selectionIsShown = false
      queueSel = value
    case .queueNum: set { $0.size = value }
    case .queueAlign: set { $0.align = value }
    case .guestPageSize: writePageSize(value)
    case .queuePFN: writeQueuePFN(value)
    case .queueDescLow: set { $0.areas.descriptors = $0.areas.descriptors.withLow(value) }
    case .queueDescHigh: set { $0.areas.descriptors = $0.areas.descriptors.withHigh(value) }
    case .queueDriverLow: set { $0.areas.driver = $0.areas.driver.withLow(value) }
    case .queueDriverHigh: set { $0.areas.driver = $0.areas.driver.withHigh(value) }
    case .queueDeviceLow: set { $0.areas.device = $0.areas.device.withLow(value) }
    case .queueDeviceHigh: set { $0.areas.device = $0.areas.device.withHigh(value) }
    case .queueReady: writeQueueReady(value)
    case .queueReset: writeQueueReset(value)
    case .queueNotify: notify(value)
    case .interruptACK: acknowledge(value)
    case .status: writeStatus(value)
    case .shmSel: shmSel = value
    case .magicValue, .version, .deviceID, .vendorID, .deviceFeatures, .queueNumMax, .interruptStatus, .shmLenLow,
      .shmLenHigh, .shmBaseLow, .shmBaseHigh, .configGeneration:
      break
    }
  }

  /// Registers are written by an access that is none of the table's. What a device without a written policy makes of that is
  /// open (A24): it may have been a write like any other.
  mutating func writeOddly(_ offset: UInt32, width: UInt32, _ value: UInt64) {
    guard !profile.declaresHousePolicy else { return }
    for place in stride(from: offset & ~3, to: offset + width, by: 4) {
      guard let register = Register(place, in: profile.transport), register.direction.isWritable else { continue }
      lose(register, value)
    }
  }

  private mutating func lose(_ register: Register, _ value: UInt64) {
    switch register {
    case .status:
      // It may even have been a reset.
      writtenStatus |= UInt32(truncatingIfNeeded: value)
      registers.isOrderly = false
      loseSelectors()
      loseReadyQueues()
    case .deviceFeaturesSel: deviceFeaturesSel = nil
    case .driverFeaturesSel: driverFeaturesSel = nil
    case .driverFeatures: featuresAreUnknown = true
    case .queueSel: queueSel = nil
    case .shmSel: shmSel = nil
    case .interruptACK: due = 0
    case .queueNotify: break
    default: loseReadyQueues()
    }
  }

  /// What a reset that may have taken place forgets, and what it no longer owes.
  private mutating func loseSelectors() {
    deviceFeaturesSel = nil
    driverFeaturesSel = nil
    queueSel = nil
    shmSel = nil
    generation = nil
    due = 0
  }

  private mutating func writeFeatures(_ value: UInt32) {
    guard !isLegacy else { return writeLegacyFeatures(value) }
    guard writtenStatus & DeviceStatus.featuresOK.rawValue == 0 else {
      // Behind a FEATURES_OK that was refused, or was never read, another set may be taken or not.
      if features == nil { featuresAreUnknown = true } else { registers.hasLateFeatures = true }
      registers.otherSetWasTried = true
      return
    }
    if !profile.declaresHousePolicy && writtenStatus & DeviceStatus.driver.rawValue == 0 {
      // Devices may not listen before there is a driver (A9).
      featuresAreUnknown = true
      return
    }
    guard let driverFeaturesSel else {
      featuresAreUnknown = true
      return
    }
    replaceFeatures(driverFeaturesSel, value)
  }

  /// A word of what the driver accepts is written.
  mutating func replaceFeatures(_ driverFeaturesSel: UInt32, _ value: UInt32) {
    if driverFeaturesSel >= FeatureBits.wordCount {
      if value != 0 { wantsUnoffered = true }
    } else {
      if profile.freedoms.driverFeatures == .replaces {
        registers.writeWord(driverFeaturesSel, driverFeatures.word(driverFeaturesSel), value)
      }
      let old = profile.freedoms.driverFeatures == .adds ? driverFeatures.word(driverFeaturesSel) : 0
      driverFeatures = driverFeatures.replacingWord(driverFeaturesSel, with: old | value)
    }
  }

  mutating func set(_ change: (inout QueueShadow) -> Void) {
    guard selectionIsKnown else { return loseQueues() }
    guard let queue = selectedQueue else { return }
    guard queues[queue].ready == false, queues[queue].reset != .asked else {
      // The written policy: those of a live queue stay as they are.
      if profile.declaresHousePolicy, queues[queue].ready == true { return }
      queues[queue].settingsAreUnknown = true
      // Devices may look at them later than when the queue was turned on (A27).
      if !profile.declaresHousePolicy { queues[queue].ready = nil }
      return loseRings()
    }
    change(&queues[queue])
  }

  /// A queue was changed, and nobody can tell which: what was selected before a reset may still be (A11).
  mutating func loseQueues() {
    for queue in 0..<Int(profile.queueCount) { queues[queue].settingsAreUnknown = true }
    loseRings()
  }

  /// The same for QueueReady and QueueReset, which may also leave the device in need of a reset.
  mutating func loseReadyQueues() {
    loseQueues()
    for queue in 0..<Int(profile.queueCount) {
      queues[queue].ready = nil
      queues[queue].readyAtReset = false
    }
    statusIsClean = false
  }

  /// A queue is on that the driver has reset.
  mutating func loseReset(of queue: Int) {
    queues[queue].reset = .none
    queues[queue].ready = nil
    queues[queue].settingsAreUnknown = true
    loseRings()
  }

  /// Whether the driver selected a queue since the last reset, by an index that can be one: devices may see only the
  /// lower 16 bits (A6).
  var selectionIsKnown: Bool {
    guard let queueSel else { return false }
    return queueSel <= UInt32(UInt16.max) || profile.declaresHousePolicy
  }

  private mutating func writeQueueReady(_ value: UInt32) {
    registers.selectionIsShown = false
    guard selectionIsKnown else { return loseReadyQueues() }
    guard let queue = selectedQueue else { return }
    registers.readyQueue = queue
    registers.readyValue = value
    // What the driver shadow took QueueReady for was only what was written.
    defer { driver.queues[queue].ready = queues[queue].isStopping ? false : queues[queue].ready }
    switch value {
    case 0: beginStop(queue)
    case 1 where queues[queue].reset == .asked:
      // It may be over or not: whether the device listens is not known.
      queues[queue].reset = .none
      queues[queue].ready = nil
      queues[queue].settingsAreUnknown = true
      statusIsClean = false
      loseRings()
    case 1:
      queues[queue].startsAfterQueueReset = queues[queue].reset == .done
      queues[queue].reset = .none
      queues[queue].readyAtReset = false
      guard queues[queue].ready != true else { return }
      if mayLackSettings(queue) {
        queues[queue].settingsAreUnknown = true
        loseUnusable(queue)
      } else if queues[queue].settingsAreUnknown || formatIsUnknown {
        queues[queue].settingsAreUnknown = true
        queues[queue].ready = nil
        statusIsClean = false
        loseRings()
      } else if features == nil && !profile.declaresHousePolicy || mayBeMissing(UInt32(queue)) {
        // Devices may not listen before the features are negotiated (A4).
        queues[queue].settingsAreUnknown = true
        loseUnusable(queue)
      } else if isUsable(queue) {
        start(queue)
      } else if profile.declaresHousePolicy {
        expectNeedsReset(.house07)
      } else {
        loseUnusable(queue)
      }
    default:
      if !profile.declaresHousePolicy { loseUnusable(queue) }
    }
  }

  /// The driver did not set a queue up anew that it has reset, and the device may have forgotten how it was (section
  /// 2.6.1.1: all of its state is the default).
  private func mayLackSettings(_ queue: Int) -> Bool {
    let all = DriverQueueShadow.sizeBit | DriverQueueShadow.areaBits
    return queues[queue].startsAfterQueueReset && !profile.declaresHousePolicy
      && driver.queues[queue].written & all != all
  }

  /// A device without a declared policy may take the queue, or not, or need a reset for it, which outlives the queue.
  private mutating func loseUnusable(_ queue: Int) {
    queues[queue].ready = nil
    queues[queue].readyAtReset = false
    registers.mayNeedReset = true
  }

  /// Whether the settings make a queue that a device has to accept.
  mutating func isUsable(_ queue: Int) -> Bool {
    let size = queues[queue].size
    let areas = queues[queue].areas
    let format = areas.format
    guard format.isValidSize(size) else {
      // Sections 2.7 and 2.8.10.1 say so of queues, and no rule for drivers repeats it. Not to write any is MMIO-VQ-05.
      if driver.queues[queue].written & DriverQueueShadow.sizeBit != 0 {
        ledger.blameWithoutRule(format == .split ? .splitDev15 : .packedDev19)
      }
      return false
    }
    guard size <= profile.queueNumMax else { return false }
    guard areas.descriptors % format.descriptorAlignment == 0, areas.driver % format.driverAlignment == 0,
      areas.device % format.deviceAlignment == 0
    else { return false }
    if let register = registerOfAreaOutsideRAM(areas, size) {
      // Section 4.2.3.2 has the driver allocate that memory, and says so as advice (MMIO-VQ-04).
      ledger.blameWithoutRule(isLegacy ? .mmioLeg18 : register)
      return false
    }
    return true
  }

  /// What says where the first of a queue's areas is that is not in RAM.
  private func registerOfAreaOutsideRAM(_ areas: AreasShadow, _ size: UInt32) -> ClauseID? {
    let format = areas.format
    if !memory.contains(areas.descriptors, format.descriptorAreaSize(size)) { return .mmioReg28 }
    if !memory.contains(areas.driver, format.driverAreaSize(size)) { return .mmioReg29 }
    if !memory.contains(areas.device, format.deviceAreaSize(size)) { return .mmioReg30 }
    return nil
  }

  mutating func start(_ queue: Int) {
    closeChains(ofQueue: queue)
    let othersAreKnown = othersAreKnown(besides: queue)
    queues[queue].isTracked = queues[queue].size <= Self.maxQueueSize
    queues[queue].isTainted =
      !othersAreKnown || queues[queue].settingsAreUnknown
      || queues[queue].wasReady && !profile.declaresHousePolicy
    // Nobody sees which buffers it is given, and they may be rings of others.
    if queues[queue].isTainted { loseRings() }
    queues[queue].startsAfterReset = !queues[queue].wasReady
    queues[queue].ready = true
    queues[queue].wasReady = true
    queues[queue].readyAtReset = false
    let (old, oldSize) = (queues[queue].ghost, queues[queue].ghostSize)
    queues[queue].isMoved =
      queues[queue].startsAfterQueueReset && oldSize != 0
      && (oldSize != queues[queue].size || old.descriptors != queues[queue].areas.descriptors)
    if !queues[queue].isMoved { queues[queue].ghostSize = 0 }
    queues[queue].availableSeen = 0
    queues[queue].taken = 0
    queues[queue].used = 0
    queues[queue].usedFlags = nil
    queues[queue].availEvent = startsWithEvent(queue)
    queues[queue].walking = -1
    queues[queue].readsAhead = false
    queues[queue].lastOpened = -1
    queues[queue].isNotified = false
    queues[queue].hadStaleNotice = false
    queues[queue].notifiedIndex = 0
    queues[queue].wasServed = false
    queues[queue].wasServedUnasked = false
    queues[queue].suppressionRaced = false
    queues[queue].notice = .none
    packed[queue] = PackedShadow()
    queues[queue].emptyAt = hasUntaken(queue) ? 0 : disk.stability.now
    if usesPackedRings { judgeFreshPackedRing(queue) } else { judgeFreshRings(queue) }
    lives &+= 1
    queues[queue].life = lives
    let areas = queues[queue].areas
    queues[queue].descriptorsSize = areas.format.descriptorAreaSize(queues[queue].size)
    queues[queue].driverSize = areas.format.driverAreaSize(queues[queue].size)
    queues[queue].deviceSize = areas.format.deviceAreaSize(queues[queue].size)
    // The areas are in RAM, so that their ends do not wrap.
    queues[queue].low = min(areas.descriptors, areas.driver, areas.device)
    queues[queue].high = max(
      areas.descriptors + queues[queue].descriptorsSize, areas.driver + queues[queue].driverSize,
      areas.device + queues[queue].deviceSize)
    // Rings that lie in one another cannot be told apart by what is read there.
    for other in 0..<Int(profile.queueCount)
    where other != queue && (queues[other].isLive || queues[other].reset == .asked) {
      if overlapsRings(of: other, areas.descriptors, queues[queue].descriptorsSize)
        || overlapsRings(of: other, areas.driver, queues[queue].driverSize)
        || overlapsRings(of: other, areas.device, queues[queue].deviceSize)
      {
        if queues[other].isLive { blame(isLegacy ? .mmioLeg20 : .mmioDrv18) }
        return loseRings()
      }
    }
    if queues[queue].areas.overlapEachOther(size: queues[queue].size) || isInHeldBuffers(queue) { loseRings() }
  }

  /// Whether it is known what the device may touch for other queues: those that are live, and those that are being reset,
  /// which it may not be done with.
  private func othersAreKnown(besides queue: Int) -> Bool {
    for other in 0..<Int(profile.queueCount) where other != queue && queues[other].ready != false {
      let wasFollowed = queues[other].isTracked && !queues[other].isTainted
      if queues[other].isLive {
        guard wasFollowed else { return false }
      } else {
        // On a device without a written policy nobody knows how it goes about a reset.
        guard profile.declaresHousePolicy, queues[other].reset == .asked, wasFollowed || !queues[other].wasReady else {
          return false
        }
      }
    }
    return true
  }

  /// Whether the rings of a live queue have a byte in common with a buffer that the device holds already: what it reads or
  /// writes there may be meant for either.
  private func isInHeldBuffers(_ queue: Int) -> Bool {
    for index in 0..<chainsEnd where chains[index].isOpen {
      for segment in segments(of: index)
      where overlapsRings(of: queue, segments[segment].address, segments[segment].length) { return true }
    }
    return false
  }

  /// What `avail_event` says before the device has written it: 0, where the driver has zeroed it (section 4.2.3.2).
  private func startsWithEvent(_ queue: Int) -> UInt16? {
    guard !usesPackedRings else { return nil }
    let event = memory.half(queues[queue].areas.device &+ SplitRing.availEvent(queues[queue].size))
    return event == 0 ? 0 : nil
  }

  /// Whether a range of RAM may have a byte in common with the rings of a live queue.
  func mayTouchRings(_ address: UInt64, _ length: UInt64) -> Bool {
    for queue in 0..<Int(profile.queueCount)
    where address < queues[queue].high && address &+ length > queues[queue].low { return true }
    return false
  }

  /// Whether a range has a byte in common with the rings of a live queue.
  func overlapsRings(of queue: Int, _ address: UInt64, _ length: UInt64) -> Bool {
    guard address < queues[queue].high, length > 0 else { return false }
    let (end, wraps) = address.addingReportingOverflow(length)
    guard wraps || end > queues[queue].low else { return false }
    return queues[queue].areas.overlaps(address, length, size: queues[queue].size)
  }

  /// The driver turns a queue off.
  mutating func beginStop(_ queue: Int) {
    if queues[queue].ready == true { praise(isLegacy ? .mmioLeg20 : .mmioDrv18) }
    // In this action the device may finish what it holds (A5).
    guard queues[queue].ready != false else { return }
    queues[queue].isStopping = true
    anyStopping = true
  }

  /// The device has returned from writes of 0 to QueueReady.
  mutating func finishStops() {
    anyStopping = false
    for queue in 0..<Int(profile.queueCount) where queues[queue].isStopping { stop(queue) }
  }

  /// The queue is not live any more: what it permitted is over.
  mutating func stop(_ queue: Int) {
    closeChains(ofQueue: queue)
    queues[queue].ghost = queues[queue].areas
    queues[queue].ghostSize = queues[queue].size
    queues[queue].ready = false
    queues[queue].isStopping = false
    queues[queue].walking = -1
    queues[queue].isNotified = false
  }

  private mutating func writeQueueReset(_ value: UInt32) {
    registers.selectionIsShown = false
    guard selectionIsKnown else {
      ledger.suspend(.mmioDev13, for: .device)
      return loseReadyQueues()
    }
    guard let queue = selectedQueue else { return }
    guard value == 1 else { return }
    guard let features else {
      if ledger.driverFault != nil { ledger.suspend(.mmioDev13, for: .queue) }
      // Whether the device resets the queue depends on what it accepted, which nobody knows, and it may take its time.
      queues[queue].ready = nil
      queues[queue].settingsAreUnknown = true
      statusIsClean = false
      return loseRings()
    }
    guard features.contains(.ringReset) else { return }
    queues[queue].reset = .asked
    anyQueueReset = true
    queues[queue].pollsSinceReset = 0
    queues[queue].ready = nil
  }

  private mutating func notify(_ value: UInt32) {
    let usesData = features?.contains(.notificationData) == true
    let number = usesData ? value & 0xffff : value
    guard number < profile.queueCount else { return }
    let queue = Int(number)
    if queues[queue].isLive {
      guard !usesPackedRings else { return notifyOfPacked(queue, value, usesData: usesData) }
      let index = memory.half(queues[queue].areas.driver &+ SplitRing.availIdx)
      if usesData && value >> 16 != UInt32(index) {
        // A device may go by the data alone: only a later notification can be counted on.
        queues[queue].hadStaleNotice = true
        return
      }
      queues[queue].isNotified = isRunning == true
      if index == queues[queue].taken { wasNotifiedNeedlessly = true }
    } else if queues[queue].ready == false {
      queues[queue].probed = true
      anyProbed = true
    }
  }

  private mutating func notifyOfPacked(_ queue: Int, _ value: UInt32, usesData: Bool) {
    if usesData && queues[queue].canBeFollowed && value >> 16 != UInt32(published(queue).word) {
      queues[queue].hadStaleNotice = true
      return
    }
    queues[queue].isNotified = isRunning == true
    if !hasAvailable(queue) { wasNotifiedNeedlessly = true }
  }

  private mutating func acknowledge(_ value: UInt32) {
    if value & InterruptStatus.configurationChange.rawValue != 0 { configAcknowledged = true }
    lineIsInQuestion = true
    if mayServe { registers.acknowledged |= value & shown }
    registers.sharesLine = due == InterruptStatus.defined.rawValue && due & ~value != 0 && due & value != 0
    due &= ~value
    // An event that was not looked at yet may survive (A1).
    possible &= ~value | registers.unread
    registers.unread &= ~value
    let mayKeepConfiguration = unexplained && value & InterruptStatus.configurationChange.rawValue == 0
    if possible == 0 && profile.freedoms.interrupt == .edge && !mayKeepConfiguration { line = false }
    shown &= ~value
    signalled &= ~value
    if value & InterruptStatus.usedBuffer.rawValue != 0 {
      needless = nil
      isNewlyDue = false
    }
    if possible == 0 { unexplained = false }
  }

  private mutating func writeStatus(_ value: UInt32) {
    statusIsUsed = true
    guard value != 0 else {
      isResetting = true
      cacheMode = CacheModeShadow()
      return
    }
    endQuiet()
    let old = writtenStatus & ~driver.leftOut(value)
    if old & ~value != 0 { statusIsClean = false }
    if value & DeviceStatus.driverOK.rawValue != 0 && features == nil {
      statusIsClean = statusIsClean && profile.declaresHousePolicy
    }
    if value & DeviceStatus.featuresOK.rawValue != 0 && writtenStatus & DeviceStatus.featuresOK.rawValue == 0 {
      // Fields that depend on features may change now, without a change of the generation.
      generation = nil
    }
    registers.writeStatus(value, after: old, featuresAreKnown: features != nil, isLegacy: isLegacy)
    // Devices may ignore flags that come in another order (A10).
    statusIsClean = statusIsClean && (registers.isOrderly || profile.declaresHousePolicy)
    writtenStatus |= value
    if isLegacy { noteStatusOfLegacy(value) }
  }

  /// The driver begins to initialize the device again.
  private mutating func endQuiet() {
    if isQuiet && !registers.quietIsBroken { ledger.satisfy(.resetDev03) }
    isQuiet = false
  }

  /// The device may need a reset by now, and have said so. One that stopped inside a chain may have had enough of it
  /// (SPLIT-DEV-02).
  var deviceMayHaveGivenUp: Bool { isLost || isInsideChain || registers.mayNeedReset }

  /// The device's own policy says that it needs a reset now.
  mutating func expectNeedsReset(_ clause: ClauseID) {
    let isToldAlready = deviceMayHaveGivenUp
    registers.mayNeedReset = true
    guard profile.declaresHousePolicy, needsReset == .no else { return }
    needsReset = .expected
    giveUpIsUntold = false
    needsResetClause = clause
    guard driverOKIsWritten, features != nil, statusIsClean else { return }
    // A device that needs a reset already says so once.
    if isToldAlready {
      allow(InterruptStatus.configurationChange.rawValue)
    } else {
      owe(InterruptStatus.configurationChange.rawValue)
    }
  }

  /// The driver asked for a reset that may take some polls: until it shows as over, the device may do what it was
  /// permitted to, and owes nothing. What it makes of registers meanwhile is open.
  mutating func awaitReset() {
    isResetting = false
    resetIsPending = true
    resetIsOverrun = false
    pollsInReset = 0
    loseSelectors()
    needless = nil
  }

  /// The driver writes to a device that may be at its reset, and may forget it.
  private mutating func overrunReset(_ register: Register, _ value: UInt32) {
    switch register {
    case .status where value == 0: isResetting = true
    case .status:
      resetIsOverrun = true
      writtenStatus |= value
      endQuiet()
      loseReadyQueues()
    case .queueNum, .queueAlign, .queuePFN, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh,
      .queueDeviceLow, .queueDeviceHigh, .queueReady, .queueReset:
      loseReadyQueues()
    case .guestPageSize: pageSize = nil
    default: break
    }
  }

  /// The reset that the driver asked for is over.
  mutating func finishReset() {
    let hadRingReset = features?.contains(.ringReset) ?? registers.hadRingReset
    let pending = possible | (unexplained ? InterruptStatus.configurationChange.rawValue : 0)
    for queue in 0..<Int(profile.queueCount) {
      let wasLive = queues[queue].ready != false
      if wasLive && queues[queue].heldCount > 0 { praise(.resetDrv03) }
      if wasLive { stop(queue) }
      let old = queues[queue]
      queues[queue] = QueueShadow()
      queues[queue].ghost = old.ghost
      queues[queue].ghostSize = old.ghostSize
      queues[queue].readyAtReset = wasLive || old.readyAtReset
      queues[queue].reset = features?.contains(.ringReset) == true ? .none : old.reset
    }
    forget()
    registers.hadRingReset = hadRingReset
    if profile.freedoms.interrupt == .edge { line = false }
    pendingAtReset = pending
    isQuiet = true
    resetIsUnread = true
    generation = nil
  }
}

extension UInt64 {
  fileprivate func withLow(_ value: UInt32) -> UInt64 { self & ~0xffff_ffff | UInt64(value) }
  fileprivate func withHigh(_ value: UInt32) -> UInt64 { self & 0xffff_ffff | UInt64(value) << 32 }
}

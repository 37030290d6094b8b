import VirtioSpec

/// What a judge knows of a device, from the events alone.
struct Shadow: ~Copyable {
  static let maxQueues = 8
  /// The most chains that are followed at a time, over all queues.
  static let maxChains = 128
  /// The largest queue that is followed.
  static let maxQueueSize: UInt32 = 1024

  private let inPlace = InPlace()
  var profile: DeviceProfile
  var memory: ShadowMemory
  var ledger = Ledger()

  var step: Int {
    get { ledger.step }
    set { ledger.step = newValue }
  }
  var stepKind: UInt8 = 255
  /// What the driver does, as far as its register accesses show.
  var driver = DriverShadow(queueLimit: maxQueues)

  // Status.
  /// All bits that the driver wrote since the last reset.
  var writtenStatus: UInt32 = 0
  /// The driver kept the rules for Status since the last reset, so that what it reads is known.
  var statusIsClean = true
  /// Status was read or written since power-on.
  var statusIsUsed = false
  /// A reset has finished, and the driver has not begun to initialize the device again.
  var isQuiet = false
  /// A write of 0 to Status is under way.
  var isResetting: Bool {
    get { unsettled.contains(.reset) }
    set { unsettled.set(.reset, newValue) }
  }
  /// The device was reset, and has not answered a read of Status since.
  var resetIsUnread = false
  /// A reset was asked for that may take some polls, and Status has not shown its end.
  var resetIsPending = false
  /// The driver wrote Status again without waiting for that.
  var resetIsOverrun = false
  /// How many polls with a backend that goes on it has had.
  var pollsInReset = 0
  var needsReset = NeedsResetShadow.no
  /// The device worked on rings that cannot be followed, and may have found there that it needs a reset.
  var isLost = false
  /// Nothing but a signal that no event explains says so: all that led to it is known.
  var isLostBySignal = false
  /// It should have given up, and InterruptStatus did not tell the driver, who has not read Status yet.
  var giveUpIsUntold = false
  /// The obligation of our own that makes it need a reset.
  var needsResetClause = ClauseID.house01

  // Features.
  var deviceFeaturesSel: UInt32?
  var driverFeaturesSel: UInt32?
  var driverFeatures: FeatureBits = []
  /// The driver wrote a word without having selected one.
  var featuresAreUnknown = false
  /// The driver asked for a bit that is not offered.
  var wantsUnoffered = false
  /// What was accepted, once Status has read FEATURES_OK.
  var features: FeatureBits?
  /// Queues that were set up since then are packed.
  var usesPackedRings = false

  var registers = RegisterShadow()

  // Interrupts.
  var line = false
  /// Bits of InterruptStatus that must read 1.
  var due: UInt32 = 0
  /// Bits that may read 1.
  var possible: UInt32 = 0
  /// Something happened in this action that the line depends on.
  var lineIsInQuestion: Bool {
    get { unsettled.contains(.line) }
    set { unsettled.set(.line, newValue) }
  }
  /// The line was not what it has to be: until it moves, nothing can be said of it.
  var lineIsLost = false
  /// Bits that have read 1 since their event.
  var shown: UInt32 = 0
  /// Bits that were on the line since their event.
  var signalled: UInt32 = 0
  /// The clause that a used buffer notification is due by, and whether nothing of it was seen so far.
  var dueClause = ClauseID.splitDev18
  var isNewlyDue = false
  /// Chains were used that the driver does not want to be notified of: the clause that says so.
  var needless: ClauseID?
  /// The line rose in the action that goes on, before there was any event.
  var lineRoseEarly = false
  /// Bits that could be pending when the device was reset.
  var pendingAtReset: UInt32 = 0
  /// Bit 1 or the line was active without an event that explains it, unless the device needs a reset.
  var unexplained = false
  /// The configuration change that the driver is owed is only advice (SHOULD).
  var configEventIsAdvice = false
  var configAcknowledged = false

  // Queues.
  /// Since power-on, a queue was served behind a notification with data.
  var dataIsUnderstood = false
  var queueSel: UInt32?
  /// Of a legacy device: what GuestPageSize was set to; nil where that is not known.
  var pageSize: UInt32?
  var queues = FixedArray(repeating: QueueShadow(), count: maxQueues)
  var packed = FixedArray(repeating: PackedShadow(), count: maxQueues)
  /// The queue whose packed ring the device has just written into, or -1.
  var writtenRing = -1
  /// For each queue and head, the chain that the device holds, or -1.
  var chainOfHead = FixedArray<Int16>(repeating: -1, count: maxQueues * Int(maxQueueSize))
  /// For each queue and descriptor of its table, the order of the chain that it was last read for; see ``ChainShadow/order``.
  var orderOfEntry = FixedArray<UInt32>(repeating: 0, count: maxQueues * Int(maxQueueSize))
  /// For each queue and slot of its used ring, what the device put there, and in which life of the queue; 0 once it
  /// was used. Of a packed queue, ``SlotMarks`` for each slot.
  var elements = FixedArray<UInt64>(repeating: 0, count: maxQueues * Int(maxQueueSize))
  var elementLife = FixedArray<UInt32>(repeating: 0, count: maxQueues * Int(maxQueueSize))
  /// How often a queue was started: each time is another life.
  var lives: UInt32 = 0
  var chains = FixedArray(repeating: ChainShadow(), count: maxChains)
  var segments = FixedArray(repeating: SegmentShadow(), count: maxChains * ChainShadow.maxSegments)
  /// Chains from here on are not open.
  var chainsEnd = 0
  var chainsTaken: UInt32 = 0

  // Configuration space.
  var config: ConfigBytes
  var shmSel: UInt32?
  /// What ConfigGeneration last read, unless something happened that makes it incomparable.
  var generation: UInt32?
  var changedSinceGeneration = false
  /// The configuration space was read since it last changed.
  var configIsRead = false

  // A block device's disk.
  var disk = DiskShadow()
  var cacheMode = CacheModeShadow()
  /// What the configuration space says of the capacity, in sectors.
  var capacity: UInt64 = 0
  /// The largest capacity since power-on, in sectors.
  var largestCapacity: UInt64 = 0
  /// The driver wrote to the configuration space since the last reset.
  var configIsWritten = false
  var capacityRead = CapacityRead()

  var console = ConsoleShadow()
  var network = NetworkShadow()

  // The action that goes on.
  /// What has to be looked at when the device returns, besides accesses.
  var unsettled: Unsettled = []
  var accesses = 0
  var violationsInAction = 0
  /// How many accesses the bytes of the chains that the device was given are still good for, beyond what the queues
  /// are; and how many bytes.
  var workCredit = 0
  var byteCredit = 0
  /// How many bytes the device has moved in it.
  var movedBytes = 0
  /// The device asked in it for something outside RAM, and whether the driver gave that address is not known.
  var mayBeGiven = false
  /// It made accesses in it of which nobody knows whether they are permitted.
  var hasUnjudgedRead = false
  var hasUnjudgedWrite = false
  /// Somebody else changed memory in it, while the device was at work.
  var isRaced = false
  /// The device was notified of a live queue without anything new since Status was last read.
  var wasNotifiedNeedlessly = false
  /// The device was notified of a queue that is not live.
  var anyProbed: Bool {
    get { unsettled.contains(.probe) }
    set { unsettled.set(.probe, newValue) }
  }
  /// A chain that the device holds, or has returned in this action, was not followed to its end: see
  /// ``ChainShadow/isTruncated``.
  var anyTruncated = false
  /// See ``QueueShadow/isStopping``.
  var anyStopping: Bool {
    get { unsettled.contains(.stop) }
    set { unsettled.set(.stop, newValue) }
  }
  /// A queue is at work: see ``QueueShadow/isProgressing``.
  var anyProgress = false
  /// A queue reset was asked for in this life of the device.
  var anyQueueReset = false
  var isStalled = false
  /// The program is over; what follows is the reset behind it.
  var isEnded = false
  var chainCounts = ChainCounts()

  init(_ memory: MemoryMap) {
    profile = DeviceProfile(
      deviceType: .placeholder, vendorID: 0, offeredFeatures: [], queueCount: 0, queueNumMax: 0, memory: memory,
      config: ConfigBytes(count: 0), declaresHousePolicy: false)
    self.memory = ShadowMemory(memory)
    config = ConfigBytes(count: 0)
  }

  /// A fresh device of this profile, in the memory of `init`. Only while nothing is known: as after `init` or
  /// ``powerOff()``.
  mutating func powerOn(_ profile: DeviceProfile) {
    self.profile = profile
    config = profile.config
    features = featuresOfFreshDriver
    capacity = configNumber(BlockConfig.capacity) | configNumber(BlockConfig.capacity + 4) << 32
    largestCapacity = capacity
    if profile.deviceType == .network {
      // Without the field it is (section 5.1.4.2).
      network.isLinkUp =
        !profile.offeredFeatures.contains(.netStatus)
        || profile.config[NetworkConfig.status] & Network.linkUp != 0
    }
  }

  /// Forgets all that it knows of a device, and not what it has judged.
  mutating func powerOff() {
    forget()
    memory.rewind()
    disk.rewind()
    unsettled = []
    if profile.deviceType == .console { console.powerOff() }
    if profile.deviceType == .network { network.powerOff() }
    for index in 0..<Int(profile.queueCount) { queues[index] = QueueShadow() }
    registers = RegisterShadow()
    step = 0
    stepKind = 255
    statusIsUsed = false
    line = false
    lineIsInQuestion = false
    lineIsLost = false
    lineRoseEarly = false
    generation = nil
    changedSinceGeneration = false
    configIsRead = false
    capacityRead = CapacityRead()
    shmSel = nil
    pageSize = nil
    accesses = 0
    movedBytes = 0
    mayBeGiven = false
    hasUnjudgedRead = false
    hasUnjudgedWrite = false
    byteCredit = 0
    workCredit = 0
    isRaced = false
    violationsInAction = 0
    anyProgress = false
    isStalled = false
    isEnded = false
    pendingAtReset = 0
    isQuiet = false
    resetIsUnread = false
    dataIsUnderstood = false
    chainCounts = ChainCounts()
  }

  /// A legacy device has none until some are written.
  private var featuresOfFreshDriver: FeatureBits? { isLegacy ? [] : nil }

  /// What a reset makes the device forget.
  mutating func forget() {
    let wasAccepted = features != nil
    ledger.driverFault = nil
    writtenStatus = 0
    statusIsClean = true
    isResetting = false
    resetIsPending = false
    needsReset = .no
    giveUpIsUntold = false
    isLost = false
    isLostBySignal = false
    deviceFeaturesSel = nil
    driverFeaturesSel = nil
    driverFeatures = []
    featuresAreUnknown = false
    wantsUnoffered = false
    features = featuresOfFreshDriver
    usesPackedRings = false
    writtenRing = -1
    if profile.freedoms.resetForgetsPageSize { pageSize = nil }
    due = 0
    possible = 0
    shown = 0
    signalled = 0
    isNewlyDue = false
    needless = nil
    wasNotifiedNeedlessly = false
    unexplained = false
    anyProbed = false
    anyTruncated = false
    anyStopping = false
    anyQueueReset = false
    configEventIsAdvice = false
    configAcknowledged = false
    registers.forget(setWasAccepted: wasAccepted)
    queueSel = nil
    configIsWritten = false
    cacheMode = CacheModeShadow()
    if profile.deviceType == .console { console.forgetDriver() }
    // What a selector of shared memory shows that was not written since is unknown (A11); where there is none, all alike.
    if profile.sharedMemory != nil { shmSel = nil }
    if profile.deviceType == .network { forgetNetworkDriver() }
    closeChains()
  }

  /// What a reset makes of a field that the driver changes is not known.
  private mutating func forgetNetworkDriver() {
    loseAnnouncement()
    network.forgetDriver()
  }

  /// Whether a driver that begins anew is still asked to make its guest known is for the device to say.
  mutating func loseAnnouncement() {
    if profile.deviceType == .network, config[NetworkConfig.status] & Network.announce != 0 {
      network.statusIsKnown = false
    }
  }

  /// The driver breaks a rule.
  mutating func blame(_ clause: ClauseID) { ledger.blame(clause) }

  /// The driver had the occasion to break a rule, and kept it.
  @inline(__always)
  mutating func praise(_ clause: ClauseID) { ledger.satisfy(clause) }

  /// Whether anything is unknown of what led to a need for a reset.
  var causeIsUnknown: Bool { isLost && !isLostBySignal }

  /// VIRTIO_F_IN_ORDER was accepted.
  var isInOrder: Bool { features?.contains(.inOrder) == true }

  var isLegacy: Bool { profile.transport == .legacy }

  var driverOKIsWritten: Bool { writtenStatus & DeviceStatus.driverOK.rawValue != 0 }

  /// The device may serve the driver: it wrote DRIVER_OK, or is a legacy one, which may begin before (section 3.1.2).
  var mayServe: Bool { driverOKIsWritten || isLegacy }

  /// The driver wrote FAILED: it is owed nothing that a running one is.
  var hasGivenUp: Bool { writtenStatus & DeviceStatus.failed.rawValue != 0 }

  /// Whether the device serves requests, or nil where the driver's faults leave that open.
  var isRunning: Bool? {
    guard mayServe else { return false }
    // A legacy driver says at least that it is there.
    guard !isLegacy || writtenStatus & DeviceStatus.driver.rawValue != 0, features != nil, statusIsClean,
      needsReset == .no, !resetIsPending, !hasGivenUp
    else { return nil }
    return true
  }

  /// The queue that per-queue registers are about, if it exists.
  var selectedQueue: Int? {
    guard let queueSel, queueSel < profile.queueCount else { return nil }
    return Int(queueSel)
  }

  /// Something was signalled that no event explains, unless the next Status shows that the device needs a reset.
  mutating func waitForExplanation() {
    if !isLost { isLostBySignal = true }
    unexplained = true
    isLost = true
  }

  /// The events that `bits` stand for may have taken place.
  mutating func allow(_ bits: UInt32) {
    possible |= bits
    registers.unread |= bits
  }

  /// The events that `bits` stand for take place.
  mutating func owe(_ bits: UInt32) {
    due |= bits
    possible |= bits
    shown &= ~bits
    signalled &= ~bits
    registers.unread |= bits
    lineIsInQuestion = true
  }
}

enum NeedsResetShadow {
  case no
  /// The device's own policy says that it has to set DEVICE_NEEDS_RESET.
  case expected
  /// Status has read DEVICE_NEEDS_RESET.
  case confirmed
}

import VirtioSpec

/// What the register accesses of a driver say about the driver: the rules for drivers that need no guest memory.
///
/// It looks at one device's registers in the order of the accesses, and knows nothing else. Where the width of an access
/// or the value of a read is not known, as in a bare trace, the rules that need it say nothing.
struct DriverShadow: ~Copyable {
  /// What is known of the device; nil where it is not.
  struct Facts: Sendable {
    var specification = Specification.chapter
    var transport = Transport.modern
    var deviceType: DeviceType?
    var offered: FeatureBits?
    var queueCount: UInt32?
    var queueNumMax: UInt32?
    var hasSharedMemory = false
    /// A reset takes time, in which registers still show what was before.
    var resetTakesTime = false
    /// The interrupt line rises for each event, and when it falls says nothing.
    var hasEdges = false
  }

  /// What became of FEATURES_OK since the last reset.
  enum Negotiation {
    case open
    /// It was written, and Status was not read since.
    case asked
    /// Status was read, and nobody knows what it showed.
    case assumed
    /// Status has shown it.
    case confirmed
    /// Status has not shown it.
    case refused
  }

  /// How far a driver has got in finding out what the device is, since power-on.
  enum Identification {
    case nothing, magicIsRead, versionIsRead, bothAreRead
    /// Nothing more is judged.
    case over
  }

  private let inPlace = InPlace()
  var facts = Facts()
  var isLegacy: Bool { facts.transport == .legacy }
  /// The driver is at work on a device that it has looked at: nothing but the registers themselves is judged of it.
  var isIdentified: Bool { !isOver && !sawPlaceholder && identification == .over }
  var foreignFeatures: FeatureBits = []
  /// The driver has made its last access: what follows is of others.
  var isOver = false

  // Since power-on.
  var identification = Identification.nothing
  /// DeviceID has read 0, and whether the driver has left the device alone since.
  var sawPlaceholder = false
  var leftItAlone = true
  var statusIsWritten = false
  var everSelectedOffer = false
  var everSelectedAcceptance = false
  /// What was written to GuestPageSize, if it was.
  var pageSize: UInt32?
  /// The rules for accesses that were broken since Status was last written, as bits.
  var accessFaults: UInt8 = 0

  // Since the last reset.
  var status: UInt32 = 0
  /// Status was reset, and has not read 0 since.
  var resetIsUnread = false
  var sawNeedsReset = false
  var negotiation = Negotiation.open
  /// Whether the driver may go on with initialization was judged since that last changed.
  var isJudgedToProceed = false
  /// FAILED was set while features were negotiated.
  var gaveUpOnFeatures = false
  var hasProceeded = false
  var acceptsLate = false
  var hasNotified = false
  var writesConfigEarly = false
  var touchesSharedMemory = false
  var offerSelector: UInt32?
  var acceptanceSelector: UInt32?
  var accepted: FeatureBits = []
  /// The driver wrote bits that no feature has.
  var acceptsBeyond = false
  /// The driver wrote a word without having said which.
  var acceptanceIsUnknown = false

  // Interrupts.
  var line = false
  var causeIsRead = false
  /// What InterruptStatus showed and was not acknowledged.
  var handled: UInt32 = 0
  /// It showed something, nobody knows what.
  var handledIsUnknown = false

  // Queues.
  var selector: UInt32?
  var queues: FixedArray<DriverQueueShadow>

  /// - Parameter queueLimit: how many queues are followed.
  init(queueLimit: Int) {
    queues = FixedArray(repeating: DriverQueueShadow(), count: queueLimit)
  }

  mutating func powerOn(_ facts: Facts) {
    self.facts = facts
    foreignFeatures = facts.specification.foreignFeatures(of: facts.deviceType, over: facts.transport)
    isOver = false
    identification = .nothing
    sawPlaceholder = false
    leftItAlone = true
    statusIsWritten = false
    everSelectedOffer = false
    everSelectedAcceptance = false
    pageSize = nil
    accessFaults = 0
    line = false
    causeIsRead = false
    queues.fill(DriverQueueShadow())
    forget()
    resetIsUnread = false
  }

  /// What a driver that resets the device begins anew.
  mutating func forget() {
    status = 0
    resetIsUnread = true
    negotiation = .open
    isJudgedToProceed = false
    gaveUpOnFeatures = false
    hasProceeded = false
    acceptsLate = false
    hasNotified = false
    writesConfigEarly = false
    touchesSharedMemory = false
    offerSelector = nil
    acceptanceSelector = nil
    accepted = []
    acceptsBeyond = false
    acceptanceIsUnknown = false
    if facts.hasEdges { line = false }
    forgetWhatResetClears()
  }

  /// What was read of a device that had not finished its reset says nothing of the one behind it.
  mutating func forgetWhatResetClears() {
    sawNeedsReset = false
    handled = 0
    handledIsUnknown = false
    selector = nil
    for queue in 0..<queues.count {
      var fresh = DriverQueueShadow()
      fresh.maximumWasRead = queues[queue].maximumWasRead
      queues[queue] = fresh
    }
  }

  func has(_ bit: DeviceStatus) -> Bool { status & bit.rawValue != 0 }

  /// The queue that the driver selected, if it is followed.
  var queue: Int? {
    guard let selector, selector < UInt32(queues.count) else { return nil }
    return Int(selector)
  }

  /// The driver is done: duties that it left open are broken.
  mutating func finish(_ ledger: inout Ledger) {
    isOver = true
    if sawPlaceholder && leftItAlone {
      ledger.satisfy(.mmioDrv12)
      ledger.satisfy(.mmioInit03)
      ledger.satisfy(.mmioInit04)
    }
    for queue in 0..<queues.count { judgeReadBack(queue, false, &ledger) }
  }
}

/// What a driver did about one queue since the last reset of the device.
struct DriverQueueShadow: BitwiseCopyable {
  static let sizeBit: UInt8 = 1
  static let areaBits: UInt8 = 0x7e
  /// QueueAlign, of a legacy queue.
  static let alignBit: UInt8 = 0x80

  /// What QueueReady reads, as far as the driver can tell; nil where the text does not say.
  var ready: Bool? = false
  var wasReady = false
  /// The settings that were written since the last reset of the queue: QueueNum, the six halves of addresses, and
  /// QueueAlign.
  var written: UInt8 = 0
  var size: UInt32 = 0
  var align: UInt32 = 0
  /// The low halves of the addresses of its areas.
  var descriptors: UInt32 = 0
  var driver: UInt32 = 0
  var device: UInt32 = 0
  var maximumIsRead = false
  /// The same since power-on: a reset does not change it.
  var maximumWasRead = false
  /// QueueNumMax has read 0: there is no such queue.
  var isMissing = false
  /// The step in which 0 was written to QueueReady without a read behind it; -1 for none.
  var stopStep = -1
  /// 1 was written to QueueReset, and it has not read 0 since.
  var isResetting = false
  var wasReset = false
}

extension DriverShadow.Facts {
  init(_ profile: DeviceProfile, _ specification: Specification) {
    self.init(
      specification: specification, transport: profile.transport, deviceType: profile.deviceType,
      offered: profile.offeredFeatures, queueCount: profile.queueCount, queueNumMax: profile.queueNumMax,
      hasSharedMemory: profile.sharedMemory != nil,
      resetTakesTime: profile.freedoms.resetPolls > 0, hasEdges: profile.freedoms.interrupt == .edge)
  }
}

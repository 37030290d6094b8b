import VirtioSpec

/// What a judge knows of a network device: the frames that came in and may be on their way to the guest, and what the driver
/// has asked for.
struct NetworkShadow: ~Copyable {
  /// As many as there can be in the queues that are followed.
  static let maxPairs = 4
  /// The most frames that are kept, and the most bytes of each.
  static let frameLimit = 24
  static let frameBytes = 8192

  enum Fate: UInt8, BitwiseCopyable {
    case passes
    /// Nothing says what becomes of it.
    case open
    case drops
  }

  /// A frame that came in.
  struct Frame: BitwiseCopyable {
    /// In bytes; 0 where there is none.
    var length = 0
    /// Higher than that of a frame that came before.
    var order: UInt64 = 0
    /// What was left to do for it, and whether that can be done.
    var header = NetworkHeader()
    var isSound = true
    var fate = Fate.open
    /// What says so, and whether only as advice.
    var clause = ClauseID.netDev06
    var isAdvice = false
    /// There was room for it in every queue that it might go to.
    var hadRoom = false
    /// How often the device was polled since, with a backend that goes on; and how often with room for the frame.
    var polls = 0
    var chances = 0
    /// What was said of it is judged, as far as it has not come.
    var isJudged = false
  }

  /// A frame on its way to the guest, in one or more buffers of a queue.
  struct Assembly: BitwiseCopyable {
    /// How many buffers are missing.
    var left = 0
    var buffers = 0
    /// How many bytes there are behind the header.
    var length = 0
    var header = NetworkHeader()
    /// Which buffers are of which frame cannot be told, in the action that goes on.
    var isLost = false
    /// Of a packed ring: the first buffer could be seen before the others.
    var isEarly = false
  }

  /// What a device has made of the frames it was given to send, since it last held none.
  struct Transmission: BitwiseCopyable {
    /// How many frames it sent.
    var sent = 0
    /// How many chains it holds no longer, and how many of them had to be sent.
    var closed = 0
    var owed = 0
    /// It held some that may go out as anything, or that nobody could read.
    var isUncertain = false
  }

  var frames = FixedArray(repeating: Frame(), count: frameLimit)
  private(set) var frameData = FixedArray<UInt8>(repeating: 0, count: frameLimit * frameBytes)
  private(set) var frameOrder: UInt64 = 0
  private(set) var frameCount = 0
  /// Places from here on have no frame.
  private(set) var framesEnd = 0
  /// Whatever may come is among the frames.
  var knowsAllFrames = true

  var assemblies = InlineArray<4, Assembly>(repeating: Assembly())
  private(set) var assembled = FixedArray<UInt8>(repeating: 0, count: maxPairs * frameBytes)

  var filter = NetworkFilterShadow()
  /// How many pairs of queues are in use; nil where that is not known.
  var pairs: Int? = 1
  /// The driver has said so.
  var pairsAreSet = false
  /// The bits of those offloads that the driver has left on; and when it last said so, as frames count.
  var offloads = UInt64.max
  var offloadsOrder: UInt64 = 0

  /// Of each transmit queue.
  var transmissions = InlineArray<8, Transmission>(repeating: Transmission())

  // The configuration space.
  var isLinkUp = true
  var statusIsKnown = true
  var addressIsKnown = true
  /// A command set `mac`.
  var addressIsSet = false
  /// The driver acknowledged an announcement, and status was not read since.
  var isAcknowledged = false
  /// There was another announcement while a command was on its way.
  var isAnnouncedMeanwhile = false
  /// What was last read; nil where it may have changed since.
  var mtu: UInt64?
  var speed: UInt64?
  var duplex: UInt64?

  init() {}

  mutating func powerOff() {
    frames.fill(0..<framesEnd, Frame())
    framesEnd = 0
    frameCount = 0
    frameOrder = 0
    forgetDriver()
    filter.powerOff()
    knowsAllFrames = true
    isLinkUp = true
    statusIsKnown = true
    addressIsKnown = true
  }

  /// A reset. Whether what is on its way is still given to the next driver is for the device to say.
  mutating func forgetDriver() {
    for place in 0..<framesEnd where frames[place].clause != .netDev44 { frames[place].fate = .open }
    assemblies = InlineArray(repeating: Assembly())
    filter.forgetDriver()
    pairs = 1
    pairsAreSet = false
    transmissions = InlineArray(repeating: Transmission())
    offloads = .max
    offloadsOrder = frameOrder
    if addressIsSet { addressIsKnown = false }
    addressIsSet = false
    isAcknowledged = false
    isAnnouncedMeanwhile = false
    mtu = nil
    speed = nil
    duplex = nil
  }

  /// Takes note of a frame, and returns its place; nil where there is none.
  mutating func append(_ bytes: RawSpan, _ header: NetworkHeader) -> Int? {
    guard frameCount < Self.frameLimit, bytes.byteCount > 0, bytes.byteCount <= Self.frameBytes else {
      knowsAllFrames = false
      return nil
    }
    var place = 0
    while frames[place].length != 0 { place += 1 }
    frameData.replace(from: place * Self.frameBytes, with: bytes)
    frameOrder += 1
    frameCount += 1
    framesEnd = max(framesEnd, place + 1)
    frames[place] = Frame(length: bytes.byteCount, order: frameOrder, header: header)
    frames[place].isSound = isSound(place)
    return place
  }

  /// How many frames a device may still have that neither came nor were dropped: it need not keep more than some.
  var waitingCount: Int {
    var count = 0
    for place in 0..<framesEnd where frames[place].length != 0 && frames[place].chances < 2 { count += 1 }
    return count
  }

  mutating func remove(_ place: Int) {
    frames[place].length = 0
    frameCount -= 1
    while framesEnd > 0 && frames[framesEnd - 1].length == 0 { framesEnd -= 1 }
  }

  /// Of the frames that are on their way, nothing says any more what the filter makes of them.
  mutating func openFates() {
    guard frameCount > 0 else { return }
    for place in 0..<framesEnd where frames[place].clause != .netDev16 && frames[place].clause != .netDev44 {
      frames[place].fate = .open
    }
  }

  /// The driver may have given the device commands that nobody saw.
  mutating func loseCommands() {
    openFates()
    filter.loseAll()
    pairs = nil
    offloads = .max
    offloadsOrder = frameOrder
    addressIsKnown = false
    statusIsKnown = false
  }

  /// A queue stops: whether the device keeps what was on its way there is its own business.
  mutating func stopQueue() {
    openFates()
    assemblies = InlineArray(repeating: Assembly())
  }

  /// The device holds one chain less of a queue: it `isLast` where there is no other one.
  mutating func noteClosed(_ queue: Int, isLast: Bool) {
    if isLast {
      transmissions[queue] = Transmission()
    } else {
      transmissions[queue].closed += 1
    }
  }

  /// More bytes of the frame that a pair's queue is given.
  mutating func assemble(_ memory: borrowing ShadowMemory, _ address: UInt64, _ count: Int, pair: Int) {
    let length = assemblies[pair].length
    assemblies[pair].length = length + count
    let kept = min(count, Self.frameBytes - length)
    _ = memory.withBytes(address, kept) { assembled.replace(from: pair * Self.frameBytes + length, with: $0) }
  }

  /// The frame that came first of those which are, or begin as, what a pair's queue was given. Of two that are alike, it is
  /// one whose header goes with the one that the guest was given, and then the one that has to come.
  func match(pair: Int, isWhole: Bool) -> Int? {
    let length = assemblies[pair].length
    if isWhole, let place = match(length, pair, isWhole: true, agrees: true) { return place }
    return match(length, pair, isWhole: isWhole, agrees: false)
  }

  /// Whether an assembly of a pair is a whole frame.
  func isWhole(_ assembly: Assembly, pair: Int) -> Bool {
    match(assembly.length, pair, isWhole: true, agrees: false) != nil
  }

  private func match(_ length: Int, _ pair: Int, isWhole: Bool, agrees: Bool) -> Int? {
    var found: Int?
    for place in 0..<framesEnd where frames[place].length != 0 {
      guard isWhole ? frames[place].length == length : frames[place].length > length else { continue }
      if let other = found {
        let (old, new) = (frames[other], frames[place])
        // One without room had no need to come.
        let (oldRoom, newRoom) = (old.hadRoom ? 0 : 1, new.hadRoom ? 0 : 1)
        guard (new.fate.rawValue, newRoom, new.order) < (old.fate.rawValue, oldRoom, old.order) else { continue }
      }
      // In place of a checksum that is not complete, there may be one that is.
      let gap = frames[place].gap.clamped(to: 0..<length)
      guard isAlike(place, pair, 0..<gap.lowerBound), isAlike(place, pair, gap.upperBound..<length) else { continue }
      if !isWhole || (agrees ? headersAgree(place, pair) : hasChecksum(place, pair)) { found = place }
    }
    return found
  }

  /// Whether a stretch of a frame is what a pair's queue was given there.
  func isAlike(_ place: Int, _ pair: Int, _ range: Range<Int>) -> Bool {
    withBytes(range, of: place) { given in
      withReceived(range, pair) { $0.firstDifference(from: given) == nil }
    }
  }

  /// A stretch of a frame.
  func withBytes<R>(_ range: Range<Int>, of place: Int, _ body: (RawSpan) -> R) -> R {
    let first = place * Self.frameBytes
    return frameData.withSpan(first + range.lowerBound..<first + range.upperBound) { body($0.bytes) }
  }

  /// A stretch of what a pair's queue was given.
  func withReceived<R>(_ range: Range<Int>, _ pair: Int, _ body: (RawSpan) -> R) -> R {
    let first = pair * Self.frameBytes
    return assembled.withSpan(first + range.lowerBound..<first + range.upperBound) { body($0.bytes) }
  }
}

extension Shadow {
  /// How many bytes of a header are before each frame.
  func frameHeaderSize(_ features: FeatureBits) -> Int { Network.headerSize(isLegacy: isLegacy, features) }

  /// Whether it is known what is before each frame. A driver that does not accept VERSION_1 may have the legacy interface's
  /// header from a device (section 6), which is shorter where no buffers are merged (section 5.1.6.1); ours does not
  /// change it.
  func knowsFrameHeader(_ features: FeatureBits) -> Bool {
    guard features.isDisjoint(with: .netLongHeaders) else { return false }
    return !features.isDisjoint(with: [.version1, .netMergeableBuffers]) || isLegacy || profile.declaresHousePolicy
  }
}

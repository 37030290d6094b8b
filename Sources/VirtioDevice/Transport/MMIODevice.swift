import VirtioMemory
import VirtioSpec

/// A virtio device behind the MMIO transport (section 4.2), modern or legacy, for a device type of your choice.
///
/// The device acts only inside ``readRegister(_:width:host:)``, ``writeRegister(_:width:value:host:)``,
/// ``poll(host:)`` and the methods for the host. Its policy for what the specification leaves open:
///
/// - A ring or a chain that is broken (``RingFault``), or a queue that cannot be used, puts it into
///   DEVICE_NEEDS_RESET; from then on it leaves its queues alone until it is reset.
/// - An access of a wrong width, alignment, direction or offset reads 0 and changes nothing. So do settings of a queue
///   that is ready, notifications for queues that do not exist, and values of QueueReady other than 0 and 1.
/// - A second write to a word of DriverFeatures replaces the first, but for bits in words that no feature is in, which stay
///   until the reset; after FEATURES_OK they change nothing.
/// - Status bits are set and never cleared, but by a reset. DRIVER_OK needs FEATURES_OK.
/// - FEATURES_OK is refused unless VIRTIO_F_VERSION_1 is accepted and nothing is accepted that is not offered.
/// - A reset of a queue is over at once, unless the backend is stalled with requests of that queue: then with the first
///   ``poll(host:)`` behind that. Meanwhile settings of the queue change nothing.
/// - A reset clears everything, selectors and settings of queues included, but for ConfigGeneration and GuestPageSize.
///
/// And of the legacy interface:
///
/// - What is accepted takes effect with the write to GuestFeatures, without bits that are not offered, until a queue is
///   in use or DRIVER_OK is set.
/// - Queues are served from DRIVER on.
/// - A queue with a page size or an alignment that is no power of two cannot be used. A page number is ignored while
///   the queue is in use; 0 stops it, and no other one.
public struct MMIODevice<Model: DeviceModel & ~Copyable>: ~Copyable {
  private let inPlace = InPlace()
  public var model: Model
  public var options: TransportOptions

  /// Register Status.
  public var status: DeviceStatus = []
  /// Register InterruptStatus.
  public var interruptStatus: InterruptStatus = []
  /// Register ConfigGeneration.
  public var configGeneration: UInt32 = 0
  /// What DeviceFeatures shows.
  public var offeredFeatures: FeatureBits
  /// What was accepted with FEATURES_OK.
  public var acceptedFeatures: FeatureBits = []

  @usableFromInline var driverFeatures: FeatureBits = []
  /// The driver accepted a bit behind the last one that a word can hold.
  @usableFromInline var hasUnknownFeatures = false
  @usableFromInline var deviceFeaturesSel: UInt32 = 0
  @usableFromInline var driverFeaturesSel: UInt32 = 0
  @usableFromInline var queueSel: UInt32 = 0
  @usableFromInline var shmSel: UInt32 = 0
  /// Register GuestPageSize, in bytes.
  @usableFromInline var guestPageSize: UInt32 = 0
  @usableFromInline var queues = InlineArray<8, VirtQueue> { _ in VirtQueue() }
  @usableFromInline var pool = ChainPool()
  @usableFromInline var gathered = GatheredChains()
  /// Slots of the pool whose requests are not served yet, in the order in which they were taken.
  @usableFromInline var pending: [UInt8]
  /// When requests end.
  public var backendMode = BackendMode.immediate

  public init(model: consuming Model, options: TransportOptions = TransportOptions()) {
    offeredFeatures = Self.offer(model.features, options)
    self.model = model
    self.options = options
    pending = []
    pending.reserveCapacity(ChainPool.capacity)
  }

  private static func offer(_ features: FeatureBits, _ options: TransportOptions) -> FeatureBits {
    let offer = MMIOTransport.features(of: options.transport).union(features).union(options.extraFeatures)
      .subtracting(options.withheldFeatures)
    return options.transport == .modern
      ? offer.union(.version1) : offer.union(.anyLayout).intersection(.legacyRange)
  }

  /// Everything but the model as after `init`, with these options: the state at power-on.
  ///
  /// Not by way of a reset: what a reset might forget must not outlive the power.
  public mutating func powerOn(options: TransportOptions) {
    self.options = options
    offeredFeatures = Self.offer(model.features, options)
    acceptedFeatures = []
    driverFeatures = []
    hasUnknownFeatures = false
    status = []
    interruptStatus = []
    configGeneration = 0
    deviceFeaturesSel = 0
    driverFeaturesSel = 0
    queueSel = 0
    shmSel = 0
    guestPageSize = 0
    backendMode = .immediate
    pool.releaseAll()
    gathered.removeAll()
    pending.removeAll(keepingCapacity: true)
    for index in 0..<Int(MMIOTransport.maxQueues) { queues[index].powerOn() }
  }

  /// Whether requests are served: DRIVER_OK, and neither given up nor broken. Legacy drivers may begin before
  /// (section 3.1.2).
  @inlinable
  var isRunning: Bool {
    let start = options.transport == .modern ? DeviceStatus.driverOK : .driver
    return status.contains(start) && status.isDisjoint(with: [.deviceNeedsReset, .failed])
  }

  /// The device reset of section 2.4, started by the driver through Status.
  @inlinable
  mutating func reset(host: inout some DeviceHost & ~Copyable) {
    let wasAsserted = !interruptStatus.isEmpty
    clear()
    if wasAsserted { host.setInterrupt(false) }
  }

  /// What a reset leaves nothing of.
  @usableFromInline
  mutating func clear() {
    status = []
    interruptStatus = []
    driverFeatures = []
    hasUnknownFeatures = false
    acceptedFeatures = []
    deviceFeaturesSel = 0
    driverFeaturesSel = 0
    queueSel = 0
    shmSel = 0
    dropPending()
    for index in 0..<Int(options.queueCount) { queues[index].clear() }
    model.reset()
  }

  /// Forgets the requests that were not served, of one queue or of all.
  @usableFromInline
  mutating func dropPending(ofQueue queue: Int? = nil) {
    var kept = 0
    for index in pending.indices {
      let slot = pending[index]
      if queue == nil || Int(pool.chains[Int(slot)].queue) == queue {
        pool.release(Int(slot))
      } else {
        pending[kept] = slot
        kept += 1
      }
    }
    pending.removeLast(pending.count - kept)
    for index in 0..<Int(options.queueCount) where queue == nil || queue == index {
      while gathered.count(index) > 0 { pool.release(gathered.removeFirst(index)) }
    }
  }

  /// An event takes place: its bit is set, and the line is active.
  @inlinable
  mutating func raise(_ event: InterruptStatus, host: inout some DeviceHost & ~Copyable) {
    let wasAsserted = !interruptStatus.isEmpty
    interruptStatus.formUnion(event)
    if !wasAsserted { host.setInterrupt(true) }
  }

  /// The device cannot go on without a reset (section 2.1.2).
  @inlinable
  mutating func needReset(host: inout some DeviceHost & ~Copyable) {
    guard !status.contains(.deviceNeedsReset) else { return }
    status.insert(.deviceNeedsReset)
    dropPending()
    // STAT-DEV-04: only a driver that was told DRIVER_OK is told of it.
    if status.contains(.driverOK) { raise(.configurationChange, host: &host) }
  }
}

/// What a device under test is, as far as a judge has to know: facts that hold from power-on to the end of a run,
/// but for the configuration space, which host stimuli change.
public struct DeviceProfile: Sendable {
  public var deviceType: DeviceType
  public var transport = Transport.modern
  /// What `VendorID` reads.
  public var vendorID: UInt32
  /// What the device offers.
  public var offeredFeatures: FeatureBits
  public var queueCount: UInt32
  /// What `QueueNumMax` reads for a queue that exists.
  public var queueNumMax: UInt32
  public var memory: MemoryMap
  /// The configuration space at power-on, little-endian.
  public var config: ConfigBytes
  /// Whether the device declares this project's policy for broken rings, the `HOUSE-*` obligations.
  public var declaresHousePolicy: Bool
  /// What a block device is backed by.
  public var storage = StorageProfile()
  /// The region of memory that it shares with the driver, if it has one.
  public var sharedMemory: SharedMemoryRegion?
  /// Whether each access of the device to guest memory is an event. Of others, what changed is told as accesses that a right
  /// device would have made.
  public var isMemoryAudited = true
  /// What it does where the text leaves it open.
  public var freedoms: Freedoms

  public init(
    deviceType: DeviceType, vendorID: UInt32, offeredFeatures: FeatureBits, queueCount: UInt32, queueNumMax: UInt32,
    memory: MemoryMap, config: ConfigBytes, declaresHousePolicy: Bool, freedoms: Freedoms = Freedoms()
  ) {
    self.deviceType = deviceType
    self.vendorID = vendorID
    self.offeredFeatures = offeredFeatures
    self.queueCount = queueCount
    self.queueNumMax = queueNumMax
    self.memory = memory
    self.config = config
    self.declaresHousePolicy = declaresHousePolicy
    self.freedoms = freedoms
  }
}

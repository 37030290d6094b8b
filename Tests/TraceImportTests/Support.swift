import Foundation
import TraceImport
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

func readBytes(_ file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

extension Trace {
  /// The trace in a file of `Traces`.
  init(recorded name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Traces/\(name).txt")
    try self.init(text: String(decoding: readBytes(file), as: UTF8.self))
  }

  /// How often the driver wrote QueueNotify.
  var notifications: Int { accesses.count { $0.offset == Register.queueNotify.rawValue } }

  func notifications(ofQueues queues: [UInt32]) -> Int {
    accesses.count { $0.offset == Register.queueNotify.rawValue && queues.contains($0.value ?? 0) }
  }

  var isConsole: Bool { deviceType == .console }

  /// The same, with eight queues at most, and none with more than 128 elements, and without VIRTIO_NET_F_GSO (bit 6), which
  /// only legacy devices have, and no device here.
  var writesWithRoom: [AccessRecorder.Write] {
    var queue: UInt32 = 0
    return keptWrites.compactMap { write in
      if write.offset == Register.queueSel.rawValue { queue = write.value }
      let isOfQueue = [Register.queueSel, .queueNum, .queueReady, .queuePFN, .queueAlign].contains {
        $0.rawValue == write.offset
      }
      if queue >= 8 && isOfQueue { return nil }
      let value =
        switch Register(rawValue: write.offset) {
        case .queueNum: min(write.value, 128)
        case .driverFeatures: write.value & ~(1 << 6)
        default: write.value
        }
      return AccessRecorder.Write(offset: write.offset, value: value)
    }
  }

  /// What the driver wrote, as far as an import keeps it.
  var keptWrites: [AccessRecorder.Write] {
    accesses.compactMap { access in access.value.map { AccessRecorder.Write(offset: access.offset, value: $0) } }
      .filter(\.isKept)
  }

  /// What the driver wrote into DriverFeatures.
  var acceptedFeatures: FeatureBits { features(accesses.map { ($0.offset, $0.value) }) }
}

/// What writes of DriverFeaturesSel and DriverFeatures come to.
func features(_ accesses: some Sequence<(offset: UInt32, value: UInt32?)>) -> FeatureBits {
  var (features, selector): (FeatureBits, UInt32) = ([], 0)
  for access in accesses {
    guard let value = access.value else { continue }
    if access.offset == Register.driverFeaturesSel.rawValue { selector = value }
    if access.offset == Register.driverFeatures.rawValue { features = features.replacingWord(selector, with: value) }
  }
  return features
}

/// Notes the register accesses of a program's steps.
struct AccessRecorder: EventObserver {
  struct Write: Equatable {
    let offset: UInt32
    let value: UInt32

    /// Whether an import keeps it: rings move, and a program's driver looks at more words of the offer. A QueuePFN of 0
    /// is no place.
    var isKept: Bool {
      switch Register(rawValue: offset) {
      case .deviceFeaturesSel, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow,
        .queueDeviceHigh:
        false
      case .queuePFN: value == 0
      default: true
      }
    }
  }

  private(set) var offered: FeatureBits = []
  private(set) var writes: [Write] = []
  private(set) var statusReads: [DeviceStatus] = []
  /// Offsets that were accessed with a width which nothing there has.
  private(set) var odd: [UInt64] = []
  private var deviceType = DeviceType.block
  private var transport = Transport.modern
  private var isInSteps = true

  var keptWrites: [Write] { writes.filter(\.isKept) }

  var accepted: FeatureBits { features(writes.map { ($0.offset, $0.value) }) }

  /// What a program's steps do on the reference device.
  static func run(_ program: Program) -> AccessRecorder {
    var harness = Harness(device: ReferenceDevice(), observer: AccessRecorder())
    _ = harness.run(program)
    return harness.observer
  }

  mutating func begin(_ profile: DeviceProfile) {
    offered = profile.offeredFeatures
    deviceType = profile.deviceType
    transport = profile.transport
  }

  mutating func finish() {}

  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    let value = UInt32(truncatingIfNeeded: event.value)
    switch event.kind {
    case .registerRead where isInSteps:
      noteWidth(event)
      if event.address == UInt64(Register.status.rawValue) { statusReads.append(DeviceStatus(rawValue: value)) }
    case .registerWrite where isInSteps:
      noteWidth(event)
      writes.append(Write(offset: UInt32(event.address), value: value))
    case .end: isInSteps = false
    default: break
    }
  }

  private mutating func noteWidth(_ event: Event) {
    let base = UInt64(Register.configBase)
    guard event.address >= base else {
      if event.detail != 4 { odd.append(event.address) }
      return
    }
    let width = UInt64(event.detail)
    let fits = ConfigField.fields(of: deviceType).contains { field in
      let start = base + UInt64(field.offset)
      return (transport == .legacy ? 1 : UInt64(field.accessWidth)) == width
        && (start..<start + UInt64(field.size)).contains(event.address)
    }
    if !fits { odd.append(event.address) }
  }
}

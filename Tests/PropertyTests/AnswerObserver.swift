import VirtioOracle
import VirtioSpec

/// Judges, and keeps what a device answers: memory as it is in the end, and the heads of queue 0 that came back, in their
/// order.
struct AnswerObserver: ~Copyable, EventObserver {
  var judge = Judge(memory: .standard)
  private(set) var heads: [UInt16] = []
  private var memory: [[UInt8]] = []
  private var deviceArea: UInt64 = 0
  private var descriptorArea: UInt64 = 0
  private var isPacked = false
  private var queueSize: UInt32 = 1
  private var used: UInt16 = 0
  private var pageSize: UInt64 = 0
  private var align: UInt32 = 1

  private static let regions = MemoryMap.standard.regions

  mutating func begin(_ profile: DeviceProfile) {
    judge.begin(profile)
    heads = []
    used = 0
    // Whoever is offered them uses them here.
    isPacked = profile.offeredFeatures.contains(.ringPacked)
    memory = Self.regions.map { [UInt8](repeating: 0, count: Int($0.size)) }
  }

  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    judge.observe(event, bytes)
    switch event.kind {
    case .registerWrite: note(UInt32(truncatingIfNeeded: event.address), event.value)
    case .driverWrite: write(bytes, at: event.address)
    case .deviceWrite:
      write(bytes, at: event.address)
      if isPacked { takePacked(event.address) } else if event.address == deviceArea + SplitRing.usedIdx { takeUsed() }
    default: break
    }
  }

  mutating func finish() { judge.finish() }

  /// The bytes of a stretch of RAM.
  func bytes(_ address: UInt64, _ length: UInt64) -> [UInt8] {
    (0..<length).map { offset in
      guard let (region, inside) = place(address + offset) else { return 0 }
      return memory[region][inside]
    }
  }

  private mutating func note(_ offset: UInt32, _ value: UInt64) {
    switch Register(rawValue: offset) {
    case .queueNum: queueSize = UInt32(truncatingIfNeeded: value)
    case .guestPageSize: pageSize = value
    case .queueAlign: align = UInt32(truncatingIfNeeded: value)
    case .queuePFN where value != 0:
      deviceArea = value * pageSize + LegacyRing.deviceArea(queueSize, align: align)
    case .queueDescLow: descriptorArea = descriptorArea & ~0xffff_ffff | value & 0xffff_ffff
    case .queueDescHigh: descriptorArea = descriptorArea & 0xffff_ffff | value << 32
    case .queueDeviceLow: deviceArea = deviceArea & ~0xffff_ffff | value & 0xffff_ffff
    case .queueDeviceHigh: deviceArea = deviceArea & 0xffff_ffff | value << 32
    default: break
    }
  }

  private mutating func takeUsed() {
    let index = UInt16(number(deviceArea + SplitRing.usedIdx, 2))
    while used != index {
      let slot = UInt32(used) & (queueSize - 1)
      heads.append(UInt16(truncatingIfNeeded: number(deviceArea + SplitRing.usedElement(slot), 4)))
      used &+= 1
    }
  }

  /// The flags of a descriptor in the ring were written: it is a used one.
  private mutating func takePacked(_ address: UInt64) {
    let inside = address &- descriptorArea
    guard inside < PackedRing.descriptorAreaSize(queueSize),
      inside % PackedDescriptor.size == PackedDescriptor.flagsOffset
    else { return }
    heads.append(UInt16(truncatingIfNeeded: number(address - 2, 2)))
  }

  private func number(_ address: UInt64, _ width: UInt64) -> UInt64 {
    bytes(address, width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func write(_ bytes: RawSpan, at address: UInt64) {
    for index in 0..<bytes.byteCount {
      guard let (region, inside) = place(address + UInt64(index)) else { return }
      memory[region][inside] = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
  }

  private func place(_ address: UInt64) -> (region: Int, inside: Int)? {
    guard let region = Self.regions.firstIndex(where: { address >= $0.base && address < $0.end }) else { return nil }
    return (region, Int(address - Self.regions[region].base))
  }
}

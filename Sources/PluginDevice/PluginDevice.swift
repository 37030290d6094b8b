import CVirtioDUT
import VirtioDevice
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// A device in a shared library, in whatever language that speaks C.
public final class PluginDevice: DeviceUnderTest {
  private let functions: virtio_dut
  /// Nil only where there is no device to be had.
  private let device: UnsafeMutableRawPointer?
  private let host: UnsafeMutablePointer<virtio_dut_host>
  private let link: UnsafeMutablePointer<HostLink>

  /// Loads the library, and makes its device.
  ///
  /// - Throws: ``PluginError``.
  public init(library path: String, configuration: String = "") throws {
    functions = try Plugin(path: path).functions
    link = .allocate(capacity: 1)
    link.initialize(to: HostLink())
    host = .allocate(capacity: 1)
    host.initialize(to: virtio_dut_host(link))
    var reason: UnsafePointer<CChar>?
    device = functions.create(configuration, host, &reason)
    guard device != nil else {
      throw PluginError(path, reason.map { String(cString: $0) } ?? "it makes no device, and does not say why")
    }
    for wish in Self.wishes {
      let told = tell(wish)
      if let wrong = told.wrong { throw PluginError(path, "its profile has \(wrong); see virtio_dut.h") }
      if rawMemory != nil, DeviceProfile(told).offeredFeatures.contains(.ringPacked) {
        throw PluginError(path, "it maps guest memory, and offers VIRTIO_F_RING_PACKED; see map in virtio_dut.h")
      }
    }
  }

  /// One of each kind: what a library makes of them shows what it makes of others.
  private static var wishes: [Header] {
    [Header.Device.block, .entropy, .console, .network].flatMap { kind in
      [Header.Flags(), .legacy, .packed].map { flags in
        var wish = Header()
        wish.device = kind
        wish.flags = flags
        return wish
      }
    }
  }

  deinit {
    if let device { functions.destroy(device) }
    host.deallocate()
    link.deinitialize(count: 1)
    link.deallocate()
  }

  public func powerOn(_ wish: Header) -> DeviceProfile {
    var profile = DeviceProfile(tell(wish))
    if let rawMemory {
      rawMemory.witness.powerOn(profile)
      profile.isMemoryAudited = false
    }
    return profile
  }

  private func tell(_ wish: Header) -> virtio_dut_profile {
    var wished = virtio_dut_wish(wish)
    var told = virtio_dut_profile()
    if rawMemory != nil { wished.flags &= ~UInt32(VIRTIO_DUT_PACKED) }
    functions.power_on(device, &wished, &told)
    return told
  }

  public func powerOff() { rawMemory?.witness.ram.rewind() }

  public func driverWrote(_ bytes: RawSpan, at address: UInt64) { rawMemory?.witness.ram.write(bytes, at: address) }

  private var rawMemory: RawMemory? { link.pointee.rawMemory }

  public func readRegister<Host: DeviceHost & ~Copyable>(
    _ offset: UInt32, width: Int, host: inout Host
  ) -> UInt64 {
    // A bus has no more bits.
    let value = during(&host) { functions.read(device, offset, UInt32(width)) } & UInt64.max >> UInt64(64 - 8 * width)
    rawMemory?.witness.note(read: value, of: offset, width: width)
    return value
  }

  public func writeRegister<Host: DeviceHost & ~Copyable>(
    _ offset: UInt32, width: Int, value: UInt64, host: inout Host
  ) {
    rawMemory?.witness.note(write: value, to: offset, width: width, host: &host)
    during(&host) { functions.write(device, offset, UInt32(width), value) }
  }

  /// What a library has no function for does not concern its device. A loop of frames is the host's own.
  public func takes(_ stimulus: HostStimulus) -> Bool { stimulus.told == nil || functions.stimulate != nil }

  public func stimulate<Host: DeviceHost & ~Copyable>(_ stimulus: HostStimulus, host: inout Host) {
    during(&host) {
      if stimulus == .poll {
        functions.poll?(device, Self.pollBudget)
      } else if let (kind, value) = stimulus.told {
        functions.stimulate?(device, kind, value)
      }
    }
  }

  /// More requests than the largest queues hold.
  private static let pollBudget: UInt32 = 8 * 32768

  public func deliver(_ bytes: RawSpan, to port: Int) -> Int {
    guard let deliver = functions.deliver else { return 0 }
    let count = bytes.withUnsafeBytes { deliver(device, UInt32(port), $0.baseAddress, $0.count) }
    return min(count, bytes.byteCount)
  }

  /// Calls the library while it may reach this host.
  private func during<Host: DeviceHost & ~Copyable, Result>(_ host: inout Host, _ body: () -> Result) -> Result {
    link.pointee.specialize(for: Host.self)
    let result = withUnsafeMutablePointer(to: &host) { pointer in
      // Sound: the library reaches the host by this pointer only, and not behind the call.
      link.pointee.host = UnsafeMutableRawPointer(pointer)
      defer { link.pointee.host = nil }
      return body()
    }
    if let rawMemory {
      rawMemory.witness.look()
      rawMemory.witness.testify(host: &host)
      for level in rawMemory.levels { host.setInterrupt(level) }
      rawMemory.levels.removeAll(keepingCapacity: true)
    }
    return result
  }
}

extension HostStimulus {
  /// As `virtio_dut.h` has it; nil for what a device is not told.
  fileprivate var told: (virtio_dut_stimulus, UInt64)? {
    switch self {
    case .poll: nil
    case .resize(let sectors): (VIRTIO_DUT_RESIZE, sectors)
    case .backend(let mode): (VIRTIO_DUT_BACKEND, UInt64(mode.rawValue))
    case .port(let port, let change): (VIRTIO_DUT_PORT, UInt64(port) << 8 | UInt64(change.rawValue))
    case .link(.loop), .link(.peer): nil
    case .link(let change): (VIRTIO_DUT_LINK, UInt64(change.rawValue))
    }
  }
}

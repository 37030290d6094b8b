import VirtioDevice
import VirtioHarness
import VirtioMemory
import VirtioProgram
import VirtioSpec

/// The reference device behind a ``Border``.
public struct DeviceDouble: ~Copyable, DeviceUnderTest {
  private var inner = ReferenceDevice()
  private let border: Border
  private var transport = Transport.modern

  public init(_ border: Border) { self.border = border }

  public mutating func powerOn(_ wish: Header) -> DeviceProfile {
    var profile = inner.powerOn(wish)
    transport = profile.transport
    border.powerOn()
    border.profile(&profile)
    return profile
  }

  public mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64 {
    let value = behindBorder(&host) { $0.readRegister(offset, width: width, host: &$1) }
    if offset >= Register.configBase { return border.readConfig(offset - Register.configBase, width, value) }
    guard width == Register.width, let register = Register(offset, in: transport), register.direction.isReadable else {
      return border.readElsewhere(offset, width, value)
    }
    return UInt64(border.read(register, UInt32(truncatingIfNeeded: value)))
  }

  public mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    if let value = admitted(offset, width, value) {
      behindBorder(&host) { $0.writeRegister(offset, width: width, value: value, host: &$1) }
    }
    hearBesides(&host)
    actBesides(&host)
  }

  public mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable) {
    let kind: HostStimulusKind =
      switch stimulus {
      case .resize: .resize
      case .backend: .backend
      case .poll: .poll
      case .port: .port
      case .link: .link
      }
    if border.hears(kind) { behindBorder(&host) { $0.stimulate(stimulus, host: &$1) } }
    hearBesides(&host)
    actBesides(&host)
  }

  public mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int {
    border.hearsArrival(port) ? inner.deliver(bytes, to: port) : bytes.byteCount
  }

  private func admitted(_ offset: UInt32, _ width: Int, _ value: UInt64) -> UInt64? {
    if offset >= Register.configBase { return border.writeConfig(offset - Register.configBase, width, value) }
    guard width == Register.width, let register = Register(offset, in: transport) else { return value }
    border.note(register, UInt32(truncatingIfNeeded: value))
    return border.write(register, UInt32(truncatingIfNeeded: value)).map(UInt64.init)
  }

  private mutating func hearBesides(_ host: inout some DeviceHost & ~Copyable) {
    for (register, value) in border.hearsBesides() {
      behindBorder(&host) {
        $0.writeRegister(register.rawValue, width: Register.width, value: UInt64(value), host: &$1)
      }
    }
  }

  private func actBesides(_ host: inout some DeviceHost & ~Copyable) {
    for access in border.besides() {
      switch access {
      case .read(let address, width: 1): _ = host.load(address, as: UInt8.self)
      case .read(let address, width: 2): _ = host.load(address, as: UInt16.self)
      case .read(let address, width: 4): _ = host.load(address, as: UInt32.self)
      case .read(let address, width: 16):
        if let bits = host.load(address, as: UInt128.self) { border.reread = Descriptor(littleEndian: bits) }
      case .read(let address, width: _): _ = host.load(address, as: UInt64.self)
      case .write(let address, let bytes): _ = host.write(bytes.span.bytes, at: address)
      case .line(let level): host.setInterrupt(level)
      }
    }
    if let level = border.lineBehind() { host.setInterrupt(level) }
  }

  private mutating func behindBorder<Host: DeviceHost & ~Copyable, Result>(
    _ host: inout Host, _ body: (inout ReferenceDevice, inout BorderHost<Host>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &host) { base in
      var host = BorderHost(base: base, border: border)
      return body(&inner, &host)
    }
  }
}

/// A host in front of another one, that asks a border about what the device does.
private struct BorderHost<Base: DeviceHost & ~Copyable>: ~Copyable, DeviceHost {
  // Sound: made inside `withUnsafeMutablePointer(to:)` on the host, and gone before that returns.
  let base: UnsafeMutablePointer<Base>
  let border: Border

  mutating func setInterrupt(_ asserted: Bool) {
    if let level = border.line(asserted) { base.pointee.setInterrupt(level) }
  }

  mutating func emit(_ bytes: RawSpan, from port: Int) {
    let emitted = bytes.withUnsafeBytes { Array($0) }
    if let admitted = border.emission(port, emitted) { base.pointee.emit(admitted.span.bytes, from: port) }
    if let other = border.emissionBesides(port, emitted) { base.pointee.emit(other.span.bytes, from: port) }
  }

  mutating func persist(_ firstSector: UInt64, count: UInt64) {
    if border.persists(firstSector, count) { base.pointee.persist(firstSector, count: count) }
  }

  mutating func contains(_ address: UInt64, _ length: UInt64) -> Bool { base.pointee.contains(address, length) }

  mutating func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt64, as type: T.Type) -> T? {
    guard let value = base.pointee.load(address, as: type) else { return nil }
    guard T.bitWidth <= 64 else {
      let descriptor = Descriptor(littleEndian: UInt128(truncatingIfNeeded: value))
      border.descriptors.append(descriptor)
      return border.isInTable(address) ? T(truncatingIfNeeded: border.descriptor(descriptor).littleEndian) : value
    }
    return T(truncatingIfNeeded: border.load(address, T.bitWidth / 8, UInt64(truncatingIfNeeded: value)))
  }

  mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt64) -> Bool {
    var bytes: [UInt8] = []
    for index in 0..<T.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: value >> T(8 * index))) }
    return admit(bytes, at: address)
  }

  mutating func read(_ address: UInt64, into bytes: inout MutableRawSpan) -> Bool {
    guard base.pointee.read(address, into: &bytes) else { return false }
    // As short as a number, they are one.
    let width = bytes.byteCount
    guard width <= 8 else { return true }
    bytes.withUnsafeMutableBytes { bytes in
      var number: UInt64 = 0
      for place in 0..<width { number |= UInt64(bytes[place]) << UInt64(8 * place) }
      number = border.load(address, width, number)
      for place in 0..<width { bytes[place] = UInt8(truncatingIfNeeded: number >> UInt64(8 * place)) }
    }
    return true
  }

  mutating func write(_ bytes: RawSpan, at address: UInt64) -> Bool {
    admit(bytes.withUnsafeBytes { Array($0) }, at: address)
  }

  private mutating func admit(_ bytes: [UInt8], at address: UInt64) -> Bool {
    if let level = border.lineBefore(address) { base.pointee.setInterrupt(level) }
    guard let admitted = border.store(address, bytes) else { return true }
    return base.pointee.write(admitted.span.bytes, at: border.redirect(address))
  }
}

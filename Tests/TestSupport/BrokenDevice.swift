import VirtioDevice
import VirtioHarness
import VirtioMemory
import VirtioProgram
import VirtioSpec

/// The reference device with one defect, acted at its border: what the driver reads, what the device is told, and what
/// it does to memory and the interrupt line. Knows queue 0 only.
public struct BrokenDevice: ~Copyable, DeviceUnderTest {
  /// What the driver did, as far as a defect depends on it.
  private struct Memo {
    var status: UInt32 = 0
    var isUntouched = true
    var lives = 0
    var statusBeforeReset: UInt32 = 0
    var interruptsBeforeReset: UInt32 = 0
    var queueSel: UInt32 = 0
    var queueSize: UInt32 = 0
    var driverArea: UInt64 = 0
    var deviceArea: UInt64 = 0
    var isReady = false
    var wasReady = false
    var wasReadyBeforeReset = false
    var askedForReady = false
    var queueResetReads = -1
    var spuriousUsedBuffer = false
    var line = false
  }

  private var inner = ReferenceDevice()
  private let defect: Defect
  private var memo = Memo()

  public init(_ defect: Defect) { self.defect = defect }

  public mutating func powerOn(_ wish: Header) -> DeviceProfile {
    memo = Memo()
    return inner.powerOn(wish)
  }

  // What the driver sees.

  public mutating func readRegister(_ offset: UInt32, width: Int, host: inout some DeviceHost & ~Copyable) -> UInt64 {
    let value = inner.readRegister(offset, width: width, host: &host)
    if offset >= Register.configBase { return tamperConfig(value, width) }
    guard width == 4, let register = Register(offset, in: .modern), register.direction.isReadable else {
      return defect == .wrongAccessReadsOnes ? 0xffff_ffff : value
    }
    let shown = tamper(register, UInt32(truncatingIfNeeded: value))
    if register == .interruptStatus && defect == .statusIsClearedByReading && value != 0 {
      write(.interruptACK, UInt32(truncatingIfNeeded: value), &host)
      driveLine(&host)
    }
    return UInt64(shown)
  }

  private mutating func tamper(_ register: Register, _ value: UInt32) -> UInt32 {
    switch register {
    case .magicValue: defect == .magicIsWrong ? 0x7472_6977 : value
    case .version: defect == .versionIsOne ? 1 : value
    case .configGeneration: defect == .generationStandsStill ? 0 : value
    case .interruptStatus: tamperInterrupts(value)
    case .status: tamperStatus(value)
    case .queueReady where memo.queueSel == 0: tamperReady(value)
    case .queueReset where memo.queueSel == 0: tamperQueueReset(value)
    default: value
    }
  }

  private func tamperConfig(_ value: UInt64, _ width: Int) -> UInt64 {
    if defect == .earlyConfigIsZero && memo.status & 8 == 0 { return 0 }
    if defect == .configIsBigEndian { return value.byteSwapped >> UInt64(64 - 8 * width) }
    return value
  }

  private func tamperStatus(_ value: UInt32) -> UInt32 {
    switch defect {
    case .startsWithStatus where memo.isUntouched: 1
    case .setsDriverBit where value & 8 != 0: value | DeviceStatus.failed.rawValue
    case .resetKeepsFailed where memo.status == 0: memo.statusBeforeReset & DeviceStatus.driverOK.rawValue
    case .hidesNeedsReset: value & ~DeviceStatus.deviceNeedsReset.rawValue
    case .servesBeforeDriverOK: value & (memo.status | DeviceStatus.deviceNeedsReset.rawValue)
    default: value
    }
  }

  private func tamperInterrupts(_ value: UInt32) -> UInt32 {
    switch defect {
    case .usedBufferIsNotShown: value & ~1
    case .undefinedBitIsSet: value | 4
    case .resetKeepsInterruptStatus where memo.status == 0: value | memo.interruptsBeforeReset
    case .interruptsBeforeDriverOK where memo.spuriousUsedBuffer: value | 1
    case .interruptsAfterReset where memo.status == 0 && memo.statusBeforeReset & 4 != 0: value | 1
    case .keepsQuietAboutNeedsReset: value & ~2
    case .configChangeIsNotShown: value & ~2
    default: value
    }
  }

  private func tamperReady(_ value: UInt32) -> UInt32 {
    switch defect {
    case .resetKeepsQueueReady where memo.wasReadyBeforeReset: 1
    case .queueReadyComesBack where memo.queueResetReads > 0: 1
    case .brokenQueueLooksReady where memo.askedForReady: 1
    default: value
    }
  }

  private mutating func tamperQueueReset(_ value: UInt32) -> UInt32 {
    if memo.queueResetReads >= 0 { memo.queueResetReads += 1 }
    switch defect {
    case .queueResetReadsOneAfterReset where memo.status == 0: return 1
    case .queueResetReadsOneWhenReady where memo.isReady: return 1
    case .queueResetComesBack where memo.queueResetReads > 1: return 1
    case .queueResetNeverEnds where memo.queueResetReads >= 0: return 1
    default: return value
    }
  }

  // What the driver does.

  public mutating func writeRegister(
    _ offset: UInt32, width: Int, value: UInt64, host: inout some DeviceHost & ~Copyable
  ) {
    if width == 4, let register = Register(offset, in: .modern) {
      note(register, UInt32(truncatingIfNeeded: value), &host)
      if register == .queueReset && defect == .queueResetIsIgnored { return }
    }
    if defect == .takesWithoutEnd && offset == Register.queueNotify.rawValue { return }
    filtering(&host) { $0.writeRegister(offset, width: width, value: value, host: &$1) }
    driveLine(&host)
  }

  public mutating func stimulate(_ stimulus: HostStimulus, host: inout some DeviceHost & ~Copyable) {
    filtering(&host) { $0.stimulate(stimulus, host: &$1) }
    if defect == .touchesQueuesAfterReset && memo.status == 0 && memo.wasReadyBeforeReset { peek(&host) }
    driveLine(&host)
  }

  public mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int { inner.deliver(bytes, to: port) }

  private mutating func note(_ register: Register, _ value: UInt32, _ host: inout some DeviceHost & ~Copyable) {
    switch register {
    case .queueSel: memo.queueSel = value
    case .queueNum where memo.queueSel == 0: memo.queueSize = value
    case .queueDriverLow where memo.queueSel == 0:
      memo.driverArea = memo.driverArea & ~0xffff_ffff | UInt64(value)
    case .queueDriverHigh where memo.queueSel == 0:
      memo.driverArea = memo.driverArea & 0xffff_ffff | UInt64(value) << 32
    case .queueDeviceLow where memo.queueSel == 0:
      memo.deviceArea = memo.deviceArea & ~0xffff_ffff | UInt64(value)
    case .queueDeviceHigh where memo.queueSel == 0:
      memo.deviceArea = memo.deviceArea & 0xffff_ffff | UInt64(value) << 32
    case .queueReady where memo.queueSel == 0:
      memo.isReady = value == 1
      memo.wasReady = memo.wasReady || memo.isReady
      memo.askedForReady = value == 1
      memo.queueResetReads = -1
      memo.wasReadyBeforeReset = false
    case .queueReset where memo.queueSel == 0 && value == 1: memo.queueResetReads = 0
    case .queueNotify where value == 0: noteKick(&host)
    case .status: noteStatus(value, &host)
    default: break
    }
  }

  private mutating func noteStatus(_ value: UInt32, _ host: inout some DeviceHost & ~Copyable) {
    memo.isUntouched = false
    guard value == 0 else {
      memo.status |= value
      return
    }
    let interrupts = inner.readRegister(Register.interruptStatus.rawValue, width: 4, host: &host)
    let old = memo
    memo = Memo()
    memo.isUntouched = false
    memo.lives = old.lives + 1
    memo.statusBeforeReset = old.status == 0 ? old.statusBeforeReset : old.status
    memo.interruptsBeforeReset = old.status == 0 ? old.interruptsBeforeReset : UInt32(truncatingIfNeeded: interrupts)
    memo.wasReadyBeforeReset = old.isReady || old.status == 0 && old.wasReadyBeforeReset
    memo.driverArea = old.driverArea
    memo.queueSize = old.queueSize
    memo.line = old.line
  }

  private mutating func noteKick(_ host: inout some DeviceHost & ~Copyable) {
    let isBroken = inner.readRegister(Register.status.rawValue, width: 4, host: &host) & 64 != 0
    switch defect {
    case .probesIdleQueue where !memo.isReady && !memo.wasReady && memo.driverArea != 0: peek(&host)
    case .probesStoppedQueue where !memo.isReady && memo.wasReady: peek(&host)
    case .readsOnAfterNeedsReset where isBroken && memo.isReady: peek(&host)
    case .readsOutsideRAM where memo.isReady: _ = host.load(0x10, as: UInt32.self)
    case .readsWhereverItLikes where memo.isReady: _ = host.load(0x1_8000_fff0, as: UInt32.self)
    case .readsWithoutEnd where memo.isReady && memo.queueSize <= 16:
      for _ in 0..<4000 { peek(&host) }
    case .takesWithoutEnd where memo.isReady && !isBroken:
      // Twice round the ring, whatever it holds already.
      guard let index = host.load(memo.driverArea &+ SplitRing.availIdx, as: UInt16.self) else { return }
      for entry in 0..<UInt32(index) where index <= 64 && SplitRing.isValidSize(memo.queueSize) {
        let slot = entry & (memo.queueSize - 1)
        _ = host.load(memo.driverArea &+ SplitRing.availEntry(slot), as: UInt16.self)
      }
    case .interruptsBeforeDriverOK where memo.status & 4 == 0 && memo.status & 8 != 0: memo.spuriousUsedBuffer = true
    case .servesBeforeDriverOK where memo.status & 8 != 0: write(.status, memo.status | 4, &host)
    default: break
    }
  }

  // What the device does.

  private func peek(_ host: inout some DeviceHost & ~Copyable) {
    _ = host.load(memo.driverArea &+ SplitRing.availIdx, as: UInt16.self)
  }

  private mutating func write(_ register: Register, _ value: UInt32, _ host: inout some DeviceHost & ~Copyable) {
    filtering(&host) { $0.writeRegister(register.rawValue, width: 4, value: UInt64(value), host: &$1) }
  }

  private mutating func filtering<Host: DeviceHost & ~Copyable>(
    _ host: inout Host, _ body: (inout ReferenceDevice, inout FilteredHost<Host>) -> Void
  ) {
    let shifts = defect == .usedIndexSurvivesReset && memo.lives > 1
    withUnsafeMutablePointer(to: &host) { base in
      var filtered = FilteredHost(
        base: base, usedIndexAddress: shifts ? memo.deviceArea &+ SplitRing.usedIdx : nil, usedIndexShift: 5)
      body(&inner, &filtered)
    }
  }

  /// The line follows what InterruptStatus shows, but for a bit that is only kept out of the register.
  private mutating func driveLine(_ host: inout some DeviceHost & ~Copyable) {
    let value = inner.readRegister(Register.interruptStatus.rawValue, width: 4, host: &host)
    let level = tamperLine(UInt32(truncatingIfNeeded: value)) & 3 != 0
    guard level != memo.line else { return }
    memo.line = level
    host.setInterrupt(level)
  }

  private func tamperLine(_ value: UInt32) -> UInt32 {
    defect == .usedBufferIsNotShown ? value : tamperInterrupts(value)
  }
}

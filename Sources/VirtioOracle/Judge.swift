import VirtioSpec

/// Watches a device, and says which clauses it keeps.
///
/// It derives all that it knows from the events. Each clause is a rule, a small function in the file of its chapter;
/// ``observe(_:_:)`` names the rules that look at a kind of event.
public struct Judge: ~Copyable, EventObserver {
  var shadow: Shadow

  /// What it has judged so far.
  public internal(set) var ledger: Ledger {
    _read { yield shadow.ledger }
    _modify { yield &shadow.ledger }
  }

  public var chainCounts: ChainCounts { shadow.chainCounts }

  /// A judge of devices in this memory, that goes by this text.
  public init(memory: MemoryMap, specification: Specification = .chapter) {
    shadow = Shadow(memory)
    shadow.driver.facts.specification = specification
  }

  public mutating func begin(_ profile: DeviceProfile) {
    shadow.powerOn(profile)
    shadow.driver.powerOn(DriverShadow.Facts(profile, shadow.driver.facts.specification))
    ledger.beginProgram()
  }

  public mutating func finish() { shadow.powerOff() }

  /// Where it is called the kind is known, so that of this switch only one case is left there.
  @inlinable @inline(__always)
  public mutating func observe(_ event: Event, _ bytes: RawSpan) {
    switch event.kind {
    case .step: beginStep(event)
    case .registerRead: readRegister(event)
    case .registerWrite: writeRegister(event)
    case .driverWrite: writeMemory(event, bytes)
    case .deviceRead: auditRead(event, bytes)
    case .deviceWrite: deviceWrote(event, bytes)
    case .interrupt: noteLine(event)
    case .resize: resize(event.value)
    case .stall: noteStall(event)
    case .arrival: noteArrival(event, bytes)
    case .emission: judgeEmission(event, bytes)
    case .port: notePort(event)
    case .link: noteLink(event)
    case .persistence: notePersistence(event)
    case .death: noteDeath(isHang: event.value != 0)
    case .announcement: noteAnnouncement()
    case .poll: poll()
    case .settled: settle()
    case .stepsEnd: endSteps()
    case .end: end()
    }
  }

  /// The driver is done.
  @usableFromInline
  mutating func endSteps() {
    for queue in 0..<Int(shadow.profile.queueCount) { judgeMissingNotification(queue) }
    if shadow.profile.deviceType == .console { judgeMissingAnswers() }
    shadow.driver.finish(&shadow.ledger)
  }

  @usableFromInline
  mutating func beginStep(_ event: Event) {
    shadow.step = Int(truncatingIfNeeded: event.value)
    shadow.stepKind = event.detail
  }

  @usableFromInline
  mutating func deviceWrote(_ event: Event, _ bytes: RawSpan) {
    auditWrite(event, bytes)
    shadow.memory.write(bytes, at: event.address)
    if shadow.writtenRing >= 0 { useRing(shadow.writtenRing) }
  }

  @usableFromInline
  mutating func noteLine(_ event: Event) {
    // When the line of an edge falls says nothing: it counts as active until the bits are acknowledged.
    guard event.value != 0 || shadow.profile.freedoms.interrupt == .level else { return }
    shadow.line = event.value != 0
    shadow.lineIsInQuestion = true
    shadow.lineIsLost = false
    if shadow.line && shadow.possible == 0 && shadow.mayServe { shadow.lineRoseEarly = true }
    shadow.driver.interrupt(shadow.line)
  }

  @usableFromInline
  mutating func noteDeath(isHang: Bool) { violate(isHang ? .rob02 : .rob01, seen: 0, expected: 0) }

  @usableFromInline
  mutating func noteStall(_ event: Event) { shadow.isStalled = event.value != 0 }

  @usableFromInline
  mutating func readRegister(_ event: Event) {
    let offset = UInt32(truncatingIfNeeded: event.address)
    let value = UInt32(truncatingIfNeeded: event.value)
    let known = Register(offset, in: shadow.profile.transport)
    guard event.detail == UInt8(Register.width), let register = known, register.direction.isReadable,
      shadow.driver.isIdentified, shadow.profile.deviceType != .placeholder
    else { return readOddly(event, known) }
    shadow.driver.read(register, value, &shadow.ledger)
    read(register, value)
  }

  /// A read that is not, or may not be, of a register as the table has it.
  @inline(never)
  private mutating func readOddly(_ event: Event, _ known: Register?) {
    let offset = UInt32(truncatingIfNeeded: event.address)
    shadow.driver.read(offset, known, width: Int(event.detail), value: event.value, &shadow.ledger)
    if shadow.profile.deviceType == .placeholder { return readPlaceholder(known, event) }
    guard offset < Register.configBase else { return readConfig(event) }
    guard event.detail == UInt8(Register.width), let register = known, register.direction.isReadable else {
      return house09(event)
    }
    read(register, UInt32(truncatingIfNeeded: event.value))
  }

  @inline(__always)
  private mutating func read(_ register: Register, _ value: UInt32) {
    switch register {
    case .magicValue: mmioDev01(value)
    case .version: mmioDev02(value)
    case .deviceID: mmioReg03(value)
    case .deviceFeatures:
      mmioReg06(value)
      judgeTypeOffer(value)
    case .queueNumMax: readQueueNumMax(value)
    case .queuePFN: readQueuePFN(value)
    case .queueReady:
      mmioDev07(value)
      mmioDev13(value)
      mmioDev16(value)
      house07(value)
      mmioReg19(value)
      noteQueueReady(value)
    case .interruptStatus: readInterruptStatus(value)
    case .status: readStatus(value)
    case .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh: readSharedMemory(register, value)
    case .queueReset:
      mmioDev11(value)
      mmioDev12(value)
      mmioDev14(value)
      mmioDev15(value)
      noteQueueReset(value)
    case .configGeneration: readGeneration(value)
    case .vendorID: mmioReg05(value)
    case .deviceFeaturesSel, .driverFeatures, .driverFeaturesSel, .guestPageSize, .queueSel, .queueNum, .queueAlign,
      .queueNotify, .interruptACK, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow,
      .queueDeviceHigh, .shmSel:
      break
    }
  }

  @usableFromInline
  mutating func writeRegister(_ event: Event) {
    let offset = UInt32(truncatingIfNeeded: event.address)
    let known = Register(offset, in: shadow.profile.transport)
    guard event.detail == UInt8(Register.width), let register = known, register.direction.isWritable,
      shadow.driver.isIdentified, shadow.profile.deviceType != .placeholder
    else { return writeOddly(event, known) }
    let value = UInt32(truncatingIfNeeded: event.value)
    shadow.driver.write(register, value, &shadow.ledger)
    write(register, value)
  }

  @inline(__always)
  private mutating func write(_ register: Register, _ value: UInt32) {
    shadow.statusIsUsed = true
    // These may be another processor's.
    if register != .queueNotify && register != .interruptACK { cfgDrv02() }
    shadow.write(register, value)
    if register == .queueNotify { judgeNotification(value) }
  }

  /// A write that is not, or may not be, of a register as the table has it.
  @inline(never)
  private mutating func writeOddly(_ event: Event, _ known: Register?) {
    let offset = UInt32(truncatingIfNeeded: event.address)
    shadow.driver.write(offset, known, width: Int(event.detail), value: event.value, &shadow.ledger)
    // Of a placeholder nothing else is judged (A26).
    if shadow.profile.deviceType == .placeholder { return }
    guard offset < Register.configBase else {
      // A driver's write may change fields, without a change of the generation.
      shadow.generation = nil
      noteConfigWrite(event)
      return
    }
    guard event.detail == UInt8(Register.width), let register = known, register.direction.isWritable else {
      return shadow.writeOddly(offset, width: UInt32(event.detail), event.value)
    }
    write(register, UInt32(truncatingIfNeeded: event.value))
  }

  @usableFromInline
  mutating func writeMemory(_ event: Event, _ bytes: RawSpan) {
    let count = UInt64(bytes.byteCount)
    let mayTouchRings = shadow.mayTouchRings(event.address, count)
    if mayTouchRings {
      if shadow.usesPackedRings {
        judgePackedRings(event.address, bytes)
      } else {
        judgeRings(event.address, bytes)
      }
    }
    if shadow.chainsEnd > 0 && !shadow.profile.declaresHousePolicy { loseTables(event.address, bytes) }
    shadow.memory.write(bytes, at: event.address)
    if shadow.accesses > 0 { shadow.isRaced = true }
    if shadow.chainsEnd > 0 { shadow.disturbChains(event.address, count) }
    if shadow.network.frameCount > 0 { reviewRoom() }
    guard mayTouchRings else { return }
    if shadow.usesPackedRings { notePackedWrite(event.address, count) } else { noteRingWrite(event.address, count) }
  }

  /// The driver has written memory.
  private mutating func noteRingWrite(_ address: UInt64, _ count: UInt64) {
    for queue in 0..<Int(shadow.profile.queueCount) where shadow.queues[queue].isLive {
      let area = shadow.queues[queue].areas.driver
      let inside = address &- area
      guard inside < shadow.queues[queue].driverSize || area &- address < count else { continue }
      // Whoever moves the available index has to notify anew.
      let end = inside &+ count
      if end > SplitRing.availIdx, inside < SplitRing.availIdx + 2 || inside > end {
        shadow.queues[queue].isNotified = false
      }
      raceSuppression(queue)
    }
  }

  /// The words that suppress notifications change. Inside an action that is an adversary, and the device may have read
  /// them already.
  mutating func raceSuppression(_ queue: Int) {
    guard shadow.accesses > 0 else { return }
    shadow.queues[queue].suppressionRaced = true
    shadow.due &= ~InterruptStatus.usedBuffer.rawValue
    if let clause = shadow.needless {
      shadow.needless = nil
      ledger.suspend(clause, for: .access)
    }
  }

  @usableFromInline
  mutating func poll() {
    if shadow.anyProgress {
      shadow.anyProgress = false
      for queue in 0..<Int(shadow.profile.queueCount) { shadow.queues[queue].isProgressing = false }
    }
    guard !shadow.isStalled else { return }
    if shadow.network.frameCount > 0 { pollFrames() }
    if shadow.resetIsPending { shadow.pollsInReset += 1 }
    guard shadow.anyQueueReset else { return }
    for queue in 0..<Int(shadow.profile.queueCount) { shadow.queues[queue].pollsSinceReset += 1 }
  }

  /// The device has returned. Mostly there is nothing to say of that.
  @usableFromInline
  mutating func settle() {
    if shadow.accesses > 0 || !shadow.unsettled.isEmpty { return settleAction() }
    shadow.lineRoseEarly = false
    shadow.violationsInAction = 0
  }

  @inline(never)
  private mutating func settleAction() {
    if shadow.anyProbed { mmioDev09And10() }
    if shadow.accesses > 0 {
      if shadow.usesPackedRings { packedDev02() }
      rob05()
      if shadow.anyTruncated { shadow.anyTruncated = shadow.holdsTruncated }
      creditAction()
      shadow.accesses = 0
      shadow.movedBytes = 0
      // A device without a written policy may read again later what it holds.
      if shadow.chainsEnd == 0 || shadow.profile.declaresHousePolicy { shadow.isRaced = false }
      for queue in 0..<Int(shadow.profile.queueCount) { shadow.queues[queue].suppressionRaced = false }
    }
    if shadow.unsettled.contains(.emergency) { judgeMissingEmergency() }
    if shadow.unsettled.contains(.assembly) { judgePartialFrames() }
    if shadow.unsettled.contains(.frames) { judgeFates() }
    if shadow.anyStopping { shadow.finishStops() }
    if shadow.isResetting {
      if shadow.profile.freedoms.resetPolls == 0 { endReset() } else { shadow.awaitReset() }
    }
    if shadow.lineIsInQuestion {
      shadow.lineIsInQuestion = false
      mmioNotif03()
    }
    shadow.lineRoseEarly = false
    shadow.violationsInAction = 0
  }

  // Verdicts.

  /// Judges a clause: counts it, and records a finding where it does not hold.
  @inline(__always)
  mutating func check(_ clause: ClauseID, _ holds: Bool, seen: UInt64, expected: UInt64) {
    if holds {
      ledger.satisfy(clause)
    } else {
      violate(clause, seen: seen, expected: expected)
    }
  }

  @inline(never)
  mutating func violate(_ clause: ClauseID, seen: UInt64, expected: UInt64, severity: Clause.Severity? = nil) {
    shadow.violationsInAction += 1
    ledger.violate(
      Finding(
        clause: clause, severity: severity ?? clause.clause.severity, step: shadow.step, stepKind: shadow.stepKind,
        seen: seen, expected: expected, driverFault: ledger.driverFault))
  }
}

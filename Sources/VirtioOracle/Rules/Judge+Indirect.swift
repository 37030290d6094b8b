import VirtioSpec

// Indirect tables: INDIRECT-DEV, MMIO-REG-09.
extension Judge {
  /// A chain with an indirect table was returned: whatever was special about it was handled.
  mutating func praiseTable(_ chain: ChainShadow) {
    guard !chain.isPacked else {
      if chain.isWriteMarked { ledger.satisfy(.packedDev13) }
      return ledger.satisfy(.packedDev12)
    }
    if chain.isWriteMarked { ledger.satisfy(.indirectDev01) }
    ledger.satisfy(.indirectDev02)
    ledger.satisfy(.indirectDev03)
    if chain.hasWritable && chain.hasReadable { ledger.satisfy(.indirectDev04) }
  }

  /// The device says that it needs a reset, and nothing explains it but the table that it holds: it does not handle what
  /// it has to.
  mutating func blameTable(_ status: UInt32) {
    guard status & DeviceStatus.deviceNeedsReset.rawValue != 0 else { return }
    guard shadow.isRunning == true, shadow.permissionsAreKnown, !shadow.causeIsUnknown, ledger.driverFault == nil,
      !shadow.registers.mayNeedReset
    else { return }
    var index = shadow.chainsEnd - 1
    while index >= 0, !(shadow.chains[index].isOpen && shadow.chains[index].isIndirect) { index -= 1 }
    guard index >= 0, !shadow.isInsideChain(otherThan: index) else { return }
    let chain = shadow.chains[index]
    // A device may have a limit for long chains, and stop there (SPLIT-DEV-02). A list with more entries than its table is
    // a loop, wherever the device notices.
    // So it may where it reads on, and over what is no request.
    if !shadow.profile.declaresHousePolicy, chain.tableSize > 16 || holdsNoRequest { return }
    let isLoop = chain.descriptorCount - chain.directCount >= chain.tableSize
    guard chain.isComplete || chain.tableSize <= 16 && !isLoop else { return }
    let clause: ClauseID =
      if chain.isWriteMarked {
        chain.isPacked ? .packedDev13 : .indirectDev01
      } else if chain.isPacked && chain.descriptorCount > 0 {
        .packedDev12
      } else if chain.descriptorCount == 0 {
        // It has not even looked into the table, as if the feature were not accepted.
        shadow.isLegacy ? legacyFeatureClause : .mmioReg09
      } else {
        chain.hasReadable && chain.hasWritable ? .indirectDev04 : .indirectDev02
      }
    violate(clause, seen: UInt64(status), expected: UInt64(status & 0xbf))
  }

  /// What goes into a chain may be less than there is room for, so that the rest of the table is of no use.
  func mayBeFilledInPart(_ chain: ChainShadow) -> Bool {
    chain.hasWritable && !chain.hasReadable
      && (shadow.profile.deviceType == .entropy || isForInput(chain.queue))
  }

  /// Whether an address is in a buffer of a table's entry that the chain does not lead to.
  func isJunk(_ address: UInt64) -> Bool {
    for index in 0..<shadow.chainsEnd where shadow.chains[index].isOpen && shadow.chains[index].isIndirect {
      let chain = shadow.chains[index]
      for entry in 0..<min(UInt64(chain.tableSize), UInt64(Shadow.maxQueueSize)) {
        let place = chain.table &+ entry &* Descriptor.size
        if address &- shadow.memory.number(place, 8) < shadow.memory.number(place &+ 8, 4) { return true }
      }
    }
    return false
  }

  /// Descriptors are read while somebody else changes memory. A device that reads one again may go by either value, and
  /// by nothing else: what the new one permits is permitted, too.
  mutating func readAgain(_ queue: Int, table: UInt64, _ address: UInt64, _ bytes: RawSpan) {
    let index = shadow.queues[queue].lastOpened
    guard index >= 0, shadow.chains[index].isOpen, shadow.chains[index].queue == queue,
      shadow.chains[index].table == table, !shadow.chains[index].isBroken, !shadow.queues[queue].isTainted
    else { return }
    let next = table &+ UInt64(shadow.chains[index].next) &* Descriptor.size
    var offset = 0
    while offset + Int(Descriptor.size) <= bytes.byteCount {
      let place = address &+ UInt64(offset)
      // Sound: the bounds were checked, and any 16 bytes are a number.
      let bits = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt128.self)
      let isFirstTime = shadow.queues[queue].walking == index && place == next
      if !isFirstTime { shadow.permitAlso(index, Descriptor(littleEndian: UInt128(littleEndian: bits))) }
      offset += Int(Descriptor.size)
    }
  }
}

import VirtioSpec

// Shared memory regions: MMIO-REG-31 to -35.
extension Judge {
  static let sharedMemoryRules: [ClauseID] = [.mmioReg31, .mmioReg32, .mmioReg33, .mmioReg34, .mmioReg35]

  /// The registers show the region that was selected last, or ones for an id that is not in use.
  mutating func readSharedMemory(_ register: Register, _ value: UInt32) {
    let isLength = register == .shmLenLow || register == .shmLenHigh
    let region = shadow.profile.sharedMemory
    guard let id = shadow.shmSel else {
      // Where there is none, the driver had no business here (MMIO-INIT-05).
      if region == nil { ledger.suspend(isLength ? .mmioReg33 : .mmioReg35, for: .access) }
      return
    }
    let isInUse = region?.id == id
    let expected = isInUse ? region?.word(register) ?? .max : .max
    let other = isInUse ? .max : region?.word(register) ?? .max
    if value == other, value != expected {
      return violate(.mmioReg31, seen: UInt64(value), expected: UInt64(expected))
    }
    let clause: ClauseID
    switch (isLength, isInUse) {
    case (true, true): clause = .mmioReg32
    case (true, false): clause = .mmioReg33
    case (false, true): clause = .mmioReg34
    case (false, false): clause = .mmioReg35
    }
    check(clause, value == expected, seen: UInt64(value), expected: UInt64(expected))
    // With a region, there is something to tell apart.
    if region != nil, value == expected, other != expected { ledger.satisfy(.mmioReg31) }
  }
}

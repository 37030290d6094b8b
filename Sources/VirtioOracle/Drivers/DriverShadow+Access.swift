import VirtioSpec

// Which accesses there may be at all: MMIO-DRV-01 to -07, MMIO-INIT-01, -02 and -05, INIT-DRV-03.
extension DriverShadow {
  /// A read: comes behind it.
  ///
  /// - Parameters:
  ///   - register: the one at this offset, if there is one.
  ///   - width: in bytes, 1 to 8; nil if it is not known.
  ///   - value: what it returned; nil if it is not known.
  mutating func read(_ offset: UInt32, _ register: Register?, width: Int?, value: UInt64?, _ ledger: inout Ledger) {
    guard !isOver else { return }
    if sawPlaceholder { return touchPlaceholder(nil, &ledger) }
    if identification != .over { identify(register, isRead: true, &ledger) }
    if register == .deviceID && value == 0 { sawPlaceholder = true }
    guard offset < Register.configBase else { return accessConfig(offset, width, &ledger) }
    guard let register = admit(offset, register, width, isRead: true, &ledger) else { return }
    read(register, value.map { UInt32(truncatingIfNeeded: $0) }, &ledger)
  }

  /// A write: comes before the device acts.
  mutating func write(_ offset: UInt32, _ register: Register?, width: Int?, value: UInt64, _ ledger: inout Ledger) {
    guard !isOver else { return }
    if sawPlaceholder { return touchPlaceholder(register, &ledger) }
    if identification != .over { identify(register, isRead: false, &ledger) }
    guard offset < Register.configBase else {
      // A console's emerg_wr may be written at any time; a device of a type that is not known can be one.
      let mayBeEmergency =
        (facts.deviceType == nil || facts.deviceType == .console)
        && offset == Register.configBase + ConsoleConfig.emergencyWrite
      // On the legacy interface a driver may (LEG-05).
      if has(.driver) && !has(.featuresOK) && !writesConfigEarly && !mayBeEmergency && !isLegacy {
        writesConfigEarly = true
        ledger.blame(.initDrv03)
      }
      return accessConfig(offset, width, &ledger)
    }
    guard let register = admit(offset, register, width, isRead: false, &ledger) else { return }
    write(register, UInt32(truncatingIfNeeded: value), &ledger)
  }

  /// DeviceID has read 0, and still the driver goes on, with a write of a register if one is given.
  private mutating func touchPlaceholder(_ written: Register?, _ ledger: inout Ledger) {
    leftItAlone = false
    ledger.blame(.mmioDrv12)
    ledger.blame(.mmioInit04)
    if written == .status { ledger.blame(.mmioInit03) }
  }

  /// The rules for accesses to control registers; kept ones are counted where Status is written.
  private static let accessRules: [ClauseID] = [.mmioDrv01, .mmioDrv02, .mmioDrv03, .mmioDrv04]

  /// The register that an access is about, if there may be such an access.
  @inline(__always)
  private mutating func admit(
    _ offset: UInt32, _ known: Register?, _ width: Int?, isRead: Bool, _ ledger: inout Ledger
  ) -> Register? {
    if let width, width != Register.width || offset % 4 != 0 {
      // What an access of another width does at a gap is no better.
      let isKnown = Register(offset & ~3, in: facts.transport) != nil
      if !isKnown { blameAccess(0, &ledger) }
      blameAccess(3, &ledger)
      return nil
    }
    guard let register = known else {
      blameAccess(0, &ledger)
      return nil
    }
    guard isRead ? register.direction.isReadable : register.direction.isWritable else {
      blameAccess(isRead ? 2 : 1, &ledger)
      return nil
    }
    return register
  }

  private mutating func blameAccess(_ rule: Int, _ ledger: inout Ledger) {
    accessFaults |= 1 << UInt8(rule)
    ledger.blame(Self.accessRules[rule])
  }

  /// Status is written: the accesses in front of it are counted.
  mutating func praiseAccesses(_ ledger: inout Ledger) {
    if accessFaults & 1 == 0 { ledger.satisfy(.mmioDrv01) }
    if accessFaults & 2 == 0 { ledger.satisfy(.mmioDrv02) }
    if accessFaults & 4 == 0 { ledger.satisfy(.mmioDrv03) }
    if accessFaults & 8 == 0 { ledger.satisfy(.mmioDrv04) }
    accessFaults = 0
  }

  /// MagicValue and Version come first, and then DeviceID.
  private mutating func identify(_ register: Register?, isRead: Bool, _ ledger: inout Ledger) {
    switch (identification, isRead ? register : nil) {
    case (.nothing, .magicValue), (.magicIsRead, .magicValue): identification = .magicIsRead
    case (.nothing, .version), (.versionIsRead, .version): identification = .versionIsRead
    case (.magicIsRead, .version), (.versionIsRead, .magicValue):
      ledger.satisfy(.mmioInit01)
      identification = .bothAreRead
    case (.nothing, _), (.magicIsRead, _), (.versionIsRead, _):
      ledger.blame(.mmioInit01)
      identification = .over
    case (.bothAreRead, .magicValue), (.bothAreRead, .version), (.bothAreRead, .vendorID): break
    case (.bothAreRead, .deviceID):
      ledger.satisfy(.mmioInit02)
      identification = .over
    case (.bothAreRead, _):
      ledger.blame(.mmioInit02)
      identification = .over
    case (.over, _): break
    }
  }

  /// Fields are accessed as what they are: by width 1, 2, or 4.
  private mutating func accessConfig(_ offset: UInt32, _ width: Int?, _ ledger: inout Ledger) {
    guard let type = facts.deviceType, ConfigField.isKnown(for: type) else { return }
    let start = offset - Register.configBase
    guard start < ConfigField.layoutSize(of: type) else { return blameAccess(0, &ledger) }
    // Legacy drivers read bytes, whatever the field.
    guard !isLegacy else { return }
    // Without the width, there is no telling.
    guard let width = width.map({ UInt32($0) }) else { return }
    if let field = ConfigField.conforming(start, width: width, of: type) {
      return ledger.satisfy(Self.accessRule(field))
    }
    var broken: UInt32 = 0
    for field in ConfigField.fields(of: type) where start < field.offset + field.size && field.offset < start + width {
      guard broken & field.accessWidth == 0 else { continue }
      broken |= field.accessWidth
      // A field that is only met on the way may itself be accessed rightly, but not by such an access.
      ledger.blame(Self.accessRule(field))
    }
  }

  private static func accessRule(_ field: ConfigField) -> ClauseID {
    switch field.accessWidth {
    case 1: .mmioDrv05
    case 2: .mmioDrv06
    default: .mmioDrv07
    }
  }
}

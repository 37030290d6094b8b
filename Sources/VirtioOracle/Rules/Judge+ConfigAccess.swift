import VirtioSpec

// How a driver uses the configuration space: CFG-DRV.
extension Judge {
  static let configTraceRules: [ClauseID] = [.blkDrv04, .cfgDrv02, .cfgDrv03]

  static let configWaivers: [ClauseID: String] = [
    .cfgDrv01: "not observable: what a driver makes of a torn value is not seen on the bus",
    .cfgDrv04: "not observable: a driver that demands an exact size gives up without an access",
  ]

  /// Whether a field is there that the driver accesses, and means something. CFG-DRV-03: it should be there.
  mutating func isValid(_ field: ConfigField) -> Bool {
    let offered = shadow.profile.offeredFeatures
    if !field.exists(with: offered) { shadow.blame(.cfgDrv03) }
    return field.feature.isSubset(of: offered)
  }

  /// A field that is offered is read. True where its clauses are all that holds for it.
  mutating func readField(_ field: ConfigField, _ offset: UInt32, _ value: UInt64) -> Bool {
    if !field.feature.isEmpty { shadow.praise(.cfgDrv03) }
    if field.size > field.accessWidth, !shadow.isLegacy {
      shadow.capacityRead.parts |= offset == field.offset ? 1 : 2
    }
    switch shadow.profile.deviceType {
    case .block: return readBlockField(field, offset, value)
    // Nobody says what it reads.
    case .console: return field.offset == ConsoleConfig.emergencyWrite
    case .network: return readNetworkField(field, offset, value)
    default: return false
    }
  }

  /// The driver writes to the configuration space.
  mutating func noteConfigWrite(_ event: Event) {
    shadow.configIsWritten = true
    let offset = UInt32(truncatingIfNeeded: event.address) - Register.configBase
    if shadow.profile.deviceType == .network { noteNetworkConfigWrite(offset) }
    if shadow.profile.deviceType == .block { noteBlockConfigWrite(offset, UInt32(event.detail), event.value) }
    guard let field = ConfigField.conforming(offset, width: UInt32(event.detail), of: shadow.profile.deviceType) else {
      return noteEmergencyWrite(nil, event.value)
    }
    guard isValid(field) else { return }
    noteEmergencyWrite(field, event.value)
  }

  /// ConfigGeneration is read: it closes a bracket around the parts of a field, and opens another one.
  mutating func noteGeneration(_ value: UInt32) {
    let read = shadow.capacityRead
    var isTorn = read.isTorn
    if read.parts == 3 {
      isTorn = read.isOpen && value != read.generation
      if !read.isOpen { shadow.blame(.cfgDrv02) } else if !isTorn { shadow.praise(.cfgDrv02) }
    }
    shadow.capacityRead = CapacityRead(isOpen: true, generation: value, isTorn: isTorn)
  }

  /// The driver goes on with something else: what it read in parts was between two reads of ConfigGeneration that agree, or
  /// is not to be trusted.
  mutating func cfgDrv02() {
    guard shadow.capacityRead.parts != 0 || shadow.capacityRead.isTorn else { return }
    if shadow.capacityRead.parts == 3 || shadow.capacityRead.isTorn { shadow.blame(.cfgDrv02) }
    shadow.capacityRead = CapacityRead()
  }
}

/// How the driver is reading a field that takes more than one access.
struct CapacityRead: BitwiseCopyable {
  /// ConfigGeneration was read before, and what it showed.
  var isOpen = false
  var generation: UInt32 = 0
  /// The generation had changed when the field was last read: it has to be read again.
  var isTorn = false
  /// The parts that were read since: 1 for the first, 2 for the second.
  var parts: UInt8 = 0
}

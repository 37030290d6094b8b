import VirtioProgram
import VirtioSpec

extension TraceImporter {
  /// Takes the accesses from a device's reset up to FEATURES_OK, or up to the features in front of a legacy device, if
  /// these come next, as a `negotiate`.
  mutating func takeNegotiation() throws(TraceError) -> Bool {
    var ahead = rest
    var flags: NegotiateFlags = .identify
    for register in [Register.magicValue, .version, .deviceID, .vendorID] where ahead.first?.reads(register) == true {
      ahead.removeFirst()
    }
    // Part of the four registers is none of the flags.
    if ahead.startIndex != rest.startIndex + 4 {
      ahead = rest
      flags = []
    }
    if let access = ahead.first, isFirstPageSize(access) { ahead.removeFirst() }
    guard let first = ahead.first, first.written(to: .status) == 0 else { return false }

    var statuses: [UInt32] = []
    var selector: UInt32 = 0
    var words: [(selector: UInt32, word: UInt32, access: Trace.Access)] = []
    while let access = ahead.first, isNegotiation(access) {
      // FEATURES_OK is the end, or where there is none, the first access to Status behind the features.
      let isOver =
        transport == .modern ? statuses.last == 0xb : !words.isEmpty && access.offset == Register.status.rawValue
      if isOver { break }
      ahead.removeFirst()
      if let status = access.written(to: .status) { statuses.append(status) }
      if let written = access.written(to: .driverFeaturesSel) { selector = written }
      if let word = access.written(to: .driverFeatures) { words.append((selector, word, access)) }
    }
    switch transport {
    case .modern:
      guard statuses == [0x0, 0x1, 0x3, 0xb] else { return false }
      if ahead.first?.reads(.status) == true { ahead.removeFirst() }
    case .legacy:
      guard statuses == [0x0, 0x1, 0x3], !words.isEmpty else { return false }
      // A driver that sets it later does so once more.
      if pageSize == 0 { pageSize = Driver.usualPageSize }
    }

    accepted = []
    for (selector, word, access) in words { try accept(word, selector, access) }
    if words.count > 1, words[0].selector > words[1].selector { flags.insert(.highFirst) }
    let bits = UInt64(truncatingIfNeeded: accepted.rawValue)
    try append(Step(.negotiate, [.value: bits, .flags: UInt64(flags.rawValue)]), first)
    knownStatus = statuses.last
    rest = ahead
    return true
  }

  private mutating func accept(_ word: UInt32, _ selector: UInt32, _ access: Trace.Access) throws(TraceError) {
    guard selector < 2 || word == 0 else {
      throw TraceError(.unsupportedFeature("features from bit \(32 * UInt64(selector)) on"), line: access.line)
    }
    accepted = accepted.replacingWord(selector, with: word)
    offer(accepted)
  }

  private func isNegotiation(_ access: Trace.Access) -> Bool {
    switch Register(rawValue: access.offset) {
    case .status, .deviceFeaturesSel, .deviceFeatures, .driverFeaturesSel, .driverFeatures: true
    default: isFirstPageSize(access)
    }
  }

  /// Whether it sets GuestPageSize as the first `negotiate` in front of a legacy device does by itself.
  private func isFirstPageSize(_ access: Trace.Access) -> Bool {
    pageSize == 0 && access.written(to: .guestPageSize) == Driver.usualPageSize
  }
}

import VirtioSpec

/// What a judge knows of what a driver told a network device to take in, from the commands that came back.
struct NetworkFilterShadow: ~Copyable {
  static let tableLimit = 128

  /// By the number of its command, whether a receive mode is on; nil where that is not known.
  private var modes = InlineArray<6, Bool?>(repeating: false)
  /// The address that a command set.
  var address: UInt64?
  private var table = FixedArray<UInt64>(repeating: 0, count: tableLimit)
  private(set) var tableCount = 0
  var tableIsKnown = true
  /// The table before the last reset.
  private var oldTable = FixedArray<UInt64>(repeating: 0, count: tableLimit)
  private var oldCount = 0
  private var tags = FixedArray<UInt64>(repeating: 0, count: 64)
  var tagsAreKnown = true

  init() {}

  mutating func powerOff() {
    forgetDriver()
    oldCount = 0
  }

  mutating func forgetDriver() {
    if tableCount > 0 {
      for index in 0..<tableCount { oldTable[index] = table[index] }
      oldCount = tableCount
    }
    modes = InlineArray(repeating: false)
    address = nil
    tableCount = 0
    tableIsKnown = true
    tags.fill(0)
    tagsAreKnown = true
  }

  /// A command came back that nobody knows.
  mutating func loseAll() {
    modes = InlineArray(repeating: nil)
    address = nil
    tableIsKnown = false
    tagsAreKnown = false
  }

  func isOn(_ mode: Network.Command) -> Bool? { modes[Int(mode.rawValue >> 8)] }

  mutating func set(_ mode: Network.Command, _ isOn: Bool?) { modes[Int(mode.rawValue >> 8)] = isOn }

  mutating func removeTable() {
    tableCount = 0
    tableIsKnown = true
  }

  mutating func append(_ address: UInt64) {
    guard tableCount < Self.tableLimit else {
      tableIsKnown = false
      return
    }
    table[tableCount] = address
    tableCount += 1
  }

  func lists(_ address: UInt64) -> Bool {
    for index in 0..<tableCount where table[index] == address { return true }
    return false
  }

  func listedBefore(_ address: UInt64) -> Bool {
    for index in 0..<oldCount where oldTable[index] == address { return true }
    return false
  }

  mutating func setTag(_ id: UInt16, _ isListed: Bool) {
    let bit: UInt64 = 1 << UInt64(id % 64)
    let place = Int(id / 64)
    tags[place] = isListed ? tags[place] | bit : tags[place] & ~bit
  }

  func lists(tag: UInt16) -> Bool { tags[Int(tag / 64)] >> UInt64(tag % 64) & 1 != 0 }
}

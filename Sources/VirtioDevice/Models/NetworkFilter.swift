import VirtioSpec

/// Which frames a network device takes in (section 5.1.6.5). Addresses are numbers as in ``Ethernet``.
@usableFromInline
struct NetworkFilter: ~Copyable {
  /// Receive modes, each turned on and off by a command.
  struct Modes: OptionSet {
    let rawValue: UInt8

    static let promiscuous = Modes(rawValue: 1)
    static let allMulticast = Modes(rawValue: 2)
    static let allUnicast = Modes(rawValue: 4)
    static let noMulticast = Modes(rawValue: 8)
    static let noUnicast = Modes(rawValue: 16)
    static let noBroadcast = Modes(rawValue: 32)
  }

  /// The most addresses of the table; of a longer one, all of its kind are taken in.
  @inlinable static var tableLimit: Int { 64 }

  var modes: Modes = []
  /// The device's own address; nil where the driver has one of its own making.
  var address: UInt64?
  /// Tagged frames are looked at: VIRTIO_NET_F_CTRL_VLAN was accepted.
  var filtersTags = false
  private var table = FixedArray<UInt64>(repeating: 0, count: tableLimit)
  private var tableCount = 0
  private var tableLacksUnicast = false
  private var tableLacksMulticast = false
  private var tags = FixedArray<UInt64>(repeating: 0, count: 64)

  init() {}

  mutating func removeAll() {
    modes = []
    address = nil
    filtersTags = false
    removeTable()
    tags.fill(0)
  }

  @usableFromInline
  mutating func removeTable() {
    tableCount = 0
    tableLacksUnicast = false
    tableLacksMulticast = false
  }

  @usableFromInline
  mutating func append(_ address: UInt64, isMulticast: Bool) {
    if tableCount < Self.tableLimit {
      table[tableCount] = address
      tableCount += 1
    } else if isMulticast {
      tableLacksMulticast = true
    } else {
      tableLacksUnicast = true
    }
  }

  /// A tag is below 0x1000, here and in ``passes(_:tag:)``.
  mutating func setTag(_ id: UInt16, _ isListed: Bool) {
    let place = Int(id)
    let bit: UInt64 = 1 << UInt64(place % 64)
    tags[place / 64] = isListed ? tags[place / 64] | bit : tags[place / 64] & ~bit
  }

  func passes(_ destination: UInt64, tag: UInt16?) -> Bool {
    if let tag, filtersTags, tags[Int(tag) / 64] >> UInt64(tag & 63) & 1 == 0 { return false }
    if modes.contains(.promiscuous) { return true }
    if destination == Ethernet.broadcast { return !modes.contains(.noBroadcast) }
    if Ethernet.isMulticast(destination) {
      if modes.contains(.noMulticast) { return false }
      return modes.contains(.allMulticast) || tableLacksMulticast || isListed(destination)
    }
    if modes.contains(.noUnicast) { return false }
    guard let address else { return true }
    return destination == address || modes.contains(.allUnicast) || tableLacksUnicast || isListed(destination)
  }

  private func isListed(_ destination: UInt64) -> Bool {
    for index in 0..<tableCount where table[index] == destination { return true }
    return false
  }
}

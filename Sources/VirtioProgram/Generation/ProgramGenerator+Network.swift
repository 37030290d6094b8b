import VirtioSpec

// What there is only of a network device.
extension ProgramGenerator {
  /// Features that go with a queue for control, though no table says so.
  private static let controlled: FeatureBits = [.netControlReceiveExtra, .netControlOffloads]

  /// A set that lacks what requires something else that it lacks.
  static func soundForNetwork(_ features: UInt64) -> UInt64 {
    let features = FeatureRequirement.sound(FeatureBits(rawValue: UInt128(features)))
    guard !features.contains(.netControlQueue) else { return UInt64(features.rawValue) }
    return UInt64(truncatingIfNeeded: features.subtracting(controlled).rawValue)
  }

  /// What such a device offers, with features of all types.
  static func offeredByNetwork(withheld: UInt64) -> FeatureBits {
    FeatureBits(rawValue: UInt128(soundForNetwork(~withheld)))
  }

  private var pairs: UInt64 { accepts(.netMultiQueue) ? UInt64(header.pairCount) : 1 }

  var controlQueue: UInt64 { 2 * pairs }

  /// Room for frames in every queue that may get some.
  mutating func makeRoom(_ steps: inout [Step]) {
    for pair in 0..<pairs where !random.oneIn(8) {
      let room = Step(.publish).setting(.queue, 2 * pair).setting(.index, 1).setting(.length, roomForFrame())
      steps.append(room.setting(.count, 1 + random.below(8)).setting(PublishFlags.kick))
    }
    if accepts(.netMultiQueue), pairs > 1, random.oneIn(2) { steps.append(command()) }
  }

  private mutating func roomForFrame() -> UInt64 {
    if accepts(.netMergeableBuffers), random.oneIn(2) { return random.pick([64, 128, 200, 512, 1000]) }
    return random.oneIn(8) ? 12 + random.below(600) : random.pick([1526, 1530, 2048, 4200])
  }

  mutating func networkRequest() -> Step {
    switch random.below(8) {
    case 0..<3: Step(.publish).setting(.queue, 2 * random.below(pairs)).setting(.length, roomForFrame())
    case 3 where accepts(.netControlQueue), 4 where accepts(.netControlQueue): command()
    default: sentFrame()
    }
  }

  private mutating func frameLength() -> UInt64 {
    switch random.below(8) {
    case 0: random.pick([59, 60, 61, 1513, 1514, 1515, 1518, 1519])
    case 1: random.oneIn(3) ? random.below(4096) : random.below(1600)
    default: 60 + random.below(random.oneIn(3) ? 1454 : 140)
    }
  }

  private mutating func tag() -> UInt64 {
    random.oneIn(3) ? 1 + random.below(3) : random.oneIn(16) ? random.below(4096) : 0
  }

  private mutating func sentFrame() -> Step {
    let request: Request =
      switch random.below(6) {
      case 0: .broadcast
      case 1: .multicast
      default: .unicast
      }
    return Step(.publish).setting(.queue, 2 * random.below(activePairs) + 1).choosing(request)
      .setting(.length, frameLength()).setting(.position, random.below(4))
      .setting(.value, random.below(256) | tag() << 16 | offload(sends: true))
  }

  /// What is left to do for a frame: the bits of its number from 28 on.
  private mutating func offload(sends: Bool) -> UInt64 {
    let kind: UInt64
    switch random.below(8) {
    case 0..<3 where !sends, 0..<3 where accepts(.netChecksum): kind = random.pick([1, 2, 3, 4, 5, 6, 14, 15])
    case 3: kind = random.oneIn(6) ? random.below(16) : 8
    case 4 where random.oneIn(3): kind = 7
    default: kind = 0
    }
    if kind == 7 { return kind << 28 | random.pick([14, 34, 54, 60, 0xffff]) << 32 | random.below(40) << 48 }
    guard random.oneIn(2) else { return kind << 28 }
    // What two fields hold, whatever these are.
    let low = random.oneIn(3) ? random.next() & 0xffff : random.below(kind == 0 ? 0x10000 : 600)
    return kind << 28 | low << 32 | (random.next() & 0xffff) << 48
  }

  /// A command that the driver may send.
  private mutating func command() -> Step {
    let step = Step(.publish).setting(.queue, controlQueue).setting(.index, 1).setting(PublishFlags.kick)
    let isOn: UInt64 = random.oneIn(3) ? 1 : 0
    switch random.below(16) {
    case 0 where accepts(.netControlReceive): return step.choosing(Request.promiscuous).setting(.value, isOn)
    case 1 where accepts(.netControlReceive): return step.choosing(Request.allMulticast).setting(.value, isOn)
    case 2 where accepts(.netControlReceiveExtra): return step.choosing(Request.allUnicast).setting(.value, isOn)
    case 3 where accepts(.netControlReceiveExtra):
      let modes: [UInt64] = [Request.noMulticast, .noUnicast, .noBroadcast].map { UInt64($0.rawValue) }
      return step.setting(.choice, random.pick(modes)).setting(.value, isOn)
    case 4..<7 where accepts(.netControlReceive):
      let counts = random.oneIn(8) ? random.next() & 0xffff : random.below(4) | random.below(4) << 8
      return step.choosing(Request.addressTable).setting(.value, counts).setting(.position, random.below(4))
    case 7 where accepts(.netControlAddress):
      return step.choosing(Request.setAddress).setting(.position, random.below(3))
    case 8..<11 where accepts(.netControlVLAN):
      return step.choosing(random.oneIn(3) ? Request.deleteTag : .addTag).setting(.value, 1 + random.below(3))
    case 11 where accepts(.netGuestAnnounce): return step.choosing(Request.acknowledgeAnnouncement)
    case 12..<14 where accepts(.netMultiQueue):
      activePairs = 1 + random.below(pairs)
      return step.choosing(Request.queuePairs).setting(.value, activePairs)
    case 14 where accepts(.netControlOffloads):
      let accepted = UInt64(truncatingIfNeeded: accepted.intersection(.netGuestOffloads).rawValue)
      let value = random.oneIn(12) ? 1 << random.below(11) : random.oneIn(3) ? accepted : accepted & random.next()
      return step.choosing(Request.offloads).setting(.value, value)
    // A driver may try: it is the device that has to answer.
    case 15:
      return step.choosing(Request.control).setting(.position, 6 + random.below(14)).setting(.value, random.below(4))
    default: return sentFrame()
    }
  }

  /// Something that happens outside the guest.
  mutating func networkEvent() -> Step {
    switch random.below(24) {
    case 0: return Step(.link).choosing(random.oneIn(3) ? LinkChange.down : .up)
    case 1: return Step(.link).choosing(LinkChange.announce)
    case 2: return Step(.link).choosing(random.oneIn(3) ? LinkChange.peer : .loop)
    default: return arrival()
    }
  }

  private mutating func arrival() -> Step {
    var step = anyStep(.deliver).setting(.length, frameLength()).setting(.index, tag())
    step[.value] = random.below(1024) | offload(sends: false)
    step[.position] = random.oneIn(2) ? 0 : random.below(4)
    step[.count] = random.oneIn(2) ? 0 : random.below(3)
    return step
  }

  /// Appends room, a frame or two, and a look at them.
  mutating func networkScene(_ steps: inout [Step]) {
    let pair = random.below(activePairs)
    let room = Step(.publish).setting(.queue, 2 * pair).setting(.index, 1 + random.below(3)).setting(
      .length, roomForFrame())
    steps.append(room.setting(.count, 1 + random.below(8)).setting(PublishFlags.kick))
    for _ in 0...random.below(2) { steps.append(arrival()) }
    if random.oneIn(2) { steps.append(Step(.poll).setting(.count, random.below(3))) }
    steps.append(service())
  }
}

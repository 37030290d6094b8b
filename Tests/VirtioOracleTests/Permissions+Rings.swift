import TestSupport
import VirtioSpec

// A device may take what is available in any order, and look at no more of it than it needs.
extension PermissionTests {
  static let ringPermissions = [
    Permission("take several heads before it looks at what they lead to", twoBuffers) { border in
      script(
        border,
        [
          { [.read($0.driver + 2, width: 2), .read($0.driver + 4, width: 4), .read($0.descriptors, width: 16)] },
          { [.write(given(border).address, sixteen), .read($0.descriptors + 16, width: 16)] },
          {
            [
              .write(given(border).address, sixteen), element($0, 0, length: 16), element($0, 1, length: 16),
              .write($0.device + 2, [2, 0]), .line(true),
            ]
          },
        ], shows: .usedBuffer)
    },
    Permission("take several lists before it looks at their tables", twoTables) { border in
      let lists = Box<[Descriptor]>([])
      script(
        border,
        [
          { [.read($0.descriptors, width: 16)] },
          {
            lists.value = [given(border)]
            return [.read($0.descriptors + 16, width: 16)]
          },
          { _ in
            lists.value.append(given(border))
            return [.read(lists.value[0].address, width: 16)]
          },
          { _ in [.write(given(border).address, sixteen), .read(lists.value[1].address, width: 16)] },
          {
            [
              .write(given(border).address, sixteen), .write($0.descriptors + 24, used(lists.value[1])),
              .write($0.descriptors + 8, used(lists.value[0])), .line(true),
            ]
          },
        ], shows: .usedBuffer)
    },
    Permission("leave the rest of a table alone that it has no use for", oneTable) { border in
      script(
        border,
        [
          { [.read($0.driver + 2, width: 2), .read($0.driver + 4, width: 2), .read($0.descriptors, width: 16)] },
          { _ in [.read(given(border).address, width: 16)] },
          {
            [
              .write(given(border).address, sixteen), element($0, 0, length: 16), .write($0.device + 2, [1, 0]),
              .line(true),
            ]
          },
        ], shows: .usedBuffer)
    },
    Permission(
      "say that it needs a reset before it shows what it has done", twoBuffers.replacing("head=1", with: "head=99")
    ) {
      border in
      script(
        border,
        [
          { [.read($0.driver + 2, width: 2), .read($0.driver + 4, width: 4), .read($0.descriptors, width: 16)] },
          {
            [
              .write(given(border).address, sixteen), element($0, 0, length: 16), .line(true),
              .write($0.device + 2, [1, 0]),
            ]
          },
        ], shows: [.usedBuffer, .configurationChange], needsReset: true)
    },
    Permission(
      "give up over a request without a status",
      running("publish request=write fault=no-status flags=kick\nkick\nstatus")
    ) { border in
      script(
        border,
        [
          {
            [
              .read($0.driver + 2, width: 2), .read($0.driver + 4, width: 2), .read($0.descriptors, width: 16),
              .read($0.descriptors + 16, width: 16), .line(true),
            ]
          }
        ], shows: .configurationChange, needsReset: true)
    },
    Permission(
      "give up over a table with buffers that are not for it",
      """
      \(table)
      store address=buffer5+0xc width=4 value=0x10001
      store address=buffer5+0x10 width=8 value=\(elsewhere)
      store address=buffer5+0x18 width=4 value=16
      store address=buffer5+0x1c width=2 value=2
      descriptor index=0 address=buffer5 length=32 flags=indirect
      offer
      kick
      status
      """
    ) { border in
      script(
        border,
        [
          { [.read($0.driver + 2, width: 2), .read($0.driver + 4, width: 2), .read($0.descriptors, width: 16)] },
          { _ in
            [.read(given(border).address, width: 16), .read(given(border).address + 16, width: 16), .line(true)]
          },
        ], shows: .configurationChange, needsReset: true)
    },
    Permission(
      "return a head that there is no descriptor for",
      """
      device entropy
      negotiate accept=0x100000000
      queue size=16
      status set=driver-ok
      offer head=99
      kick
      service
      """
    ) { border in
      script(
        border,
        [
          {
            [
              .read($0.driver + 2, width: 2), .read($0.driver + 4, width: 2),
              .write($0.device + 4, [99, 0, 0, 0, 0, 0, 0, 0]),
              .write($0.device + 2, [1, 0]), .line(true),
            ]
          }
        ], shows: .usedBuffer)
    },
    Permission("read a descriptor again that the driver has changed", held("store")) { rereading($0) },
    Permission("read a descriptor again that somebody has changed", held("race")) { rereading($0) },
    Permission(
      "read a table again that the driver has changed",
      """
      \(table)
      store address=buffer5+0xc width=4 value=2
      backend mode=stalled
      descriptor index=0 address=buffer5 length=16 flags=indirect
      offer
      kick
      store address=buffer5 width=8 value=\(elsewhere)
      poll count=4
      """
    ) { rereading($0) },
  ]

  /// A table in memory, all but the flags of its first entry.
  private static let table = """
    device entropy
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    store address=buffer5 width=8 value=\(elsewhere - 0x1000)
    store address=buffer5+0x8 width=4 value=16
    """

  private static let elsewhere = MemoryMap.standard.regions[0].base + 0xa000

  /// A buffer that the device holds, whose descriptor says something else since then.
  private static func held(_ step: String) -> String {
    let change = "\(step) address=desc0 width=8 value=\(elsewhere)"
    return """
      device entropy
      negotiate accept=0x100000000
      queue size=16
      status set=driver-ok
      backend mode=stalled
      \(step == "race" ? change : "poll")
      publish length=16 flags=kick
      \(step == "race" ? "poll" : change)
      poll count=4
      """
  }

  /// A device that reads the descriptor of a buffer which it holds once more at a poll, and goes by what is there then at the
  /// next one.
  private static func rereading(_ border: Border) {
    let polls = Box(0)
    border.switchedOn = { polls.value = 0 }
    border.besides = { [unowned border] in
      guard let first = border.descriptors.first else { return [] }
      polls.value += 1
      return switch polls.value {
      case 4: [.read(first.flags.contains(.indirect) ? first.address : border.queue.descriptors, width: 16)]
      case 5: [.write(border.reread?.address ?? 0, sixteen)]
      default: []
      }
    }
  }

  private static let twoBuffers = """
    device entropy
    negotiate accept=0x100000000
    queue size=16
    status set=driver-ok
    descriptor index=0 address=buffer0 length=16 flags=write
    descriptor index=1 address=buffer1 length=16 flags=write
    offer head=0
    offer head=1
    kick
    poll
    poll
    service
    """

  private static let twoTables = """
    device entropy flags=packed
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    publish length=16 flags=indirect
    publish length=16 flags=indirect+kick
    poll
    poll
    poll
    poll
    service
    """

  private static let oneTable = """
    device entropy
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    publish length=64 segments=4 flags=indirect+kick
    poll
    poll
    service
    """

  private static let sixteen = [UInt8](repeating: 7, count: 16)

  /// The last descriptor that the device has read.
  private static func given(_ border: Border) -> Descriptor {
    border.reread ?? Descriptor(address: 0, length: 0, flags: [], next: 0)
  }

  private static func element(_ queue: Border.Areas, _ slot: UInt32, length: UInt8) -> Border.Access {
    .write(queue.device + SplitRing.usedElement(slot), [UInt8(slot), 0, 0, 0, length, 0, 0, 0])
  }

  /// What the device writes over a descriptor of a packed ring, from its length on: 16 bytes, the Buffer ID that it read, and
  /// flags of the first round. A descriptor that was read as one of a split ring has the Buffer ID where the flags are.
  private static func used(_ list: Descriptor) -> [UInt8] {
    [16, 0, 0, 0, UInt8(list.flags.rawValue & 0xff), UInt8(list.flags.rawValue >> 8), 0x82, 0x80]
  }

  /// A device of its own: it takes the first of these actions when it is notified, and each of the others at a poll, or at
  /// whatever comes before one. From the last one on, InterruptStatus shows these events, and Status that it needs a reset,
  /// if it does.
  private static func script(
    _ border: Border, _ actions: [(Border.Areas) -> [Border.Access]], shows events: InterruptStatus,
    needsReset: Bool = false
  ) {
    // How many of the actions are done; nil before the notification.
    let done = Box<Int?>(nil)
    let shown = Box<UInt32>(0)
    border.switchedOn = { (done.value, shown.value) = (nil, 0) }
    border.hears = { _ in false }
    border.write = { register, value in
      switch register {
      case .queueNotify:
        if done.value == nil { done.value = 0 }
        return nil
      case .interruptACK:
        shown.value &= ~value
        return value
      case .status where value == 0: (done.value, shown.value) = (nil, 0)
      default: break
      }
      return value
    }
    border.besides = { [unowned border] in
      guard let number = done.value, number < actions.count else { return [] }
      done.value = number + 1
      if number + 1 == actions.count { shown.value = events.rawValue }
      return actions[number](border.queue)
    }
    border.read = { register, value in
      switch register {
      case .interruptStatus: shown.value
      case .status where needsReset && done.value == actions.count: value | DeviceStatus.deviceNeedsReset.rawValue
      default: value
      }
    }
    border.lineBehind = { done.value == nil || done.value == actions.count ? shown.value != 0 : nil }
  }
}

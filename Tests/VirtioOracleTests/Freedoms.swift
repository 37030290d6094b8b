import TestSupport
import VirtioSpec

extension FreedomTests {
  private static let live = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    publish length=512 flags=kick
    service
    read offset=InterruptStatus width=4
    """
  private static let wordTwice = """
    device block
    write offset=Status width=4 value=0x1
    write offset=Status width=4 value=0x3
    write offset=DriverFeaturesSel width=4 value=0x1
    write offset=DriverFeatures width=4 value=0x1
    write offset=DriverFeaturesSel width=4
    write offset=DriverFeatures width=4 value=0x80000000
    write offset=DriverFeatures width=4
    write offset=Status width=4 value=0xb
    read offset=Status width=4
    """

  private static let legacyTwice = """
    device block flags=legacy
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    publish length=512 flags=kick
    stop
    read offset=Status width=4
    negotiate accept=0xffffffffffffffff
    queue size=16
    read offset=QueuePFN width=4
    status set=driver-ok
    publish length=512 flags=kick
    """

  static let legacyFreedoms = [
    Freedom(
      "A18", "a reset makes it forget the page size", declare: { $0.resetForgetsPageSize = true }, shownBy: legacyTwice,
      take: { border in
        let isReset = Box(false)
        border.write = { register, value in
          if register == .status && value == 0 { isReset.value = true }
          return value
        }
        border.hearsBesides = {
          defer { isReset.value = false }
          return isReset.value ? [(.guestPageSize, 0)] : []
        }
      }),
    Freedom(
      "A18", "stopping a queue resets it as a whole", declare: { $0.queueStopResetsDevice = true },
      shownBy: legacyTwice,
      take: { border in
        let isStopped = Box(false)
        border.write = { register, value in
          if register == .queuePFN && value == 0 { isStopped.value = true }
          return value
        }
        border.hearsBesides = {
          defer { isStopped.value = false }
          return isStopped.value ? [(.status, 0)] : []
        }
      }),
  ]

  static let interruptFreedoms = [
    Freedom("A1", "an event that nobody looked at survives an acknowledgement") { border in
      // The used index moved since InterruptStatus was last read.
      let isNew = Box(false)
      border.switchedOn = { isNew.value = false }
      border.store = { [unowned border] address, bytes in
        for queue in border.queues.values where address == queue.device &+ SplitRing.usedIdx { isNew.value = true }
        return bytes
      }
      border.read = { register, value in
        if register == .interruptStatus { isNew.value = false }
        return value
      }
      border.write = { register, value in
        if register == .status && value == 0 { isNew.value = false }
        guard register == .interruptACK, isNew.value, value & 1 != 0 else { return value }
        // It survives the acknowledgement that may have crossed it, and no further one.
        isNew.value = false
        return value & ~1
      }
    },
    Freedom(
      "A2", "the line only rises", declare: { $0.interrupt = .edge }, shownBy: live,
      take: { $0.line = { $0 ? true : nil } }),
    Freedom(
      "A2", "the line is a pulse", declare: { $0.interrupt = .edge }, shownBy: live,
      take: {
        $0.line = { $0 ? true : nil }
        $0.lineBehind = { false }
      }),
    Freedom("A12", "acknowledgements count from DRIVER_OK on, and only of known causes") { border in
      border.write = { [unowned border] in
        guard $0 == .interruptACK else { return $1 }
        return border.status & 4 == 0 ? nil : $1 & 3
      }
    },
  ]

  static let queueFreedoms = [
    Freedom("A4", "every QueueReady but 0 is 1") { $0.write = { $0 == .queueReady && $1 > 1 ? 1 : $1 } },
    Freedom("A4", "QueueReady counts behind FEATURES_OK only") { border in
      border.write = { [unowned border] in $0 == .queueReady && border.status & 8 == 0 ? nil : $1 }
    },
    Freedom("A6", "QueueSel has 16 bits") { $0.write = { $0 == .queueSel ? $1 & 0xffff : $1 } },
    Freedom("A6", "QueueSel keeps what is no index") { $0.write = { $0 == .queueSel && $1 > 0xffff ? nil : $1 } },
    Freedom("A7", "sizes that cannot be are ignored") { border in
      let format = Box(RingFormat.split)
      border.profile = { format.value = RingFormat($0.offeredFeatures) }
      border.write = { $0 == .queueNum && !format.value.isValidSize($1) ? nil : $1 }
    },
    Freedom("A7", "sizes have 16 bits") { $0.write = { $0 == .queueNum ? $1 & 0xffff : $1 } },
    Freedom("A7", "a queue has the largest size until it is given one") { border in
      let isFresh = Box(false)
      let max = Box<UInt32>(0)
      border.profile = { max.value = $0.queueNumMax }
      border.switchedOn = { isFresh.value = false }
      border.write = { register, value in
        if register == .status && value == 0 { isFresh.value = true }
        return value
      }
      border.hearsBesides = { [unowned border] in
        guard isFresh.value else { return [] }
        isFresh.value = false
        return (0..<8).flatMap { [(Register.queueSel, $0), (.queueNum, max.value)] } + [(.queueSel, border.selected)]
      }
    },
    Freedom("A13", "QueueNotify has 16 bits") { $0.write = { $0 == .queueNotify ? $1 & 0xffff : $1 } },
    Freedom("A17", "QueueReset shows anything when the feature is not there") { border in
      border.profile = { $0.offeredFeatures.remove(.ringReset) }
      let selector = Box<UInt32>(0)
      let word = Box<UInt32>(0)
      border.switchedOn = {
        selector.value = 0
        word.value = 0
      }
      border.write = { register, value in
        if register == .status && value == 0 {
          selector.value = 0
          word.value = 0
        }
        if register == .deviceFeaturesSel { selector.value = value }
        if register == .driverFeaturesSel { word.value = value }
        if register == .queueReset { return nil }
        return value
      }
      border.read = { register, value in
        if register == .queueReset { return 0xffff_ffff }
        return register == .deviceFeatures && selector.value == 1 ? value & ~0x100 : value
      }
    },
    Freedom("A17", "a queue reset shows 1 once") { border in
      let isAsked = Box(false)
      border.switchedOn = { isAsked.value = false }
      border.write = { [unowned border] register, value in
        if register == .queueReset && value == 1 && border.status & 8 != 0 { isAsked.value = true }
        if register == .queueReady || register == .queueSel || register == .status { isAsked.value = false }
        return value
      }
      border.read = { register, value in
        guard register == .queueReset, isAsked.value else { return value }
        isAsked.value = false
        return 1
      }
    },
    Freedom("A22", "a broken ring makes the device need a reset, without a promise") { _ in },
    Freedom("A27", "queues are looked at with DRIVER_OK, and a broken one is told of then") { border in
      let waiting = Box<[UInt32]>([])
      let word = Box<UInt32>(0)
      // VIRTIO_F_RING_RESET was accepted.
      let resets = Box(false)
      let isStarting = Box(false)
      border.switchedOn = {
        waiting.value = []
        word.value = 0
        resets.value = false
        isStarting.value = false
      }
      border.write = { [unowned border] register, value in
        switch register {
        case .status where value == 0:
          waiting.value = []
          word.value = 0
          resets.value = false
        case .status where value & 4 != 0 && border.status & 8 != 0: isStarting.value = true
        case .queueReady:
          waiting.value.removeAll { $0 == border.selected }
          guard value == 1, border.status & 4 == 0 else { break }
          waiting.value.append(border.selected)
          return nil
        case .driverFeaturesSel: word.value = value
        case .driverFeatures where word.value == 1 && border.status & 8 == 0: resets.value = value & 0x100 != 0
        case .queueReset where value == 1 && resets.value && border.status & 8 != 0:
          waiting.value.removeAll { $0 == border.selected }
        default: break
        }
        return value
      }
      border.read = { [unowned border] in
        $0 == .queueReady && waiting.value.contains(border.selected) ? 1 : $1
      }
      border.hearsBesides = { [unowned border] in
        guard isStarting.value else { return [] }
        isStarting.value = false
        defer { waiting.value = [] }
        return waiting.value.flatMap { [(Register.queueSel, $0), (.queueReady, 1)] } + [(.queueSel, border.selected)]
      }
    },
  ]

  static let featureFreedoms = [
    Freedom("A8", "words of DriverFeatures behind the first two are ignored") { border in
      let word = Box<UInt32>(0)
      border.switchedOn = { word.value = 0 }
      border.write = { register, value in
        if register == .status && value == 0 { word.value = 0 }
        if register == .driverFeaturesSel { word.value = value }
        return register == .driverFeatures && word.value > 1 ? nil : value
      }
    },
    Freedom(
      "A9", "a second word is added to the first", declare: { $0.driverFeatures = .adds }, shownBy: wordTwice,
      take: { border in
        let word = Box<UInt32>(0)
        let words = Box<[UInt32: UInt32]>([:])
        border.switchedOn = {
          word.value = 0
          words.value = [:]
        }
        border.write = { [unowned border] register, value in
          if register == .status && value == 0 {
            word.value = 0
            words.value = [:]
          }
          if register == .driverFeaturesSel { word.value = value }
          guard register == .driverFeatures, border.status & 8 == 0 else { return value }
          words.value[word.value, default: 0] |= value
          return words.value[word.value]
        }
      }),
    Freedom("A9", "what is not offered is masked") { border in
      let word = Box<UInt32>(0)
      let offered = Box<FeatureBits>([])
      border.profile = { offered.value = $0.offeredFeatures }
      border.switchedOn = { word.value = 0 }
      border.write = { register, value in
        if register == .status && value == 0 { word.value = 0 }
        if register == .driverFeaturesSel { word.value = value }
        return register == .driverFeatures ? value & offered.value.word(word.value) : value
      }
    },
    Freedom("A9", "features are taken between DRIVER and FEATURES_OK") { border in
      border.write = { [unowned border] in
        $0 == .driverFeatures && border.status & 10 != 2 ? nil : $1
      }
    },
    Freedom("FEAT-DEV-09", "a set without ACCESS_PLATFORM is refused where that is offered") { border in
      border.profile = { $0.offeredFeatures.formUnion([.accessPlatform, .suspend]) }
      let shown = Box<UInt32>(0)
      let word = Box<UInt32>(0)
      border.switchedOn = {
        shown.value = 0
        word.value = 0
      }
      border.write = { register, value in
        switch register {
        case .status where value == 0:
          shown.value = 0
          word.value = 0
        case .deviceFeaturesSel: shown.value = value
        case .driverFeaturesSel: word.value = value
        // The device behind the border refuses what is without VERSION_1.
        case .driverFeatures where word.value == 1: return value & 2 == 0 ? 0 : value & ~0x802
        default: break
        }
        return value
      }
      border.read = { $0 == .deviceFeatures && shown.value == 1 ? $1 | 0x802 : $1 }
    },
  ]

  static let statusFreedoms = [
    Freedom("A10", "flags are taken in their order only") { border in
      let status = Box<UInt32>(0)
      let isLegacy = Box(false)
      border.switchedOn = { status.value = 0 }
      border.profile = { isLegacy.value = $0.transport == .legacy }
      border.write = { register, value in
        guard register == .status else { return value }
        let next: [UInt32: UInt32] = isLegacy.value ? [0: 1, 1: 3, 3: 7] : [0: 1, 1: 3, 3: 11, 11: 15]
        let isNext = value == 0 || next[status.value] == value || value == status.value | 128
        guard isNext else { return nil }
        status.value = value
        return value
      }
    },
    Freedom("A10", "Status shows all that was last written") { border in
      let last = Box<UInt32>(0)
      border.switchedOn = { last.value = 0 }
      border.write = { register, value in
        if register == .status { last.value = value & 0xff }
        return value
      }
      border.read = { register, value in
        // FEATURES_OK and DEVICE_NEEDS_RESET are the device's.
        register == .status ? last.value & ~0x0c | value & last.value & 0x0c | value & 64 : value
      }
    },
    Freedom("A11", "selectors outlive a reset") { border in
      let selectors = Box<[Register: UInt32]>([:])
      let wasReset = Box(false)
      border.switchedOn = {
        selectors.value = [:]
        wasReset.value = false
      }
      border.write = { register, value in
        switch register {
        case .queueSel, .deviceFeaturesSel, .driverFeaturesSel: selectors.value[register] = value
        case .status where value == 0: wasReset.value = true
        default: break
        }
        return value
      }
      border.hearsBesides = {
        guard wasReset.value else { return [] }
        wasReset.value = false
        return selectors.value.map { ($0.key, $0.value) }
      }
    },
    Freedom(
      "A11", "a reset takes three polls", declare: { $0.resetPolls = 3 },
      shownBy: "device block\nnegotiate accept=0x100000000\nreset", take: slowReset(polls: 3)),
  ]

  static let otherFreedoms = [
    Freedom("A14", "generations go on by other steps, and behind what the driver does to the configuration") { border in
      let shift = Box<UInt32>(0)
      let isNegotiated = Box(false)
      border.switchedOn = {
        shift.value = 0
        isNegotiated.value = false
      }
      border.writeConfig = { _, _, value in
        shift.value &+= 17
        return value
      }
      border.write = { [unowned border] register, value in
        // The border has taken note of what is written.
        if register == .status && (value == 0 || value & 8 != 0 && !isNegotiated.value) { shift.value &+= 5 }
        if register == .status { isNegotiated.value = border.status & 8 != 0 }
        return value
      }
      border.read = { $0 == .configGeneration ? 3 &* $1 &+ shift.value : $1 }
    },
    Freedom("A15", "behind its end the configuration space reads ones") {
      $0.readConfig = { $0 >= BlockConfig.size ? UInt64.max >> UInt64(64 - 8 * $1) : $2 }
    },
    Freedom("A15", "the configuration space cannot be written before DRIVER") { border in
      // But for what a console has to take at any time (CONSOLE-DEV-01).
      let isConsole = Box(false)
      border.profile = { isConsole.value = $0.deviceType == .console }
      border.writeConfig = { [unowned border] _, _, value in
        border.status & 2 == 0 && !isConsole.value ? nil : value
      }
    },
    Freedom(
      "A20", "a used element counts the status of a request that failed", declare: { $0.usedLength = .written },
      shownBy: running("backend mode=failing\npublish length=512 flags=kick\nservice"),
      take: { border in
        // A status is a byte of its own; what else is one comes with a length.
        let hasStatus = Box(false)
        border.switchedOn = { hasStatus.value = false }
        // A device that gave up behind the status has no element for it.
        border.write = { register, value in
          if register == .status { hasStatus.value = false }
          return value
        }
        border.store = { [unowned border] address, bytes in
          if bytes.count == 1 { hasStatus.value = true }
          for queue in border.queues.values
          where bytes.count == 8 && address &- queue.device < SplitRing.deviceAreaSize(queue.size) {
            defer { hasStatus.value = false }
            return hasStatus.value && bytes[4..<8].allSatisfy { $0 == 0 } ? bytes.prefix(4) + [1, 0, 0, 0] : bytes
          }
          return bytes
        }
      }),
    Freedom(
      "A20", "a used element says how much room there was", declare: { $0.usedLength = .anything }, shownBy: live,
      take: { border in
        border.store = { [unowned border] address, bytes in
          for queue in border.queues.values
          where bytes.count == 8 && address &- queue.device < SplitRing.deviceAreaSize(queue.size) {
            return bytes.prefix(4) + [0xff, 0xff, 0, 0]
          }
          return bytes
        }
      }),
    Freedom("A24", "accesses that no register permits read anything") {
      $0.readElsewhere = { $0 == 0 ? $2 : .max >> UInt64(64 - 8 * $1) }
    },
  ]
}

/// A device that works on for some polls when it is to be reset, and hears of it only then. One that shows no flag cannot
/// take its time, since nothing would say so.
func slowReset(polls: Int) -> @Sendable (Border) -> Void {
  { border in
    let flags = Box<UInt32>(0)
    // How many polls it has yet to see; nil: no reset is to be done.
    let left = Box<Int?>(nil)
    border.switchedOn = {
      flags.value = 0
      left.value = nil
    }
    border.write = { register, value in
      guard register == .status else { return value }
      flags.value |= value & 0x83
      guard value == 0, flags.value != 0 else { return value }
      left.value = polls
      return nil
    }
    border.hears = { stimulus in
      if stimulus == .poll, let count = left.value { left.value = count - 1 }
      return true
    }
    border.hearsBesides = {
      guard left.value == 0 else { return [] }
      left.value = nil
      flags.value = 0
      return [(.status, 0)]
    }
  }
}

/// What a double remembers.
final class Box<Value> {
  var value: Value

  init(_ value: Value) { self.value = value }
}

import TestSupport
import VirtioSpec

extension Border {
  /// The address in a descriptor that the device was given, if it was: the number counts from the head on.
  fileprivate func buffer(_ number: Int) -> UInt64? {
    number < descriptors.count ? descriptors[number].address : nil
  }
}

// What known devices do that the list of ambiguities calls wrong, next to what it calls open.
extension RuleTests {
  private static let notified = running("publish length=512\nstop\nkick")
  private static let inFlight = running(
    "backend mode=stalled\npublish length=512 flags=kick\nstop\nbackend mode=immediate\nkick")
  private static let resized = running("resize sectors=8\nservice\nread offset=Status width=4")
  private static let resetBehindChange = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=8
    status set=driver-ok
    resize sectors=8
    read offset=InterruptStatus width=4
    reset
    read offset=InterruptStatus width=4
    """
  private static let regions = """
    device block
    write offset=SHMSel width=4 value=0x1
    read offset=SHMLenLow width=4
    read offset=SHMLenHigh width=4
    read offset=SHMBaseLow width=4
    read offset=SHMBaseHigh width=4
    """
  /// The header of a read in a descriptor of its own, and a table behind it.
  private static let tableBehindHeader = running(
    """
    descriptor index=0 address=buffer0 length=16 flags=next next=1
    descriptor index=1 address=table0 length=32 flags=indirect
    descriptor table=1 index=0 address=buffer1 length=512 flags=next+write next=1
    descriptor table=1 index=1 address=buffer2 length=1 flags=write
    offer
    kick
    service
    """)

  static let ambiguityCases = [
    RuleCase(
      .mmioDev05, "A3: speaks of a used buffer with every change of the configuration (QEMU)", resized,
      breakIt: { $0.read = { $0 == .interruptStatus && $1 & 2 != 0 ? $1 | 1 : $1 } }),
    RuleCase(.mmioDev06, "A3: a reset does not acknowledge anything (kvmtool)", resetBehindChange) { border in
      let kept = Box<UInt32>(0)
      border.write = { register, value in
        if register == .interruptACK { kept.value &= ~value }
        return value
      }
      border.read = { register, value in
        guard register == .interruptStatus else { return value }
        kept.value |= value
        return kept.value
      }
    },
    RuleCase(
      .mmioDev10, "A5: serves a notification of a queue that is off (QEMU)", notified, keepIt: servesBeforeStop,
      breakIt: onlyShowsStops),
    RuleCase(
      .mmioDev10, "A5: ends a request of a queue that is off (crosvm)", inFlight, keepIt: servesBeforeStop,
      breakIt: onlyShowsStops),
    RuleCase(
      .mmioReg35, "A16: an unused region is at 0 (QEMU, libkrun)", regions, keepIt: hasNoSelector,
      breakIt: { $0.read = { $0 == .shmBaseLow || $0 == .shmBaseHigh ? 0 : $1 } }),
    RuleCase(
      .mmioReg33, "A16: knows nothing of regions (Firecracker, crosvm)", regions, keepIt: hasNoSelector,
      breakIt: knowsNoRegions),
    RuleCase(
      .mmioReg35, "A16: knows nothing of regions (Firecracker, crosvm)", regions, keepIt: hasNoSelector,
      breakIt: knowsNoRegions),
    RuleCase(
      .splitDev07, "A20: counts the status of a read that failed (Firecracker)",
      running("backend mode=failing\npublish length=512 flags=kick\nservice")
    ) { border in
      border.store = { [unowned border] address, bytes in
        address == border.queue.device + 4 ? bytes.prefix(4) + [1, 0, 0, 0] : bytes
      }
    },
    RuleCase(
      .splitDev07, "A20: leaves out the first of three buffers",
      running("publish length=1536 segments=3 flags=kick\nservice"), keepIt: writesBackwards
    ) { border in
      border.store = { [unowned border] address, bytes in address == border.buffer(1) ? nil : bytes }
    },
    RuleCase(
      .indirectDev02, "A23: takes a table behind a direct descriptor for data (QEMU)", tableBehindHeader
    ) { border in
      let isBehind = Box(false)
      border.descriptor = { descriptor in
        var given = descriptor
        if isBehind.value { given.flags.remove(.indirect) }
        isBehind.value = descriptor.flags.contains(.next)
        return given
      }
    },
  ]

  /// Writes the first and the last of three buffers, which have the same content, in the other order.
  private static let writesBackwards: @Sendable (Border) -> Void = { border in
    border.redirect = { [unowned border] address in
      switch address {
      case border.buffer(1): border.buffer(3) ?? address
      case border.buffer(3): border.buffer(1) ?? address
      default: address
      }
    }
  }

  private static let servesBeforeStop: @Sendable (Border) -> Void = {
    FreedomTests.chainFreedoms[0].take($0)
  }

  /// QueueReady reads 0 where 0 was written, and nothing else comes of that.
  private static let onlyShowsStops: @Sendable (Border) -> Void = { border in
    let isStopped = Box(false)
    border.write = { register, value in
      guard register == .queueReady else { return value }
      isStopped.value = value == 0
      return value == 0 ? nil : value
    }
    border.read = { $0 == .queueReady && isStopped.value ? 0 : $1 }
  }

  private static let hasNoSelector: @Sendable (Border) -> Void = { $0.write = { $0 == .shmSel ? nil : $1 } }

  private static let knowsNoRegions: @Sendable (Border) -> Void = {
    $0.read = { register, value in
      switch register {
      case .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh: 0
      default: value
      }
    }
  }
}
